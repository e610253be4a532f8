"""Results arrive together or not at all, with nothing of an earlier one about them, and damage nothing that is read."""

import errno
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import conftest
import pytest
from terraloom.engine.errors import OutputError
from terraloom.engine.results import refusals
from terraloom.engine.results import workspace as module
from terraloom.engine.results.journal import NAME
from terraloom.engine.results.workspace import Workspace, can_be_resumed, partial_folder, remove_partials
from unfinished import contents, killed_at, write


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def make(workspace, *names):
    for name in names:
        target, _, side = name.partition("+")
        place = workspace.place(target)
        (place.with_name(side) if side else place).write_text("new")


def publish(*targets, made=()):
    with Workspace(targets) as workspace:
        make(workspace, *targets, *made)
        workspace.publish()


def test_results_appear_at_the_end_with_what_belongs_to_them():
    with Workspace(["o.tif", "t.csv"]) as workspace:
        make(workspace, "o.tif", "o.tif+o.qml", "t.csv")
        assert not Path("o.tif").exists()
        workspace.publish()
    assert contents() == {"o.tif": "new", "o.qml": "new", "t.csv": "new"}
    assert sorted(os.listdir()) == ["o.qml", "o.tif", "t.csv"]


@pytest.mark.parametrize(
    ("target", "stale"),
    [
        ("o.tif", ["o.tif.aux.xml", "o.tif.ovr", "o.tif.msk", "o.tif.msk.ovr", "o.qml"]),
        ("o.shp", ["o.shx", "o.dbf", "o.prj", "o.cpg", "o.qix", "o.sbn", "o.sbx", "o.qml"]),
        ("o.shp", ["o.idm", "o.ind", "o.ain", "o.aih", "o.shp.xml"]),
        ("o.gpkg", ["o.gpkg-shm", "o.gpkg-journal"]),
        ("o.csv", ["o.csvt"]),
    ],
)
def test_nothing_of_an_earlier_result_stays_to_falsify_the_new_one(target, stale):
    others = ["other.tif.aux.xml", "o.txt", "o.tfw"]
    write(target, *stale, *others)
    publish(target)
    assert contents() == {target: "new", **dict.fromkeys(others, "old")}


def break_moves(monkeypatch, breaks):
    """Let moves for which `breaks(source, place)` holds fail as those of a file in use do on Windows."""
    real = os.replace

    def replace(source, place):
        if breaks(Path(source), Path(place)):
            raise PermissionError(13, "in use")
        real(source, place)

    monkeypatch.setattr(module.os, "replace", replace)


@pytest.mark.parametrize("phase", ["set aside", "move in"])
def test_when_one_target_is_in_use_all_earlier_results_stay(monkeypatch, phase):
    write("a.tif", "a.tif.ovr", "b.tif", "b.qml")
    before = contents()
    if phase == "set aside":
        break_moves(monkeypatch, lambda source, place: source == Path("b.tif"))
    else:
        break_moves(monkeypatch, lambda source, place: place == Path("b.tif") and source.read_text() == "new")
    with pytest.raises(OutputError, match=r"b\.tif cannot be replaced: in use\. Close the program"):
        publish("a.tif", "b.tif", made=["a.tif+a.qml", "a.tif+a.tif.aux.xml", "b.tif+b.qml"])
    assert contents() == before
    assert sorted(os.listdir()) == sorted(before)


@pytest.mark.parametrize("moves", range(7))
def test_a_kill_while_publishing_costs_no_earlier_result(monkeypatch, moves):
    write("a.tif", "a.tif.ovr", "b.tif")
    targets = [Path("a.tif"), Path("b.tif")]
    workspace = Workspace(map(str, targets)).__enter__()
    make(workspace, "a.tif", "a.tif+a.qml", "b.tif")
    killed_at(monkeypatch, moves, workspace.publish)
    remove_partials(targets)
    found = contents()
    assert found["b.tif"] in ("old", "new")
    assert {name: text for name, text in found.items() if name != "b.tif"} in (
        {"a.tif": "old", "a.tif.ovr": "old"},
        {"a.tif": "new", "a.qml": "new"},
    )


def test_a_resumed_run_begins_its_results_anew_and_keeps_what_they_are_made_from():
    """A result that was half written when the run was killed would be written to once more."""
    hidden = partial_folder(Path("o.gpkg"))
    write(*(str(hidden / name) for name in ("o.gpkg", "o.gpkg-journal", "working.tif", NAME)))
    with Workspace(["o.gpkg"], resume=True):
        assert sorted(path.name for path in hidden.iterdir()) == sorted(["working.tif", NAME])


