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
evidence() {
    qgis_process run terraloom:reportevidence -- "$@"
}
WORKER=$PRIVATE/home/environment/bin/python
"${WORKER%python}rio" stack "$PRIVATE/samples/ms1.tif" --bidx 3,2,1 -o "$RESULTS/rotterdam.tif"  # red first
SHADE='593342.8,5747523.9 [EPSG:32631]'
explain "${ROTTERDAM[@]}" MODEL=landuse-vhr LOCATION="$SHADE" REGION=predicted OUTPUT="$RESULTS/why_water.tif"
evidence PREDICTION=demo-output/rotterdam_1_landuse.tif ATTRIBUTION="$RESULTS/why_water.tif" \
    UNCERTAINTY=demo-output/rotterdam_1_confidence.tif IMAGE="$RESULTS/rotterdam.tif" SURE_FROM=0.6 \
    REPORT="$RESULTS/evidence_rotterdam.html"
if [ -d "${TERRALOOM_DATA:-}/ombria" ]; then
    "$WORKER" -m benchmarks.flood_images --data "$TERRALOOM_DATA" --folder "$RESULTS"
    FLOOD=(MODEL=flood-s1s2 LOCATION="$FLOODED" TARGET_CLASS=Flooded BY_BAND=true SAMPLES=3000
        SAR="$RESULTS/flood_sar.tif" OPTICAL_BEFORE="$RESULTS/flood_optical_before.tif"
        SAR_BEFORE="$RESULTS/flood_sar_before.tif")
    explain "${FLOOD[@]}" OPTICAL="$RESULTS/flood_optical.tif" OUTPUT="$RESULTS/why_flood.tif"
    explain "${FLOOD[@]}" OUTPUT="$RESULTS/why_flood_under_clouds.tif"
    qgis_process run terraloom:floodevidence -- OPTICAL="$RESULTS/flood_optical.tif" SAR="$RESULTS/flood_sar.tif" \
        OPTICAL_BEFORE="$RESULTS/flood_optical_before.tif" SAR_BEFORE="$RESULTS/flood_sar_before.tif" \
        DEM="$RESULTS/flood_terrain.tif" TOLERANCE=0.05 flood:MAP="$RESULTS/flood.tif" \
        flood:AREAS="$RESULTS/flood.gpkg" flood:CONFIDENCE="$RESULTS/flood_confidence.tif" \
        explain:EXPLANATION="$RESULTS/why_largest_flood.tif" physics:RESIDUALS="$RESULTS/flood_residuals.tif" \
        report:REPORT="$RESULTS/flood.html"
    evidence PREDICTION="$RESULTS/flood.tif" ATTRIBUTION="$RESULTS/why_largest_flood.tif" \
        UNCERTAINTY="$RESULTS/flood_confidence.tif" RESIDUAL="$RESULTS/flood_residuals.tif" TOLERANCE=0.05 \
        REPORT="$RESULTS/evidence_flood.html"  # without its image, which may not be shown
fi
"$WORKER" scripts/explanation_pictures.py --samples "$PRIVATE/samples" --results "$RESULTS" --pictures docs/pictures \
    --road "$ROAD" --trees "$TREES" --flood "$FLOODED"
"$WORKER" scripts/evidence_pictures.py "$RESULTS"/evidence_*.html --picture docs/pictures/evidence.png

export QT_QPA_PLATFORM=xcb TERRALOOM_PICTURES=$ROOT/docs/pictures TERRALOOM_IMAGE=$PRIVATE/samples/road_mask_input.tif
with_qgis timeout 300 xvfb-run -a -s '-screen 0 1400x900x24' /usr/bin/qgis --nologo --code scripts/take_pictures.py
ls -l docs/pictures
