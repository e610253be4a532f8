"""Asks for small trainings, and reads what they leave."""

import onnxruntime
from terraloom.engine.library.card import METADATA_KEY, ModelCard
from terraloom.engine.requests.train_model import TrainModel


def asked(tmp_path, **changes):
    plain = {"preset": "fewlabels", "epochs": 12, "batch_size": 4, "threads": 1, "augment": "geometric"}
    values = {"chips": str(tmp_path / "chips"), "output": str(tmp_path / "mine.onnx")}
    return TrainModel(library=str(tmp_path / "library"), **values | plain | changes)


def card_in(path):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return ModelCard.from_json(session.get_modelmeta().custom_metadata_map[METADATA_KEY])
