"""Recipes train alike: with the same settings, from encoders that have seen photographs."""

import pytest
from terraloom.models.encoders.efficient import EfficientEncoder
from terraloom.models.training import TrainingSettings
from terraloom.recipes import training
from torch import nn


def test_settings_are_those_that_shipped_models_learnt_with():
    asked = training.settings_of(100, even_after=40)
    assert asked == TrainingSettings(
        steps=100, warmup_steps=5, weight_decay=0.05, precision="bf16", averaging=0.98, even_after=40
    )


@pytest.mark.parametrize("frozen_stages, kept", [(None, set()), (0, {"stem"}), (1, {"stem", "stages.0"})])
def test_each_encoder_begins_with_photographs_and_the_frozen_stages_keep_them(monkeypatch, frozen_stages, kept):
    begun = []
    monkeypatch.setattr(training, "find_imagenet_weights", lambda: None)
    monkeypatch.setattr(training, "read_imagenet_weights", lambda path: {})
    monkeypatch.setattr(training, "start_from_imagenet", lambda encoder, weights: begun.append(encoder))
    encoders = [EfficientEncoder(bands, stages=2) for bands in (3, 2)]
    training.start_encoders_from_imagenet(nn.ModuleDict(dict(zip("ab", encoders))), frozen_stages)
    assert begun == encoders
    for encoder in encoders:
        still = {name for name, value in encoder.named_parameters() if not value.requires_grad}
        assert still == {name for name, _ in encoder.named_parameters() if name.startswith(tuple(kept))}
