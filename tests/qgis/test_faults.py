"""Whatever goes wrong, the user reads what and what to do, nothing unfinished is left, and QGIS lives on."""

import os
import shutil
import signal
import subprocess
import threading

import pytest
from front_door import is_running, names_in, until, wait, workers_of
from osgeo import gdal, ogr
from qgis.core import QgsProcessingException, QgsProcessingFeedback

pytest_plugins = ["real_worker"]

APPLY = "terraloom:applymodel"
GONE_S = 30.0
"""By then a worker must be gone, on a busy machine too."""

WORKING = ".map.tif.terraloom/classes.working.tif"
"""Lies beside OUTPUT = map.tif while the network is at work."""


def clean(samples, **parameters):
    """Parameters of a run that works, but for what is changed of them."""
    return {"INPUT": str(samples / "noise.tif"), "MODEL_FILE": str(samples / "segment.onnx"), **parameters}


def long(samples, folder, **parameters):
    """Parameters of a run that takes minutes: tens of thousands of tiles, all results."""
    results = {"OUTPUT": "map.tif", "CONFIDENCE": "confidence.tif", "POLYGONS": "areas.gpkg", "AREAS": "areas.csv"}
    places = {name: str(folder / file) for name, file in results.items()}
    return clean(samples, **{"INPUT": str(samples / "large.tif"), "TILE_SIZE": 4, **places, **parameters})


@pytest.fixture
def folder(tmp_path):
    """An empty folder for results."""
    made = tmp_path / "results"
    made.mkdir()
    return made


@pytest.fixture
def at_work(front_door, processes, samples, folder):
    """Starts a long run and waits until its network is at work; returns qgis_process and its worker's number."""
    started = []

    def at_work(**parameters):
        process = front_door.start(APPLY, long(samples, folder, **parameters))
        started.append(process)
        until(lambda: process.poll() is not None or (folder / WORKING).exists(), 60, "The start of a run")
        (worker,) = workers_of(process.pid)
        return process, worker

    yield at_work
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


class Disk:
    """A small disk in memory."""

    def __init__(self, folder):
        self.folder = folder

    def resize(self, size):
        self._mount(f"remount,rw,size={size}")

    def lock(self):
        self._mount("remount,ro")

    def _mount(self, options):
        subprocess.run(["mount", "-o", options, str(self.folder)], check=True, timeout=10)


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None:
        pytest.skip("no mount")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted: {mounted.stderr.strip()}")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=10)


def test_a_worker_that_is_killed(at_work, folder):
    process, worker = at_work()
    os.kill(worker, signal.SIGKILL)
    ended = wait(process)
    assert ended.code != 0
    assert "The worker was killed" in ended.complained
    assert "TILE_SIZE" in ended.complained
    assert "goes on from there" not in ended.complained
    assert names_in(folder) == []


def test_a_worker_that_is_killed_in_a_run_that_can_be_resumed(at_work, folder):
    process, worker = at_work(RESUME=True)
    journal = folder / ".map.tif.terraloom" / "journal.json"
    until(lambda: process.poll() is not None or journal.exists(), 60, "The first strip")
    os.kill(worker, signal.SIGKILL)
    ended = wait(process)
    assert ended.code != 0
    assert "The worker was killed" in ended.complained
    assert "run it again with the same parameters, and it goes on from there" in ended.complained
    assert journal.exists()


def test_a_cancelled_run_that_can_be_resumed_says_so(at_work, folder):
    process, _ = at_work(RESUME=True)
    journal = folder / ".map.tif.terraloom" / "journal.json"
    until(lambda: process.poll() is not None or journal.exists(), 60, "The first strip")
    os.kill(process.pid, signal.SIGINT)
    ended = wait(process)
    assert ended.code != 0
    assert "Cancelled" in ended.complained and "it goes on from there" in ended.complained
    assert journal.exists()


def test_qgis_killed_leaves_no_orphan_and_no_file(at_work, folder):
    process, worker = at_work()
    os.kill(process.pid, signal.SIGKILL)
    until(lambda: not is_running(worker), GONE_S, "The end of the orphaned worker")
    until(lambda: not names_in(folder), GONE_S, "The clearing away of unfinished results")


def test_a_run_that_is_cancelled(at_work, folder):
    process, worker = at_work()
    os.kill(process.pid, signal.SIGINT)
    until(lambda: process.poll() is not None and not is_running(worker), GONE_S, "The end of the cancelled run")
    ended = wait(process)
    assert ended.code != 0
    assert "Cancelled" in ended.complained
    assert names_in(folder) == []


