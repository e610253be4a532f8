"""A network with dropout is asked again and again, each time with other features left out, and tiles still join."""

import numpy as np
import pytest
import rasterio
import torch
from dropout_toys import CLASSES, series, series_network
from terraloom.engine.errors import ModelError
from terraloom.engine.jobs import estimate_uncertainty
from terraloom.engine.progress import Silent
from terraloom.engine.requests.estimate_uncertainty import EstimateUncertainty, UncertaintyTargets
from terraloom.engine.requests.network_run import NetworkRun


def estimated(tmp_path, model, source, name="u", samples=4, seed=0, **run):
    request = EstimateUncertainty(
        NetworkRun((source,), str(model), device="cpu", threads=1, **run),
        UncertaintyTargets(output=str(tmp_path / f"{name}.tif")),
        method="mcdropout",
        samples=samples,
        seed=seed,
    )
    estimate_uncertainty.run(request, Silent())
    with rasterio.open(request.targets.output) as dataset:
        assert "draws from seed" in dataset.tags()["TERRALOOM_PROVIDER"]
        return dict(zip(dataset.descriptions, dataset.read()))


def test_draws_disagree_and_the_same_seed_gives_the_same_map(tmp_path):
    _, model = series_network(tmp_path, 0.5)
    _, source = series(tmp_path / "in.tif")
    first = estimated(tmp_path, model, source, "first")
    again, other = (estimated(tmp_path, model, source, str(seed), seed=seed) for seed in (0, 1))
    assert tuple(first) == ("entropy", "mutual information", "confidence")
    assert first["mutual information"].min() > 0
    for band, values in first.items():
        np.testing.assert_array_equal(values, again[band])
        assert not np.allclose(values, other[band])


def test_tiles_join_exactly_though_features_are_left_out_at_random(tmp_path):
    _, model = series_network(tmp_path, 0.5)
    _, source = series(tmp_path / "in.tif")
    whole, tiles = (
        estimated(tmp_path, model, source, str(size), tile_size=size, turns=turns)
        for size, turns in ((64, "none"), (16, "flips"))  # turns change nothing where no pixel sees another
    )
    for band, values in whole.items():
        np.testing.assert_allclose(values, tiles[band], atol=2e-6)


def test_a_pixel_is_left_features_out_as_while_the_network_learnt(tmp_path):
    network, model = series_network(tmp_path, 0.5)
    values, source = series(tmp_path / "in.tif", 1, 1)
    found = estimated(tmp_path, model, source, samples=600)
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.train()
    torch.manual_seed(1)
    with torch.no_grad():
        many = torch.from_numpy(values)[None].expand(4000, -1, -1, -1)
        said = torch.softmax(network(many), 1)[:, :, 0, 0].double().numpy()
    mean = said.mean(axis=0)

    def normalised(p):
        return -(p * np.log(p)).sum(axis=-1) / np.log(CLASSES)

    assert found["confidence"].item() == pytest.approx(mean.max(), abs=0.03)
    assert found["entropy"].item() == pytest.approx(normalised(mean), abs=0.03)
    disagreement = normalised(mean) - normalised(said).mean()
    assert found["mutual information"].item() == pytest.approx(disagreement, abs=0.03) and disagreement > 0.06


def test_without_a_share_that_is_left_out_there_is_no_dropout(tmp_path):
    _, model = series_network(tmp_path, 0.0)
    _, source = series(tmp_path / "in.tif")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ModelError, match="series has no dropout"):
        estimated(tmp_path, model, source)
    assert sorted(tmp_path.iterdir()) == before