def test_what_has_a_journal_is_kept_until_a_run_starts_anew():
    write("o.tif")
    with pytest.raises(ZeroDivisionError), Workspace(["o.tif"], resume=True) as workspace:
        workspace.scratch("o.tif", "working.tif").write_text("new")
        (partial_folder(Path("o.tif")) / NAME).write_text("{}")
        raise ZeroDivisionError
    remove_partials([Path("o.tif")])
    assert sorted(path.name for path in partial_folder(Path("o.tif")).iterdir()) == [NAME, "working.tif"]
    with Workspace(["o.tif"], resume=True) as workspace:
        workspace.scratch("o.tif", "working.tif").rename(workspace.place("o.tif"))
        workspace.publish()
    assert contents() == {"o.tif": "new"} and not partial_folder(Path("o.tif")).exists()
    partial_folder(Path("o.tif")).mkdir()
    (partial_folder(Path("o.tif")) / NAME).write_text("{}")
    with Workspace(["o.tif"]):
        assert list(partial_folder(Path("o.tif")).iterdir()) == []


def test_an_aborted_job_leaves_the_earlier_result():
    write("o.tif", "o.qml")
    with pytest.raises(ZeroDivisionError), Workspace(["o.tif"]) as workspace:
        make(workspace, "o.tif")
        raise ZeroDivisionError
    assert contents() == {"o.tif": "old", "o.qml": "old"}
    assert not partial_folder(Path("o.tif")).exists()


@pytest.mark.parametrize(
    ("target", "source", "words"),
    [
        ("scene.tif", "scene.tif", r"scene\.tif is an input"),
        ("scene.tif", "Scene.TIF", r"scene\.tif is an input"),
        ("scene.tif", "scene.tiff", r"would replace scene\.qml, which belongs to the input scene\.tiff"),
        ("scene.shp", "scene.tif", r"would replace scene\.qml"),
        ("map.tif", "map.gpkg", r"would replace map\.qml"),
        ("o.shp", "o.dbf", r"would replace o\.dbf, which belongs to the input o\.dbf"),
        ("link.tif", "scene.tif", r"link\.tif is an input"),
    ],
)
def test_an_input_and_what_belongs_to_it_are_never_replaced(target, source, words):
    write(source, "scene.qml", "map.qml")
    if target == "link.tif":
        os.symlink(source, target)
    before = contents()
    with pytest.raises(OutputError, match=words + ".*Choose another name"):
        Workspace([target], [source])
    with pytest.raises(OutputError, match=words), Workspace([target]) as workspace:
        workspace.protect([source])
    assert contents() == before


def test_a_folder_reached_by_another_way_is_the_same_folder():
    write("data/scene.tif")
    os.symlink("data", "way")
    with pytest.raises(OutputError, match="is an input"):
        Workspace(["way/scene.tif"], ["data/scene.tif"])
    with pytest.raises(OutputError, match="Two results have the name"):
        Workspace(["way/o.tif", "data/o.tif"])


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("net.tif", "net.onnx"),
        ("map.gpkg", "map.tif"),
        ("a/scene.tif", "b/scene.tif"),
        ("new.tif", "/vsicurl/https://nowhere/new.jp2"),
        ("new.tif", "GPKG:new.gpkg:layer"),
    ],
)
def test_names_that_harm_nothing_are_taken(target, source):
    write(target)
    Workspace([target], [source])


@pytest.mark.parametrize("second", ["o.tif", "O.tif", "./o.tif"])
def test_two_results_are_two_files_wherever_they_lie(second):
    with pytest.raises(OutputError, match="Two results have the name"):
        Workspace(["o.tif", second])


def test_two_results_share_no_style():
    Workspace(["o.tif", "o.gpkg", "o.csv"])
    with pytest.raises(OutputError, match="share the style"):
        Workspace(["o.tif", "O.shp"])


def test_a_geopackage_with_changes_of_another_program_is_left_alone():
    write("o.gpkg", "o.gpkg-wal")
    with pytest.raises(OutputError, match=r"o\.gpkg is open in another program.*o\.gpkg-wal.*Close it there"):
        Workspace(["o.gpkg"])
    Path("o.gpkg-wal").write_text("")
    publish("o.gpkg")
    assert contents() == {"o.gpkg": "new"}