def test_a_run_that_is_cancelled_while_gdal_holds_pythons_lock(front_door, processes, samples, folder):
    part = {"INPUT": samples / "large.tif", "EXTENT": "500000,500600,4999400,5000000 [EPSG:32631]"}
    process = front_door.start(APPLY, clean(samples, **part, POLYGONS=folder / "areas.gpkg"))
    made = folder / ".areas.gpkg.terraloom" / "areas.gpkg"
    until(lambda: process.poll() is not None or made.exists(), 60, "The writing of polygons")
    (worker,) = workers_of(process.pid)
    os.kill(process.pid, signal.SIGINT)
    until(lambda: process.poll() is not None and not is_running(worker), GONE_S, "The end of the cancelled run")
    assert wait(process).code != 0
    assert names_in(folder) == []


def test_an_input_that_vanishes(at_work, samples, folder, tmp_path):
    source = shutil.copy(samples / "large.tif", tmp_path / "source.tif")
    process, _ = at_work(INPUT=source)
    os.unlink(source)
    ended = wait(process)
    assert ended.code != 0
    assert "source.tif was changed or deleted while it was being read" in ended.complained
    assert names_in(folder) == []


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("corrupt.onnx", ["corrupt.onnx is not a valid ONNX file"]),
        ("unknown_operator.onnx", ["The network in", "unknown_operator.onnx cannot be loaded", "Conjure"]),
        ("wrong_bands.onnx", ["wrong_bands.onnx reads 3 bands", "says 4", "b0, b1, b2, b3"]),
    ],
)
def test_a_model_that_cannot_be_used(front_door, samples, folder, model, words):
    ended = front_door.run(APPLY, clean(samples, MODEL_FILE=samples / model, OUTPUT=folder / "map.tif"))
    assert ended.code != 0
    for word in words:
        assert word in ended.complained
    assert names_in(folder) == []


def test_an_image_with_the_wrong_number_of_bands(front_door, samples, folder):
    ended = front_door.run(APPLY, clean(samples, INPUT=samples / "one_band.tif", OUTPUT=folder / "map.tif"))
    assert ended.code != 0
    assert "The model expects 3 bands (b0, b1, b2); the layer has 1" in ended.complained
    assert "BANDS = b0=1;b1=1;b2=1" in ended.complained
    assert names_in(folder) == []


def test_an_output_that_is_the_input(front_door, samples, folder):
    source = folder / "image.tif"
    shutil.copy(samples / "noise.tif", source)
    before = source.read_bytes()
    ended = front_door.run(APPLY, clean(samples, INPUT=source, OUTPUT=source))
    assert ended.code != 0
    assert "OUTPUT" in ended.complained and "also an input" in ended.complained
    assert source.read_bytes() == before
    assert set(names_in(folder)) <= {"image.tif", "image.tif.aux.xml"}


def test_a_folder_below_a_file(front_door, samples, folder):
    (folder / "file").write_text("")
    ended = front_door.run(APPLY, clean(samples, OUTPUT=folder / "file" / "map.tif"))
    assert ended.code != 0
    assert f"OUTPUT should go to the folder {folder / 'file'}, which does not exist" in ended.complained
    assert names_in(folder) == ["file"]


def test_a_folder_that_only_the_worker_finds_unwritable(front_door, processes, samples):
    ended = front_door.run(APPLY, clean(samples, OUTPUT="/proc/map.tif"))
    assert ended.code != 0
    assert "/proc/map.tif cannot be written" in ended.complained
    assert "Choose a folder that exists and that you may write to" in ended.complained


def test_a_folder_on_a_disk_that_is_read_only(front_door, samples, disk):
    disk.resize("1m")
    disk.lock()
    ended = front_door.run(APPLY, clean(samples, OUTPUT=disk.folder / "map.tif"))
    assert ended.code != 0
    assert f"OUTPUT should go to the folder {disk.folder}, which you may not write to" in ended.complained


def test_no_environment(front_door, samples, folder, tmp_path):
    variables = {"TERRALOOM_HOME": str(tmp_path / "no home")}
    ended = front_door.run(APPLY, clean(samples, OUTPUT=folder / "map.tif"), variables=variables)
    assert ended.code != 0
    assert "no Python environment yet" in ended.complained
    assert "terraloom:setupenvironment" in ended.complained
    assert names_in(folder) == []


RASTERS = {"OUTPUT": "map.tif", "PROBABILITIES": "shares.tif"}


