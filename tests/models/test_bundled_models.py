"""A shipped model is what its card says, and torch can take it up where onnxruntime leaves it."""

import copy
import json
from itertools import combinations, product

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from terraloom.engine.library.card import METADATA_KEY, ModelCard
from terraloom.engine.library.installed import BUNDLED
from terraloom.models.build import build
from terraloom.models.complexity import count_parameters, flops_per_pixel
from terraloom.models.export import OUTPUT_NAME, input_names
from terraloom.models.spec import NetworkSpec
from terraloom.models.weights import load_weights, weights_sha256
from terraloom.recipes.flood_tiles import BANDS, INPUTS, standardised

FOLDERS = sorted(path.parent for path in BUNDLED.glob("*/card.json"))


@pytest.fixture(params=FOLDERS, ids=[folder.name for folder in FOLDERS])
def folder(request):
    return request.param


@pytest.fixture
def card(folder):
    return ModelCard.from_file(folder / "card.json")


@pytest.fixture
def network(folder, card):
    """The torch network, rebuilt from nothing but the card and the ONNX file."""
    network = build(NetworkSpec.from_dict(card.network_spec))
    initialisers = onnx.load(folder / "model.onnx").graph.initializer
    weights = {tensor.name: onnx.numpy_helper.to_array(tensor).copy() for tensor in initialisers}
    load_weights(network, {name: torch.from_numpy(value) for name, value in weights.items()})
    return network.eval()


def test_the_card_in_the_model_is_the_card_beside_it(folder):
    metadata = {entry.key: entry.value for entry in onnx.load(folder / "model.onnx").metadata_props}
    assert json.loads(metadata[METADATA_KEY]) == json.loads((folder / "card.json").read_text(encoding="utf-8"))


def test_torch_and_onnxruntime_agree(folder, network):
    """In double precision torch tells what is right, whatever order a processor adds in."""
    exact = copy.deepcopy(network).double()
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    torch.manual_seed(0)
    for batch, rows, cols in ((1, 128, 128), (2, 48, 80)):
        images = [torch.randn(batch, each.channels, rows, cols) for each in network.spec.inputs]
        fed = {name: image.numpy() for name, image in zip(input_names(network), images, strict=True)}
        (logits,) = session.run([OUTPUT_NAME], fed)
        with torch.no_grad():
            np.testing.assert_allclose(logits, exact(*(image.double() for image in images)), atol=1e-5, rtol=0)


def test_the_flood_model_maps_each_combination_of_its_images_in_its_own_way():
    session = onnxruntime.InferenceSession(BUNDLED / "flood-s1s2" / "model.onnx", providers=["CPUExecutionProvider"])
    blocks = torch.randint(256, (1, BANDS, 8, 8), generator=torch.Generator().manual_seed(0))
    pixels = blocks.float().repeat_interleave(8, dim=2).repeat_interleave(8, dim=3)  # (1, 8, 64, 64)
    found = {}
    for there in product((True, False), repeat=len(INPUTS)):
        images = standardised(pixels, there)
        fed = {each.name: image.numpy() for each, image in zip(INPUTS, images, strict=True)}
        (logits,) = session.run([OUTPUT_NAME], fed)
        assert logits.shape == (1, 2, 64, 64) and np.isfinite(logits).all()
        if any(there):
            found[there] = np.diff(logits, axis=1)
    assert len(found) == 15 and all(np.ptp(score) > 0.1 for score in found.values())
    assert all(np.abs(one - other).max() > 0.1 for one, other in combinations(found.values(), 2))


def test_the_card_tells_the_truth_about_the_network(card, network):
    properties = card.document["properties"]
    assert card.stride_px == network.stride
    assert card.receptive_radius_px == network.receptive_radius_px
    assert card.global_operations == network.global_operations
    assert properties["mlm:total_parameters"] == count_parameters(network)
    assert properties["terraloom:flops_per_pixel"] == round(flops_per_pixel(network))
    assert properties["terraloom:weights_sha256"] == weights_sha256(network)
    assert len(card.inputs[0].bands) == network.spec.inputs[0].channels
    channels = 1 + card.lines.bins if card.lines else len(card.legend.entries)
    assert network.gives.channels == channels


def test_the_readme_shows_the_scores_of_the_card(folder, card):
    """Every figure: size of each place, accuracy, mean IoU and the IoU of each class, place by place and pooled."""
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    scores = card.document["properties"]["terraloom:held_out_scores"]
    for name, figures in {**scores["places"], "All, pixels pooled": scores["all_places_pooled"]}.items():
        shown = next(line for line in lines if line.startswith(f"| {name} |")).strip("| ").split(" | ")[1:]
        low, high = figures["mean_iou_interval"]
        assert shown[:2] == [f"{figures['pixels'] / 1e6:.1f}", percent(figures["overall_accuracy"])]
        assert shown[2] == f"{percent(figures['mean_iou'])} ({percent(low)}–{percent(high)})"
        assert shown[3 : 3 + len(figures["iou"])] == [percent(share) for share in figures["iou"].values()]


def percent(share):
    return "–" if share is None else f"{100 * share:.1f}"


def test_the_pictures_of_the_card_lie_beside_it(folder, card):
    files = {entry["file"] for entry in card.document["properties"]["terraloom:pictures"]}
    assert files == {path.name for path in folder.glob("*.png")}


def test_the_model_is_small(folder, network):
    assert (folder / "model.onnx").stat().st_size <= 4_000_000
    assert flops_per_pixel(network) <= 150_000


def test_the_card_follows_the_mlm_extension(card):
    stac_model = pytest.importorskip("stac_model.schema")
    properties = {key: value for key, value in card.document["properties"].items() if key.startswith("mlm:")}
    for output in properties["mlm:output"]:
        for entry in output["classification:classes"]:
            del entry["title"]  # of the classification extension 2.0, which stac-model does not know yet
    stac_model.MLModelProperties.model_validate(properties)
