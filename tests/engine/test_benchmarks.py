"""The benchmarks run, say what they promise, and their figures fit together."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image
from terraloom.benchmarks import (
    compositions,
    context_gain,
    familiarity,
    flood_images,
    flood_units,
    floods_elsewhere,
    pretraining,
    report,
    time_parts,
)
from terraloom.benchmarks.peers import compare
from terraloom.benchmarks.power_law import fit
from terraloom.benchmarks.precision import write_mirrored
from terraloom.engine.verification.accuracy import Confusion

from recipes.set_files import files_of

ROOT = Path(__file__).resolve().parents[2]


def run(module, *words):
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=120).stdout


def test_a_case_tells_all_figures_and_they_fit(tmp_path):
    line = run(
        *("engine_speed", "--folder", tmp_path, "--sizes", 256, "--networks", "trivial"),
        *("--repeats", 1, "--bare", 256, "--memory", 768),
    )
    told = json.loads(line)
    assert (told["width"], told["raster_px"], told["network_px"], told["memory_mb"]) == (256, 65536, 65536, 768)
    assert told["halo_overhead"] == told["network_px"] / told["raster_px"]
    assert told["efficiency"] * told["bare_px_per_s"] * told["seconds"] == pytest.approx(told["network_px"])
    assert told["efficiency_with_halos"] * told["halo_overhead"] == pytest.approx(told["efficiency"])
    assert told["mpx_per_s"] * told["seconds"] == pytest.approx(0.065536)
    assert told["copies"] * told["copy_s"] == pytest.approx(told["seconds"])
    assert told["peak_mb"] > 50 and told["start_s"] > 0 and told["load"] >= 0
    stages = told["stages_s"]
    assert stages["open"] + stages["predict"] + stages["shares"] + stages["finish"] < told["seconds"]
    assert stages["read"] + stages["scale"] < stages["read_tile"] and stages["infer"] < stages["network"]
    (tmp_path / "kept.jsonl").write_text(line)
    assert "256 x 256" in run("engine_speed", "--report", tmp_path)


def test_the_exponent_of_growth_is_found():
    pixels = [4_000_000, 16_000_000, 64_000_000, 256_000_000]
    law = fit(pixels, [0.3 + 0.4 * (px / 1e6) ** 1.1 for px in pixels])
    assert (law.a_s, law.b_s, law.k) == pytest.approx((0.3, 0.4, 1.1), rel=1e-3)
    assert law.k_error < 1e-3


def test_seams_and_other_classes_are_found():
    slope = np.linspace(0.2, 0.4, 64, dtype=np.float32)
    reference = np.broadcast_to(np.stack([slope, 1 - slope])[:, None], (2, 64, 64)).copy()
    same = compare(reference, reference, 16)
    assert same == {"largest_difference": 0, "other_class": 0, "seam_step": 1}
    stepped = reference.copy()
    stepped[:, :, 16:32] += 0.1
    stepped[:, :8, 0] = stepped[::-1, :8, 0]
    found = compare(reference, stepped, 16)
    assert found["largest_difference"] == pytest.approx(0.6, abs=1e-6)
    assert found["other_class"] == 8 / 64**2
    assert found["seam_step"] > 5


def test_the_table_of_the_ways_is_filled_between_its_marks(tmp_path):
    told = run("peers", "--folder", tmp_path, "--sides", 192, "--ways", "centre crop", "engine", "--repeats", 3)
    lines = [json.loads(line) for line in told.splitlines()]
    assert [line["way"] for line in lines] == ["centre crop", "engine"]
    for line in lines:
        assert (line["image"], line["network"], line["width"]) == ("made up", "landuse-vhr", 192)
        assert line["seconds"] == sorted(line["seconds_of_runs"])[1] and line["peak_mb"] > 50
    assert lines[1]["other_class"] == 0 and lines[1]["largest_difference"] < 1e-5
    (tmp_path / "kept.jsonl").write_text(told)
    page = tmp_path / "page.md"
    before = "a\n<!-- tables -->\nkept\n<!-- end of tables -->\nb\n<!-- peers -->\n"
    page.write_text(f"{before}old\n<!-- end of peers -->\nc\n")
    run("report", tmp_path, "--page", page)
    written = page.read_text()
    assert "| centre crop | made up | 192 x 192 |" in written and "| engine | made up |" in written
    assert written.startswith(before) and "old" not in written and written.endswith("<!-- end of peers -->\nc\n")


PEER = {
    **{"benchmark": "peers", "image": "made up", "width": 9, "height": 9, "bands": 3, "dtype": "uint8", "load": 1},
    **{"network": "small", "seconds": 2, "seconds_of_runs": [2], "peak_mb": 70, "other_class": 0, "seam_step": 1},
}


def test_a_measurement_replaces_the_rows_of_its_own_case_only():
    old = [{**PEER, "way": way, "largest_difference": 0} for way in ("whole array", "engine", "cosine blend")]
    page = report.filled("a\n<!-- peers -->\n<!-- end of peers -->\nb\n", old)
    new = [{**PEER, "way": way, "seconds": 5, "largest_difference": None} for way in ("engine", "centre crop")]
    rows = [row.split(" | ") for row in report.filled(page, new).splitlines() if "made up" in row]
    assert [(row[0].strip("| "), row[5], row[8]) for row in rows] == [
        ("whole array", "2.00", "0"),
        ("engine", "5.00", "–"),
        ("cosine blend", "2.00", "0"),
        ("centre crop", "5.00", "–"),
    ]
    assert report.filled(page, []) == page


def test_tables_of_the_page_have_the_columns_that_are_written():
    """Else its rows would not be known again, and be lost."""
    page = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    for table in (*report._engine([]), *report._peers([])):
        assert table.text(page) in page and len(table.rows(page)) > 0, table.title


def test_a_set_that_is_lacking_is_refused(tmp_path):
    (tmp_path / "a.webp").touch()
    assert files_of(tmp_path, "*.webp") == [tmp_path / "a.webp"]
    with pytest.raises(SystemExit, match="ombria holds no .*webp"):
        files_of(tmp_path / "ombria", "*.webp")
    with pytest.raises(SystemExit, match="massroads"):
        list(familiarity.foreign(tmp_path))


@pytest.mark.parametrize("module", [compositions, context_gain, pretraining, time_parts])
def test_no_set_is_looked_for_outside_of_the_repository(module, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["benchmark"])
    with pytest.raises(SystemExit):
        module.main()
    assert "--data is missing" in capsys.readouterr().err


@pytest.mark.parametrize("module", [flood_units, floods_elsewhere])
def test_the_page_of_a_model_is_written_only_if_that_is_asked_for(module, monkeypatch, tmp_path):
    written = []
    monkeypatch.setattr(module, "put_between_marks", lambda *given: written.append(given))
    monkeypatch.setattr(module, "compare", lambda *given: Confusion(np.array([[3, 1], [1, 3]])))
    monkeypatch.setattr(module, "flood_names", lambda data: ["1"], raising=False)
    monkeypatch.setattr(module, "radar_images", lambda data: [tmp_path / "a_S1Hand.tif"], raising=False)
    monkeypatch.setattr(sys, "argv", ["benchmark", "--data", str(tmp_path)])
    module.main()
    assert not written
    monkeypatch.setattr(sys, "argv", [*sys.argv, "--write"])
    module.main()
    assert len(written) == 1


def test_a_flood_is_written_into_a_folder_that_is_made(monkeypatch, tmp_path):
    for folder in flood_images.FOLDERS.values():
        place = tmp_path / "ombria" / "test" / folder
        place.mkdir(parents=True)
        Image.new("RGB", (256, 256)).save(place / f"{flood_images.SHOWN}.webp")
    monkeypatch.setattr(sys, "argv", ["benchmark", "--data", str(tmp_path), "--folder", str(tmp_path / "new" / "one")])
    flood_images.main()
    assert len(list((tmp_path / "new" / "one").glob("flood_*.tif"))) == 5


def test_a_small_image_is_repeated_and_mirrored_to_any_size(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 255, (3, 90, 70), np.uint8)
    with rasterio.open(tmp_path / "small.png", "w", driver="PNG", count=3, height=90, width=70, dtype="uint8") as png:
        png.write(pixels)
    made = write_mirrored(tmp_path / "small.png", 1200, tmp_path / "large.tif")
    with rasterio.open(made) as dataset:
        found = dataset.read()
    assert found.shape == (3, 1200, 1200)
    np.testing.assert_array_equal(found[:, :90, :70], pixels)
    np.testing.assert_array_equal(found[:, 90:180, 70:140], pixels[:, ::-1, ::-1])
    np.testing.assert_array_equal(found[:, 1080:1170, 1120:1190], pixels)
    cut = write_mirrored(tmp_path / "small.png", 64, tmp_path / "cut.tif")
    with rasterio.open(cut) as dataset:
        np.testing.assert_array_equal(dataset.read(), pixels[:, :64, :64])
