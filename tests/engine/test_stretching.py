"""Images of another unit, and dark or hazy ones, are brought to the values that a model is used to; and it is told."""

import json

import conftest
import numpy as np
import pytest
import rasterio
import samples
import toys
from listening import Heard
from maps import apply, refused
from terraloom.engine.errors import CancelledError, InputError, ModelError, OutputError
from terraloom.engine.library.card import ModelCard
from terraloom.engine.library.model_input import Band, ModelInput
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import BandScale, parse_scale
from terraloom.engine.requests.network_run import Extent
from terraloom.engine.results.workspace import partial_folder
from terraloom.engine.values.scaling import check_range, choose_scaling
from terraloom.engine.values.stretching import PERCENTILES, stretch

LANDUSE = conftest.ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx"
BANDS = tuple(Band(name, 100, 50) for name in ("red", "green", "blue"))
USUAL = (30.0, 225.0)
PHOTO = ModelInput("image", BANDS, (0, 255), stretch=USUAL)
FIELDS = {"terraloom:value_range": [0, 255], "terraloom:stretch": list(USUAL)}


class Listening(Heard):
    """Asks to stop after so many updates."""

    def __init__(self, stops_at=0):
        super().__init__()
        self._left = stops_at

    def update(self, fraction, mpx_per_s=None):
        self._left -= 1
        if self._left == 0:
            raise CancelledError()

    @property
    def scale(self):
        """The SCALE that the one warning of a stretch names."""
        (told,) = (text for text in self.warnings if "SCALE = " in text)
        return parse_scale(told.partition("SCALE = ")[2].split()[0].rstrip("."))


def photograph(rows=120, columns=160, low_high=USUAL, seed=0):
    """A photograph of 8 bits with these percentiles, `(3, rows, cols)`."""
    values = samples.landscape(rows, columns).astype(float)
    values += np.random.default_rng(seed).normal(0, 8, values.shape)
    below, above = np.percentile(values, PERCENTILES)
    low, high = low_high
    return np.clip(low + (values - below) * (high - low) / (above - below), 0, 255).round().astype(np.uint8)