def test_a_folder_is_never_replaced():
    Path("o.tif").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        Workspace(["o.tif"])


@pytest.mark.parametrize(("target", "words"), [("a.tif", r"a\.tif is an input"), ("a.tiff", r"would replace a\.qml")])
@pytest.mark.parametrize("job", ["apply_model", "segment_land_use"])
def test_the_sources_of_a_virtual_raster_are_inputs_too(job, target, words):
    np = pytest.importorskip("numpy")
    import toys
    from terraloom.engine.jobs import apply_model, segment_land_use
    from terraloom.engine.progress import Silent
    from terraloom.engine.requests.apply_model import ApplyModel
    from terraloom.engine.requests.class_map import ClassTargets
    from terraloom.engine.requests.network_run import NetworkRun
    from terraloom.engine.requests.segment_land_use import SegmentLandUse

    toys.raster("a.tif", np.ones((3, 5, 5), np.float32))
    Path("m.vrt").write_text(VRT)
    before = Path("a.tif").read_bytes()
    run = NetworkRun(("m.vrt",), str(toys.bands_as_classes("net.onnx")))
    with pytest.raises(OutputError, match=words):
        if job == "apply_model":
            apply_model.run(ApplyModel(run, ClassTargets(target)), Silent())
        else:
            segment_land_use.run(SegmentLandUse(run, ClassTargets(target)), Silent())
    assert Path("a.tif").read_bytes() == before
    assert sorted(os.listdir()) == ["a.tif", "m.vrt", "net.onnx"]


BAND = """<VRTRasterBand dataType="Float32" band="{band}"><SimpleSource>
<SourceFilename relativeToVRT="1">a.tif</SourceFilename><SourceBand>{band}</SourceBand>
<SrcRect xOff="0" yOff="0" xSize="5" ySize="5"/><DstRect xOff="0" yOff="0" xSize="5" ySize="5"/>
</SimpleSource></VRTRasterBand>"""
VRT = f"""<VRTDataset rasterXSize="5" rasterYSize="5"><SRS>EPSG:32631</SRS>
<GeoTransform>500000, 1, 0, 5000000, 0, -1</GeoTransform>
{"".join(BAND.format(band=number) for number in (1, 2, 3))}</VRTDataset>"""


def test_statistics_of_an_earlier_raster_do_not_describe_the_new_one():
    np = pytest.importorskip("numpy")
    rasterio = pytest.importorskip("rasterio")
    import toys

    write("o.tif", text="")
    statistics = '<MDI key="STATISTICS_MAXIMUM">9</MDI>'
    aux = f'<PAMDataset><PAMRasterBand band="1"><Metadata>{statistics}</Metadata></PAMRasterBand></PAMDataset>'
    write("o.tif.aux.xml", text=aux)
    with Workspace(["o.tif"]) as workspace:
        toys.raster(workspace.place("o.tif"), np.ones((5, 5), np.float32))
        workspace.publish()
    with rasterio.open("o.tif") as dataset:
        assert dataset.tags(1) == {}


ANOTHER_RUN = """
import conftest, sys
from terraloom.engine.results.workspace import Workspace
with Workspace(["o.tif", "t.csv"]) as workspace:
    workspace.place("o.tif").write_text("first")
    workspace.place("t.csv").write_text("first")
    print("making", flush=True)
    sys.stdin.readline()
    workspace.publish()
"""


