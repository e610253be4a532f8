#!/usr/bin/env bash
# Takes the pictures of the documentation: the dialog, QGIS with the result it loaded, explanations and uncertainty.
# After scripts/demo.sh. TERRALOOM_DATA is a folder with ombria/; without it the flood that is explained stays as it is.
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

RESULTS=$(mktemp -d)
trap 'rm -rf "$RESULTS"' EXIT
LAS_VEGAS=(INPUT="$PRIVATE/samples/road_mask_input.tif" BANDS='red=1;green=1;blue=1')
ROTTERDAM=(INPUT="$PRIVATE/samples/ms1.tif" BANDS='red=3;green=2;blue=1')
ROAD='-115.23208,36.14040 [EPSG:4326]'
TREES='593400,5747565 [EPSG:32631]'
FLOODED='601845,4498795 [EPSG:32630]'
explain() {
    qgis_process run terraloom:explainprediction -- METHOD=occlusion "$@"
}
explain "${LAS_VEGAS[@]}" MODEL=roads-aerial LOCATION="$ROAD" OUTPUT="$RESULTS/why_road.tif"
explain "${ROTTERDAM[@]}" MODEL=landuse-vhr LOCATION="$TREES" SAMPLES=1000 \
    OUTPUT="$RESULTS/why_vegetation.tif"
qgis_process run terraloom:estimateuncertainty -- "${LAS_VEGAS[@]}" MODEL=landuse-vhr METHOD=entropy \
    OUTPUT="$RESULTS/unsure_landuse.tif"
qgis_process run terraloom:estimateuncertainty -- "${LAS_VEGAS[@]}" MODEL=roads-aerial METHOD=tta \
    OUTPUT="$RESULTS/unsure_roads.tif"
WORKER=$PRIVATE/home/environment/bin/python
if [ -d "${TERRALOOM_DATA:-}/ombria" ]; then
    "$WORKER" -m benchmarks.flood_images --data "$TERRALOOM_DATA" --folder "$RESULTS"
    FLOOD=(MODEL=flood-s1s2 LOCATION="$FLOODED" TARGET_CLASS=Flooded BY_BAND=true SAMPLES=3000
        SAR="$RESULTS/flood_sar.tif" OPTICAL_BEFORE="$RESULTS/flood_optical_before.tif"
        SAR_BEFORE="$RESULTS/flood_sar_before.tif")
    explain "${FLOOD[@]}" OPTICAL="$RESULTS/flood_optical.tif" OUTPUT="$RESULTS/why_flood.tif"
    explain "${FLOOD[@]}" OUTPUT="$RESULTS/why_flood_under_clouds.tif"
fi
"$WORKER" scripts/explanation_pictures.py --samples "$PRIVATE/samples" --results "$RESULTS" --pictures docs/pictures \
    --road "$ROAD" --trees "$TREES" --flood "$FLOODED"

export QT_QPA_PLATFORM=xcb TERRALOOM_PICTURES=$ROOT/docs/pictures TERRALOOM_IMAGE=$PRIVATE/samples/road_mask_input.tif
with_qgis timeout 300 xvfb-run -a -s '-screen 0 1400x900x24' /usr/bin/qgis --nologo --code scripts/take_pictures.py
ls -l docs/pictures
