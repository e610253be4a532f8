# Sourced by the other scripts: installs what they need on Debian 12 and later, and runs QGIS apart from the user's own.
# Everything of the project's own goes to .terraloom/ in the repository; removing that folder undoes it.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PRIVATE=${TERRALOOM_PRIVATE:-$ROOT/.terraloom}
export TERRALOOM_HOME=$PRIVATE/home
# A Python that stands before QGIS's own on PATH makes QGIS crash.
QGIS_PATH=/usr/bin:/bin:/usr/sbin:/sbin

say() { printf '\n== %s\n' "$*"; }

# install_packages [MORE...]: QGIS and what our own scripts call, and what is named.
install_packages() {
    local missing=()
    for package in qgis python3-qgis qgis-providers xvfb xauth python3-venv "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${missing[*]}"
    local as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# make_venv FOLDER [OPTION...]: a virtual environment of the system's Python; one that was left half-made is made anew.
make_venv() {
    "$1/bin/python" -m pip --version > /dev/null 2>&1 || /usr/bin/python3 -m venv --clear "${@:2}" "$1"
}

# A profile of its own for QGIS, with this folder as the plugin `terraloom`.
prepare_profile() {
    mkdir -p "$PRIVATE/plugins" "$PRIVATE/profile" "$TERRALOOM_HOME"
    install -d -m 700 "$PRIVATE/run"
    ln -sfn "$ROOT" "$PRIVATE/plugins/terraloom"
    local settings=$PRIVATE/profile/profiles/default/QGIS/QGIS3.ini
    if ! grep -qs '^terraloom=true' "$settings"; then
        mkdir -p "$(dirname "$settings")"
        printf '[PythonPlugins]\nterraloom=true\nprocessing=true\n' >> "$settings"
    fi
}

# Run a command of QGIS: its own Python first, its own profile, no screen, no other GDAL's or PROJ's data.
with_qgis() {
    env -u PYTHONHOME -u PYTHONPATH -u PROJ_LIB -u PROJ_DATA -u GDAL_DATA \
        PATH="$QGIS_PATH" QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}" XDG_RUNTIME_DIR="$PRIVATE/run" \
        QGIS_CUSTOM_CONFIG_PATH="$PRIVATE/profile" QGIS_PLUGINPATH="$PRIVATE/plugins" "$@"
}

# The wrapper of Debian 12's package is broken, the program behind it is not.
qgis_process() {
    local program=/usr/bin/qgis_process
    [ -x "$program.bin" ] && program=$program.bin
    with_qgis "$program" "$@"
}