@pytest.fixture
def another_run():
    """A run in a process of its own that waits for a line before it publishes `o.tif` and `t.csv`."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    where = {**os.environ, "PYTHONPATH": str(conftest.ROOT / "tests")}
    with subprocess.Popen([sys.executable, "-c", ANOTHER_RUN], env=where, **pipes) as process:
        assert process.stdout.readline() == "making\n"
        yield process
        process.kill()


def test_two_runs_do_not_make_one_result_at_a_time(another_run):
    for targets in (["o.tif"], ["a.tif", "t.csv"]):
        with pytest.raises(OutputError, match="is being made by another run at this moment"), Workspace(targets):
            pass
    remove_partials([Path("a.tif"), Path("o.tif"), Path("t.csv")])  # as the client of the refused run does
    another_run.communicate("go on\n")
    assert contents() == {"o.tif": "first", "t.csv": "first"}
    assert sorted(os.listdir()) == ["o.tif", "t.csv"]
    publish("o.tif")
    assert contents()["o.tif"] == "new"


def test_what_a_killed_run_was_making_can_be_made_at_once(another_run):
    another_run.kill()
    another_run.wait()
    publish("o.tif", "t.csv")
    assert contents() == {"o.tif": "new", "t.csv": "new"} and sorted(os.listdir()) == ["o.tif", "t.csv"]


def test_a_full_disk_is_told_as_such_wherever_a_result_meets_it(monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    write("a.tif")
    with Workspace(["a.tif"]) as workspace:
        make(workspace, "a.tif")
        monkeypatch.setattr(module.os, "replace", full)
        with pytest.raises(OutputError, match="The disk of . is full"):
            workspace.publish()
    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(OutputError, match="The disk of . is full"), Workspace(["b.tif"]):
        pass
    assert contents() == {"a.tif": "old"}


@pytest.mark.parametrize("name", ["a;b.gpkg", "a|b.shp", "a;b.csv", "a!b.gpkg", "a!/b.fgb"])
def test_names_that_are_cut_where_layers_are_named_are_refused(name):
    write("a")
    with pytest.raises(OutputError, match=r"take what follows on ;, \| or ! in"):
        Workspace([name])
    assert contents() == {"a": "old"}
    Workspace(["a;b.tif"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a%20b.gpkg", "QGIS takes %20 in the name"),
        ("a%3a/b.GPKG", "QGIS takes %3a in the name"),
        ("ROADS.SHP", "Choose a name that ends in .shp"),
    ],
)
def test_names_that_come_out_otherwise_are_refused(name, words):
    with pytest.raises(OutputError, match=words):
        Workspace([name])
    Workspace(["100%.gpkg", "a%zz.gpkg", "a%20b.fgb", "MAP.TIF", "B.GPKG", "C.FGB", "D.GEOJSON", "ROADS.shp"])


@pytest.mark.parametrize(
    ("path", "lies"),
    [("D:/!Projekte/a.gpkg", False), ("D:/old.zip!/a.gpkg", True), ("//server/a!b.gpkg", True), ("a!b.gpkg", True)],
)
def test_on_a_drive_of_windows_archives_alone_are_taken_for_such(monkeypatch, path, lies):
    monkeypatch.setattr(refusals.sys, "platform", "win32")
    assert refusals._lies_in_archive(PureWindowsPath(path)) == lies


def test_what_a_library_made_under_another_name_replaces_nothing():
    write("a.gpkg", "b.gpkg")
    with pytest.raises(OutputError, match="made b.gpkg of it"), Workspace(["a.gpkg"]) as workspace:
        make(workspace, "a.gpkg+b.gpkg")
        workspace.publish()
    assert contents() == {"a.gpkg": "old", "b.gpkg": "old"} and sorted(os.listdir()) == ["a.gpkg", "b.gpkg"]


def test_what_an_interrupted_run_left_beside_a_result_is_no_part_of_it():
    """A run with other settings may not need it, and does not know of it."""
    write("left.working.tif")
    publish("a.tif", made=("a.tif+left.working.tif",))
    assert contents() == {"a.tif": "new", "left.working.tif": "old"}
    assert sorted(os.listdir()) == ["a.tif", "left.working.tif"]


def test_a_result_that_another_run_takes_in_the_last_moment_is_refused(monkeypatch):
    monkeypatch.setattr(module, "occupy", lambda folder: False)
    with pytest.raises(OutputError, match="is being made by another run"), Workspace(["a.tif"]):
        pass


def test_a_name_that_is_too_long_is_refused_in_a_sentence():
    name = "n" * 240 + ".tif"
    with pytest.raises(OutputError, match="is too long. Choose a shorter one."):
        Workspace([name])
    remove_partials([Path(name)])
    publish("n" * 230 + ".tif")


@pytest.mark.parametrize("options", [{}, {"resume": True}, {"folders": ["n" * 300 + "/chips"]}])
def test_a_result_in_a_folder_that_cannot_be_entered_is_refused_in_a_sentence(options):
    """The system cannot reach it, as where a user may not enter it, which root always may."""
    target = "n" * 300 + "/chips"
    with pytest.raises(OutputError, match="Choose a folder that exists and that you may write to"):
        Workspace([target], **options).__enter__()
    remove_partials([Path(target)])
    assert not can_be_resumed([Path(target)])
