#!/usr/bin/env bash
# Tries the plugin on the QGIS of another Debian: test_on.sh trixie (QGIS 3.40) or test_on.sh forky (QGIS 3.44).
# Sets up the worker's environment there, maps land use, draws the map, and runs the plugin's tests with that worker.
# Needs root. The chroot is made once and kept below TERRALOOM_CHROOTS, a copy of the repository inside; the last
# line sums up the tests. Further arguments are pytest's, for example -k dialog.
set -euo pipefail
SUITE=${1:-}
case $SUITE in trixie | forky) ;; *) echo "Usage: $0 trixie|forky" >&2; exit 2 ;; esac
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
CHROOT=${TERRALOOM_CHROOTS:-/var/tmp/terraloom-chroots}/$SUITE
CERTIFICATES=/etc/ssl/certs/ca-certificates.crt

# In the chroot.
try_plugin() {  # with pytest's arguments
    cd "$ROOT"
    prepare_profile
    say "The plugin in QGIS"
    qgis_process --version
    qgis_process list | grep 'terraloom:'
    qgis_process help terraloom:segmentlanduse | grep -A 9999 '^Arguments'

    say "Setting up the worker's environment"
    local status=0
    if qgis_process run terraloom:setupenvironment -- TIER=run; then
        map_land_use
    else
        echo "There is no environment for the worker here: no map is made, and tests that need one are skipped."
        status=1
    fi

    say "Tests of the plugin, in QGIS's Python"
    local tests=$PRIVATE/qgis-tests
    make_venv "$tests" --system-site-packages
    "$tests/bin/python" -m pip install -q --disable-pip-version-check -r tests/requirements-qgis.txt
    rm -f "$PRIVATE/qgis.xml"
    with_qgis "$tests/bin/python" -m pytest tests/qgis -q --junitxml="$PRIVATE/qgis.xml" "$@" || status=$?
    say "QGIS of $SUITE"
    if [ -e "$PRIVATE/qgis.xml" ]; then
        /usr/bin/python3 scripts/sum_up.py "$PRIVATE/qgis.xml" || status=$?
    else
        echo "The tests took QGIS down: nothing can be summed up."
    fi
    return "$status"
}

# With the bundled model, on the made-up scene of the tests.
map_land_use() {
    local out=$PRIVATE/results
    rm -rf "$out" && mkdir "$out"
    say "Mapping land use"
    "$TERRALOOM_HOME/environment/bin/python" -s tests/samples.py "$out"
    qgis_process run terraloom:segmentlanduse -- INPUT="$out/image.tif" MODEL=landuse-vhr \
        OUTPUT="$out/scene_landuse.tif" POLYGONS="$out/scene_landuse.gpkg" AREAS="$out/scene_areas.csv" \
        CONFIDENCE="$out/scene_confidence.tif"
    with_qgis /usr/bin/python3 scripts/demo_map.py --image "$out/image.tif" --bands 'red=1;green=2;blue=3' \
        --folder "$out" --name scene
    ls -l "$out"/scene*
}

make_chroot() {
    [ -e "$CHROOT.ready" ] && return 0
    say "Making a chroot of $SUITE"
    if ! command -v mmdebstrap >/dev/null; then
        apt-get update -q
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends mmdebstrap
    fi
    rm -rf --one-file-system "$CHROOT"
    mkdir -p "$CHROOT"
    local more=''
    [ "$SUITE" = trixie ] || more=,python3.13-venv  # its own 3.14 is newer than the locked packages know
    # Of Debian's testing, mirrors may carry a state whose date has passed.
    mmdebstrap --variant=apt --aptopt='Apt::Install-Recommends "false"' --aptopt='Acquire::Check-Valid-Until "false"' \
        --include=ca-certificates,python3-qgis,qgis-providers,qgis,xvfb,xauth,mount,python3-venv"$more" \
        "$SUITE" "$CHROOT" "$(mirror)"
    touch "$CHROOT.ready"
}

# Where apt on this machine takes Debian from.
mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | sed -n 1p
}

# same PATH [IN_CHROOT]: show a file or folder of this machine in the chroot, only to be read.
same() {
    local inside=$CHROOT${2:-$1}
    if [ -d "$1" ]; then mkdir -p "$inside"; else mkdir -p "$(dirname "$inside")" && touch "$inside"; fi
    mount --bind "$1" "$inside"
    mount -o remount,bind,ro "$inside"
}

mount_all() {
    mount -t proc proc "$CHROOT/proc"
    mount --rbind /sys "$CHROOT/sys"
    mount --rbind /dev "$CHROOT/dev"
    local file folder settings=()
    for file in /etc/resolv.conf /etc/hosts; do [ ! -e "$file" ] || same "$file"; done
    # pip must find the same packages as on this machine: its certificates, settings, and the folders these name.
    same "${PIP_CERT:-$CERTIFICATES}" "$CERTIFICATES"
    for file in /etc/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf"; do
        [ ! -e "$file" ] || { same "$file"; settings+=("$file"); }
    done
    for folder in $( (env | grep '^PIP_'; cat /dev/null "${settings[@]}") | grep -oE '/[^ ,=:]+' | sort -u); do
        folder=$(realpath -m "${folder%/simple}")  # the pages of an index lie beside its files
        [ ! -d "$folder" ] || same "$folder"
    done
}

# A copy as it is now, other people's caches and results left out: nothing run in the chroot can touch the repository.
copy_repository() {
    rm -rf "$CHROOT/terraloom"
    mkdir "$CHROOT/terraloom"
    tar -C "$ROOT" --exclude=./.git --exclude=./.terraloom --exclude=./demo-output --exclude=__pycache__ \
        --exclude='.*_cache' --exclude=.qgis-settings --exclude=.hypothesis --exclude='.venv*' -cf - . |
        tar -C "$CHROOT/terraloom" --no-same-owner -xf -
}

# in_chroot COMMAND...: with the variables that programs need to reach the network, and no others.
in_chroot() {
    local kept
    mapfile -d '' -t kept < <(env -0 | grep -zE '^(PIP_|[A-Za-z]+_(proxy|PROXY)=)')
    chroot "$CHROOT" env -i "${kept[@]}" PIP_CERT="$CERTIFICATES" SSL_CERT_FILE="$CERTIFICATES" \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$HOME" LANG=C.UTF-8 TERRALOOM_PRIVATE=/var/lib/terraloom-tests \
        PYTHONDONTWRITEBYTECODE=1 "$@"
}

if [ -n "${TERRALOOM_INSIDE:-}" ]; then
    try_plugin "${@:2}"
    exit
fi
[ "$(id -u)" = 0 ] || { echo "$0 mounts and changes root: run it as root." >&2; exit 2; }
# With mounts and processes of its own, all of them vanish with this script, however it ends.
if [ -z "${TERRALOOM_APART:-}" ]; then
    TERRALOOM_APART=1 exec unshare --mount --pid --fork --kill-child "$0" "$@"
fi
trap 'exit 143' INT TERM
make_chroot
mount_all
copy_repository
in_chroot mkdir -p "$HOME"
in_chroot TERRALOOM_INSIDE=1 bash /terraloom/scripts/test_on.sh "$@"
