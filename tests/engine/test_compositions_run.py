"""Every network that can be composed goes through the map algorithms, and says there what torch says.

Each composition of the models' contract test is exported with a minimal card and run over small rasters.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
import toys
from maps import apply, refused
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import ModelError
from terraloom.engine.learning.torch_network import open_torch_network
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.card import METADATA_KEY, REGRESSION, SEGMENTATION, ModelCard
from terraloom.engine.library.card_writing import InputFacts, NetworkFacts, card_for
from terraloom.engine.library.rules import RegionRules
from terraloom.engine.tiles.superpixels import region_inputs
from terraloom.models.build import build
from terraloom.models.carriers import EmbeddingOf
from terraloom.models.export import export_onnx, has_fixed_size
from terraloom.tests.models import examples

TILE_PX = 64
SHAPES = ((60, 40), (7, 61))


def one_of_each():
    """The compositions by name, each with the most bands it comes with."""
    return {re.sub(r"-\d+$", "", name): spec for name, spec in examples.networks().items()}


SPECS = one_of_each()


@dataclass(frozen=True)
class Exported:
    """A network, its file and its card."""

    network: Any
    path: Path
    card: ModelCard

    @property
    def task(self):
        return self.card.task

    def says(self, images):
        """What torch says of images `(bands, rows, cols)`, each filled up with 0 to what the network takes."""
        rows, cols = images[0].shape[1:]
        stride = self.network.stride
        fixed = has_fixed_size(self.network)
        high, wide = (TILE_PX, TILE_PX) if fixed else (-(-rows // stride) * stride, -(-cols // stride) * stride)
        padded = [np.pad(image, ((0, 0), (0, high - rows), (0, wide - cols))) for image in images]
        graph = region_inputs(padded, self.card.regions) if self.card.regions else ()
        with torch.no_grad():
            output = self.network(*(torch.from_numpy(array[np.newaxis]) for array in (*padded, *graph)))
        if self.task == SEGMENTATION:
            output = output.softmax(dim=1)
        return output[0, :, :rows, :cols].numpy()


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Such small networks are slower with several threads, the more so where others run too."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module", params=SPECS.values(), ids=SPECS.keys())
def exported(request, tmp_path_factory):
    torch.manual_seed(0)
    network = build(request.param)
    if isinstance(network.gives, EmbeddingOf):
        pytest.skip("it says one thing of the whole image: no map")
    for name, buffer in network.named_buffers():  # as after training: else normalisation hides what comes in
        if name.endswith(("running_mean", "running_var")):
            buffer.copy_(torch.rand_like(buffer) * 0.5 + 0.5 * name.endswith("running_var"))
    network.eval()
    path = tmp_path_factory.mktemp("model") / "model.onnx"
    export_onnx(network, path, TILE_PX)
    card = write_card(network, request.param, path)
    return Exported(network, path, card)


def write_card(network, spec, path):
    """Put a minimal card into the file."""
    classes = spec.head.name == "segmentation"
    channels = network.gives.channels
    inputs = tuple(
        InputFacts(
            each.name,
            tuple(f"b{n}" for n in range(each.bands)),
            (0.0,) * each.bands,
            (1.0,) * each.bands,
            days=each.days,
        )
        for each in spec.inputs
    )
    facts = NetworkFacts(
        spec.to_dict(),
        network.stride,
        network.receptive_radius_px,
        network.global_operations,
        tile_px=TILE_PX,
        fixed_size=has_fixed_size(network),
        regions=RegionRules(network.regions) if network.regions else None,
    )
    document = card_for(
        "composed",
        SEGMENTATION if classes else REGRESSION,
        inputs,
        facts,
        legend=Legend(tuple(LegendEntry(n, f"Class {n}", "#4477AA") for n in range(channels))) if classes else None,
        variables=tuple(f"v{n}" for n in range(channels)),
    )
    model = onnx.load(path)
    card = ModelCard.from_document(document)
    onnx.helper.set_model_props(model, {METADATA_KEY: toys.json.dumps(document)})
    onnx.save(model, path)
    return card


def images_for(card, rows, cols):
    """Chance images, all dates of a series stacked."""
    rng = np.random.default_rng(rows)
    return [rng.normal(size=(wants.channels, rows, cols)).astype(np.float32) for wants in card.inputs]


def mapped(folder, exported, images, **run):
    """What the map algorithm says of images."""
    folder.mkdir(exist_ok=True)
    first, *further = (toys.raster(folder / f"in{number}.tif", image) for number, image in enumerate(images))
    layer = "probabilities" if exported.task == SEGMENTATION else "output"
    run["threads"] = 1
    run["further_inputs"] = tuple((path,) for path in further)
    result = toys.read(apply(folder, exported.path, first, wants=(layer,), **run)[layer])
    assert not np.ma.getmaskarray(result).any()
    return result.data


def test_no_composition_is_left_out():
    assert SPECS.keys() >= examples.COMPOSITIONS.keys() | examples.SERIES.keys()
    assert {len(spec.inputs) for spec in SPECS.values()} == {1, 2}


def test_what_sees_the_whole_tile_is_what_the_network_says(exported):
    """Else exact seams would be refused to a network whose graph is merely hard to read, and its maps blended."""
    assert read_card(exported.path).global_operations == exported.card.global_operations


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_raster_is_mapped_as_torch_sees_it_whole(exported, tmp_path, shape):
    images = images_for(exported.card, *shape)
    run = {} if has_fixed_size(exported.network) else {"tile_size": max(2 * exported.network.stride, 20)}
    result = mapped(tmp_path, exported, images, **run)
    np.testing.assert_allclose(result, exported.says(images), atol=1e-5, rtol=1e-5)


def test_a_raster_of_many_tiles_has_exact_seams_or_is_blended(exported, tmp_path):
    """Of blended tiles the first alone covers the corner; where seams are exact, the whole is as torch sees it."""
    images = images_for(exported.card, 170, 130)
    if has_fixed_size(exported.network):
        result = mapped(tmp_path, exported, images)
        assert result.shape[1:] == (170, 130) and np.isfinite(result).all()
        expected, alone = exported.says([image[:, :TILE_PX, :TILE_PX] for image in images]), TILE_PX // 3
    else:
        result = mapped(tmp_path, exported, images, tile_size=24)
        expected, alone = exported.says(images), 170
    np.testing.assert_allclose(result[:, :alone, :alone], expected[:, :alone, :alone], atol=1e-5, rtol=1e-5)


def test_the_torch_network_is_rebuilt_from_the_file(exported):
    network, card = open_torch_network(exported.path)
    assert card == exported.card and network.spec == exported.network.spec
    size = (TILE_PX, TILE_PX) if has_fixed_size(network) else (2 * network.stride, 3 * network.stride)
    inputs = [torch.randn_like(blank) if blank.is_floating_point() else blank for blank in network.blank(2, *size)]
    with torch.no_grad():
        np.testing.assert_allclose(network(*inputs), exported.network(*inputs), atol=1e-5, rtol=0)


@pytest.mark.parametrize("most", [11, 13])
def test_a_card_of_other_regions_than_the_network_reads_is_refused(tmp_path, most):
    network = build(SPECS["graph over regions"])
    export_onnx(network, tmp_path / "model.onnx", TILE_PX)
    network.regions = most
    write_card(network, SPECS["graph over regions"], tmp_path / "model.onnx")
    bands = SPECS["graph over regions"].inputs[0].bands
    source = toys.raster(tmp_path / "in.tif", np.zeros((bands, 20, 20), np.float32))
    refused(tmp_path, ModelError, f"reads {most} regions; its inputs are .*adjacency", tmp_path / "model.onnx", source)


def test_a_card_of_regions_of_a_network_without_is_refused(tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:regions": {"most": 5}})
    source = toys.raster(tmp_path / "in.tif", np.zeros((3, 20, 20), np.float32))
    refused(tmp_path, ModelError, "reads 5 regions", model, source)


def test_a_file_without_spec_cannot_be_rebuilt(tmp_path):
    with pytest.raises(ModelError, match="which parts its network is made of"):
        open_torch_network(toys.identity(tmp_path / "m.onnx"))
