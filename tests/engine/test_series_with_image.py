"""A series and a single image of the same place become chips, a network that reads both, and a map."""

import numpy as np
import toys
from maps import apply
from terraloom.engine.jobs import make_training_chips, train_model
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.make_training_chips import MakeTrainingChips
from terraloom.engine.requests.train_model import TrainModel

SIDE_PX = 96


def test_what_the_image_alone_tells_reaches_the_map(tmp_path):
    """The series is noise, the classes are squares of the image."""
    rng = np.random.default_rng(0)
    truth = np.kron(rng.integers(1, 3, (SIDE_PX // 8,) * 2), np.ones((8, 8))).astype(np.uint8)
    noise = rng.normal(size=(3, 1, SIDE_PX, SIDE_PX)).astype(np.float32)
    series = tuple(toys.raster(tmp_path / f"sar_2024030{day}.tif", date) for day, date in enumerate(noise, 1))
    terrain = toys.raster(tmp_path / "terrain.tif", truth[np.newaxis].astype(np.float32) * 10)
    labels = toys.raster(tmp_path / "truth.tif", truth[np.newaxis])
    make_training_chips.run(
        MakeTrainingChips(
            str(tmp_path / "chips"),
            series=tuple(map(str, series)),
            inputs=((str(terrain),),),
            labels=(str(labels),),
            names=("sar", "terrain"),
            chip_px=16,
        ),
        Silent(),
    )
    request = TrainModel(
        str(tmp_path / "chips"),
        str(tmp_path / "mine.onnx"),
        str(tmp_path / "library"),
        epochs=20,
        batch_size=4,
        threads=1,
        baseline=False,
    )
    outcome = train_model.run(request, Silent())
    assert outcome.metrics["miou"] > 0.95
    card = ModelCard.from_file(tmp_path / "library" / "mine" / "card.json")
    assert [(source.name, source.days) for source in card.inputs] == [("sar", (0, 1, 2)), ("terrain", ())]
    made = apply(tmp_path, request.output, *series, further_inputs=((str(terrain),),), tile_size=32, threads=1)
    assert (toys.read(made["output"])[0] == truth).mean() > 0.97
