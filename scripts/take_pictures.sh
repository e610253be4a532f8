#!/usr/bin/env bash
# Takes the pictures of the documentation: the dialog, and QGIS with the result it loaded. After scripts/demo.sh.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$ROOT"
install_packages
prepare_profile
[ -f demo-output/las_vegas.png ] || { echo 'Run scripts/demo.sh first.' >&2; exit 1; }
mkdir -p docs/pictures
cp demo-output/las_vegas.png docs/pictures/map.png
cp demo-output/rotterdam_1.png docs/pictures/map-that-fails.png
cp demo-output/las_vegas_roads.png docs/pictures/roads.png
export QT_QPA_PLATFORM=xcb TERRALOOM_PICTURES=$ROOT/docs/pictures TERRALOOM_IMAGE=$PRIVATE/samples/road_mask_input.tif
with_qgis timeout 300 xvfb-run -a -s '-screen 0 1400x900x24' /usr/bin/qgis --nologo --code scripts/take_pictures.py
ls -l docs/pictures