@pytest.mark.parametrize(
    ("size", "source", "results", "told"),
    [
        ("300k", "noise.tif", RASTERS, "The disk of {folder} is full"),
        ("1600k", "noise.tif", RASTERS, "shares.tif could not be written"),
        ("18m", "large.tif", RASTERS, "shares.tif could not be written"),
        ("3m", "noise.tif", {"POLYGONS": "areas.gpkg"}, "areas.gpkg could not be written"),
    ],
    ids=["as the network works", "as a GeoTIFF is finished", "as a large one is", "as polygons are written"],
)
def test_a_disk_that_fills_up(front_door, samples, disk, size, source, results, told):
    disk.resize(size)
    places = {name: disk.folder / file for name, file in results.items()}
    ended = front_door.run(APPLY, clean(samples, INPUT=samples / source, **places))
    assert ended.code != 0
    assert told.format(folder=disk.folder) in ended.complained
    assert "full" in ended.complained
    assert names_in(disk.folder) == []


def contents(folder):
    """What a user would find in results, by file name."""
    found = {}
    for path in folder.iterdir():
        if path.suffix == ".tif":
            data = gdal.Open(str(path))
            levels = range(data.GetRasterBand(1).GetOverviewCount())
            found[path.name] = data.ReadRaster(), [data.GetRasterBand(1).GetOverview(n).ReadRaster() for n in levels]
        elif path.suffix == ".gpkg":
            data = ogr.Open(str(path))
            layers = [data.GetLayer(number) for number in range(data.GetLayerCount())]
            indexed = layers[0].TestCapability(ogr.OLCFastSpatialFilter)
            found[path.name] = indexed, [(layer.GetName(), layer.GetFeatureCount()) for layer in layers]
        else:
            found[path.name] = path.read_bytes()
    return found


@pytest.mark.parametrize(
    ("results", "sizes_kb"),
    [
        ({"AREAS": "areas.csv"}, range(4, 13, 4)),
        ({"OUTPUT": "map.tif", "CONFIDENCE": "confidence.tif"}, range(4, 61, 4)),
        ({"POLYGONS": "areas.gpkg"}, range(120, 361, 16)),
    ],
    ids=["table", "rasters", "polygons"],
)
def test_however_full_the_disk_results_are_whole_or_not_there(in_qgis, samples, disk, folder, results, sizes_kb):
    import processing

    def make(place):
        source = str(samples / "speck.tif")
        given = {name: str(place / file) for name, file in results.items()}
        processing.run(APPLY, clean(samples, INPUT=source, **given))

    make(folder)
    expected = contents(folder)
    failures = 0
    for size_kb in sizes_kb:
        disk.resize(f"{size_kb}k")
        try:
            make(disk.folder)
            assert contents(disk.folder) == expected, f"{size_kb} kB"
        except QgsProcessingException as error:
            failures += 1
            assert "full" in str(error), f"{size_kb} kB: {error}"
            assert names_in(disk.folder) == [], f"{size_kb} kB"
        for path in disk.folder.iterdir():
            path.unlink()
    assert 0 < failures < len(sizes_kb)


def meanwhile(condition, act):
    """Do something in another thread as soon as a condition holds."""

    def watch():
        until(condition, 60, "The start of a run")
        act()

    watching = threading.Thread(target=watch)
    watching.start()
    return watching


def kill_worker(feedback):
    (worker,) = workers_of(os.getpid())
    os.kill(worker, signal.SIGKILL)


@pytest.mark.parametrize(
    ("act", "words"),
    [(kill_worker, "The worker was killed"), (QgsProcessingFeedback.cancel, "Cancelled")],
    ids=["worker killed", "cancelled"],
)
def test_qgis_lives_on_and_the_next_run_works(in_qgis, processes, samples, folder, act, words):
    import processing

    feedback = QgsProcessingFeedback(False)
    watching = meanwhile((folder / WORKING).exists, lambda: act(feedback))
    with pytest.raises(QgsProcessingException, match=words):
        processing.run(APPLY, long(samples, folder), feedback=feedback)
    watching.join()
    assert names_in(folder) == []
    made = processing.run(APPLY, clean(samples, OUTPUT=str(folder / "map.tif")))
    assert gdal.Open(made["OUTPUT"]).RasterXSize == 320


@pytest.mark.parametrize("fault", [{"MODEL_FILE": "corrupt.onnx"}, {"INPUT": "one_band.tif"}])
def test_a_run_that_cannot_work_leaves_the_worker_fit_for_the_next(in_qgis, samples, folder, fault):
    import processing

    wrong = {name: str(samples / file) for name, file in fault.items()}
    with pytest.raises(QgsProcessingException):
        processing.run(APPLY, clean(samples, OUTPUT=str(folder / "map.tif"), **wrong))
    assert names_in(folder) == []
    processing.run(APPLY, clean(samples, OUTPUT=str(folder / "map.tif")))
    assert "map.tif" in names_in(folder)