IN_OTHER_UNITS = {
    "16 bit": lambda image: image.astype(np.uint16) * 257,
    "11 bit": lambda image: image.astype(np.uint16) * 8,
    "0 to 1": lambda image: image.astype(np.float32) / 255,
    "reflectance": lambda image: image.astype(np.int16) * 12 + 300,
    "dB": lambda image: (image / 10 - 30).astype(np.float32),
    "dark": lambda image: image // 8,
    "hazy": lambda image: (170 + image // 8).astype(np.uint8),
}


@pytest.mark.parametrize("unit", IN_OTHER_UNITS)
def test_percentiles_go_where_the_card_says_and_the_scale_is_told(unit):
    image = IN_OTHER_UNITS[unit](photograph()).reshape(3, -1).astype(float)
    heard = Listening()
    scales = stretch(image, PHOTO, 1, heard)
    assert heard.scale == scales and [(scale.input, scale.band) for scale in scales] == [(1, "*")]
    stretched = image * scales[0].factor + scales[0].offset
    np.testing.assert_allclose(np.percentile(stretched, PERCENTILES), USUAL, atol=1e-3)
    check_range(stretched, PHOTO)
    assert stretch(stretched, PHOTO, 1, Silent()) == ()


@pytest.mark.parametrize("low_high", [USUAL, (0, 255), (20, 110), (90, 170)])
def test_photographs_stay_as_they_are(low_high):
    heard = Listening()
    assert stretch(photograph(low_high=low_high).reshape(3, -1).astype(float), PHOTO, 1, heard) == ()
    assert heard.warnings == []


def test_borders_of_0_have_no_say(tmp_path):
    image = photograph().astype(float).reshape(3, -1) * 257
    bordered = np.concatenate([np.zeros((3, 99 * image.shape[1])), image], axis=1)
    assert stretch(bordered, PHOTO, 1, Silent()) == stretch(image, PHOTO, 1, Silent()) != ()
    assert stretch(np.zeros((3, 50)), PHOTO, 1, Silent()) == ()
    assert stretch(np.zeros((3, 0)), PHOTO, 1, Silent()) == ()


@pytest.mark.parametrize("nothing", [-9999, 65535])
def test_what_looks_like_nodata_stretches_nothing_and_is_named(nothing):
    image = photograph(low_high=(0, 255)).reshape(3, -1).astype(float)
    sample = np.concatenate([image, np.full((3, image.shape[1] // 4), nothing)], axis=1)
    assert stretch(sample, PHOTO, 1, Silent()) == ()
    with pytest.raises(InputError, match=f"20 % of the values are exactly {nothing}"):
        check_range(sample, PHOTO)


def test_an_image_of_one_value_is_not_stretched():
    assert stretch(np.full((3, 50), 4.0), PHOTO, 1, Silent()) == ()
    assert stretch(np.full((3, 50), 4000.0), PHOTO, 1, Silent()) == ()


def test_what_a_scale_leads_beyond_the_models_range_is_cut_there():
    values = np.ma.masked_array(np.array([-5.0, 0.5, 9.0]).reshape(1, 1, 3).repeat(3, axis=0))
    chunk = type("Chunk", (), {"values": values})
    scaled = np.empty((3, 1, 3), np.float32)
    choose_scaling(PHOTO, parse_scale("*=100,30")).apply(chunk, scaled)
    np.testing.assert_allclose(scaled[:, 0], [[-100 / 50, -20 / 50, 155 / 50]] * 3, atol=1e-6)
    choose_scaling(ModelInput("image", BANDS, (0, 255)), parse_scale("*=100,30")).apply(chunk, scaled)
    np.testing.assert_allclose(scaled[:, 0, 2], (930 - 100) / 50, atol=1e-6)


@pytest.mark.parametrize("unit", ["16 bit", "0 to 1", "reflectance"])
def test_a_photograph_is_mapped_alike_in_any_unit(tmp_path, unit):
    (wants,) = ModelCard.from_file(LANDUSE.with_name("card.json")).inputs
    image = photograph(low_high=wants.stretch)
    maps = []
    for values in (image, IN_OTHER_UNITS[unit](image)):
        source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
        maps.append(toys.read(apply(tmp_path, LANDUSE, source)["output"])[0])
    assert len(np.unique(maps[0])) > 2
    assert (maps[0] == maps[1]).mean() > 0.97


def test_the_scale_that_is_told_makes_the_same_map_and_1_leaves_the_values(tmp_path):
    model = toys.random_network(tmp_path / "m.onnx", 3, bands=3, mean=110.0, std=60.0, **FIELDS)
    source = toys.raster(tmp_path / "in.tif", photograph().astype(np.uint16) * 257)
    wants = ("output", "probabilities")
    heard, silent = Listening(), Listening()
    automatic = {
        name: toys.read(path) for name, path in apply(tmp_path, model, source, wants=wants, progress=heard).items()
    }
    again = apply(tmp_path, model, source, wants=wants, progress=silent, scale=heard.scale)
    assert silent.warnings == []
    for name, expected in automatic.items():
        np.testing.assert_array_equal(toys.read(again[name]), expected)
    with rasterio.open(again["output"]) as result:
        (kept,) = json.loads(result.tags()["TERRALOOM_PARAMETERS"])["scale"]
    assert BandScale(**kept) == heard.scale[0]
    as_they_are = apply(tmp_path, model, source, wants=wants, progress=silent, scale=parse_scale("*=1"))
    assert silent.warnings == []
    assert (toys.read(as_they_are["probabilities"]) != automatic["probabilities"]).mean() > 0.5


def test_the_result_tells_how_its_values_were_stretched(tmp_path):
    model = toys.identity(tmp_path / "m.onnx", **FIELDS)
    heard = Listening()
    source = toys.raster(tmp_path / "in.tif", photograph()[0].astype(np.uint16) * 257)
    with rasterio.open(apply(tmp_path, model, source, progress=heard)["output"]) as result:
        (scale,) = json.loads(result.tags()["TERRALOOM_PARAMETERS"])["scale"]
    assert BandScale(**scale) == heard.scale[0]


def test_seams_stay_exact_and_a_part_is_the_part_of_the_whole(tmp_path):
    """The image gets brighter to the right: what each tile says of itself would differ."""
    model = toys.random_network(tmp_path / "m.onnx", 3, bands=3, mean=110.0, std=60.0, **FIELDS)
    light = np.linspace(0.3, 1, 400)
    source = toys.raster(tmp_path / "in.tif", (photograph(300, 400) * light * 200).astype(np.uint16))
    made = [
        toys.read(apply(tmp_path, model, source, wants=("probabilities",), tile_size=size, **part)["probabilities"])
        for size, part in (
            (1024, {}),
            (64, {}),
            (64, {"extent": Extent(500_200, 4_999_800, 500_300, 4_999_900, toys.UTM)}),
        )
    ]
    np.testing.assert_array_equal(made[0], made[1])
    np.testing.assert_array_equal(made[0][:, 100:200, 200:300], made[2])


def test_a_resumed_run_stretches_as_it_began(tmp_path):
    model = toys.random_network(tmp_path / "m.onnx", 3, bands=3, mean=110.0, std=60.0, **FIELDS)
    source = toys.raster(tmp_path / "in.tif", photograph(800, 600).astype(np.uint16) * 257)
    folder = tmp_path / "made"
    folder.mkdir()
    wants = ("output", "probabilities")
    first, second = Listening(stops_at=8), Listening()
    with pytest.raises(CancelledError):
        apply(folder, model, source, wants=wants, resume=True, tile_size=256, progress=first)
    journal = json.loads((partial_folder(folder / "output.tif") / "journal.json").read_text())
    assert journal["strips"] >= 1
    made = apply(folder, model, source, wants=wants, resume=True, tile_size=256, progress=second)
    assert first.scale == second.scale
    whole = apply(tmp_path, model, source, wants=wants, tile_size=1024)
    for name in wants:
        np.testing.assert_array_equal(toys.read(made[name]), toys.read(whole[name]))


def test_a_run_with_another_scale_is_not_resumed_by_a_stretched_one(tmp_path):
    model = toys.random_network(tmp_path / "m.onnx", 3, bands=3, mean=110.0, std=60.0, **FIELDS)
    source = toys.raster(tmp_path / "in.tif", photograph(800, 600).astype(np.uint16) * 257)
    with pytest.raises(CancelledError):
        apply(tmp_path, model, source, resume=True, tile_size=256, progress=Listening(8), scale=parse_scale("*=0.004"))
    with pytest.raises(OutputError, match="set RESUME to false"):
        apply(tmp_path, model, source, resume=True, tile_size=256)


def test_each_input_is_stretched_for_itself(tmp_path):
    model = sum_of_two(tmp_path / "m.onnx", stretched=(False, True))
    first = toys.raster(tmp_path / "a.tif", photograph()[0])
    second = toys.raster(tmp_path / "b.tif", photograph(seed=1)[0].astype(np.uint16) * 257)
    heard = Listening()
    made = toys.read(apply(tmp_path, model, first, further_inputs=((second,),), progress=heard)["output"])[0]
    (scale,) = heard.scale
    assert scale.input == 2
    expected = toys.read(first)[0] + np.clip(toys.read(second)[0] * scale.factor + scale.offset, 0, 255)
    np.testing.assert_allclose(made, expected, atol=1e-3)
    refused(tmp_path, InputError, "expects 0 to 255.*SCALE", model, second, further_inputs=((first,),))
    told = Listening()
    apply(tmp_path, model, first, further_inputs=((second,),), progress=told, scale=parse_scale("2.*=0.004"))
    assert told.warnings == []


def test_a_scale_of_one_band_leaves_the_others_to_be_looked_at(tmp_path):
    model = toys.identity(tmp_path / "m.onnx", bands=2, **FIELDS)
    source = toys.raster(tmp_path / "a.tif", photograph()[:2].astype(np.uint16) * 257)
    refused(tmp_path, InputError, "SCALE to b0=0.004;b1=1", model, source, scale=parse_scale("b0=0.004"))
    told = Listening()
    apply(tmp_path, model, source, scale=parse_scale("b0=0.004;b1=0.004"), progress=told)
    assert told.warnings == []


def sum_of_two(path, stretched):
    """A regression that adds two images of one band."""
    helper = toys.helper
    document = toys.card(task="regression", activation="none", classes=1)
    (entry,) = document["properties"]["mlm:input"]
    document["properties"]["mlm:input"] = [
        entry | {"name": name, "terraloom:value_range": [0, 255]} | ({"terraloom:stretch": list(USUAL)} if on else {})
        for name, on in zip("ab", stretched)
    ]
    shape = ["n", 1, "h", "w"]
    graph = helper.make_graph(
        [helper.make_node("Add", ["a", "b"], ["output"])],
        "sum",
        [helper.make_tensor_value_info(name, toys.TensorProto.FLOAT, shape) for name in "ab"],
        [helper.make_tensor_value_info("output", toys.TensorProto.FLOAT, shape)],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"terraloom:card": json.dumps(document)})
    toys.onnx.save(model, str(path))
    return path


def test_a_series_is_stretched_alike_on_all_dates(tmp_path):
    document = toys.card(("red",), 2, task="regression", activation="none", **FIELDS)
    (entry,) = document["properties"]["mlm:input"]
    entry["terraloom:days"] = [0, 10]
    entry["input"]["shape"] = [-1, 2, -1, -1]
    document["properties"]["mlm:output"][0]["terraloom:channels"] = ["first", "second"]
    same = [toys.helper.make_node("Identity", ["image"], ["output"])]
    model = toys.save(tmp_path / "m.onnx", same, {}, 2, document)
    image = photograph()[0].astype(np.uint16)
    dates = [toys.raster(tmp_path / f"{n}.tif", image * factor) for n, factor in enumerate((100, 200))]
    heard = Listening()
    made = toys.read(apply(tmp_path, model, *dates, progress=heard)["output"])
    (scale,) = heard.scale
    expected = np.stack([image * 100.0, image * 200.0]) * scale.factor + scale.offset
    np.testing.assert_allclose(made, np.clip(expected, 0, 255), atol=1e-3)
    stacked = toys.raster(tmp_path / "all.tif", np.stack([image * 100, image * 200]))
    np.testing.assert_array_equal(toys.read(apply(tmp_path, model, stacked)["output"]), made)


def test_without_a_stretch_in_the_card_another_unit_is_refused(tmp_path):
    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:value_range": [0, 255]})
    source = toys.raster(tmp_path / "in.tif", photograph()[0].astype(np.uint16) * 257)
    refused(tmp_path, InputError, r"expects 0 to 255.*SCALE = \*=0\.00", model, source)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"terraloom:stretch": [225, 30], "terraloom:value_range": [0, 255]}, "225, 30, is not two rising"),
        ({"terraloom:stretch": [30, 300], "terraloom:value_range": [0, 255]}, "30, 300, is not two rising"),
        ({"terraloom:stretch": [30, 225]}, "within its terraloom:value_range"),
        ({"terraloom:stretch": [30], "terraloom:value_range": [0, 255]}, "stretch must be two numbers"),
        ({"terraloom:stretch": ["dark", "bright"], "terraloom:value_range": [0, 255]}, "dark"),
        ({"terraloom:grey_allowed": "no"}, "grey_allowed must be true or false"),
    ],
)
def test_a_card_that_makes_no_sense_is_refused(fields, words):
    with pytest.raises(ModelError, match=words):
        ModelCard.from_document(toys.card(**fields))


def test_the_bundled_model_is_stretched_and_takes_grey_images():
    (wants,) = ModelCard.from_file(LANDUSE.with_name("card.json")).inputs
    assert wants.grey_allowed and wants.stretch is not None
    assert 0 < wants.stretch[0] < 100 < 200 < wants.stretch[1] < 255


def test_a_scale_in_the_file_is_told_and_left_to_the_user(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.full((40, 40), 1234, np.int16))
    with rasterio.open(source, "r+") as dataset:
        dataset.scales, dataset.offsets = (0.1,), (-5,)
    model = toys.identity(tmp_path / "m.onnx")
    heard, silenced = Listening(), Listening()
    assert (toys.read(apply(tmp_path, model, source, progress=heard)["output"]) == 1234).all()
    assert heard.scale == parse_scale("*=0.1,-5")
    made = apply(tmp_path, model, source, progress=silenced, scale=heard.scale)
    assert toys.read(made["output"]).filled() == pytest.approx(118.4) and not silenced.warnings
