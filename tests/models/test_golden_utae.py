"""The numbers of L-TAE and U-TAE, from the official code's weights (VSainteuf/utae-paps, 987874e)."""

import pytest
import torch
from terraloom.models.blocks.day_encoding import day_encoding
from terraloom.models.blocks.normed_convolution import NormedConvolution
from terraloom.models.blocks.norms import BATCH_NORM
from terraloom.models.blocks.temporal_attention import TemporalAttention, weigh_dates
from terraloom.models.carriers import Level, Pyramid, Sequence
from terraloom.models.encoders.over_dates import OverDates
from terraloom.models.encoders.utae import UTAEEncoder
from terraloom.models.necks.over_time_attention import AttentionOverTime
from terraloom.models.necks.utae_decoder import UTAEDecoder
from terraloom.models.spec import InputSpec
from terraloom.tests.models.golden import golden, renamed
from torch import nn

ATOL = 2e-5

ATTENTION = [
    ("attention_heads.Q", "queries"),
    ("attention_heads.fc1_k.", "keys."),
    ("in_norm.", "entry_norm."),
    ("inconv.", "entry."),
    ("mlp.", "mixing."),
    ("out_norm.", "exit_norm."),
]


def close(found, expected):
    torch.testing.assert_close(found, expected, atol=ATOL, rtol=0)


def as_maps(weights):
    """The weights of layers over pixels as those of 1 × 1 convolutions over maps."""
    layers = ("keys.weight", "entry.weight", "mixing.0.weight")
    return {
        name: value.reshape(*value.shape[:2], 1, 1) if name.endswith(layers) else value
        for name, value in weights.items()
    }


def official_attention():
    attention = TemporalAttention(Level(16), 16, heads=4, model_channels=32, key_channels=4)
    attention.load_state_dict(as_maps(renamed(golden("utae", "ltae.state_dict"), ATTENTION)))
    return attention.eval()


def test_day_encoding():
    numbers = golden("utae", "ltae.io")
    close(day_encoding(numbers["batch_positions"], 8).repeat(1, 1, 4), numbers["positional_encoding"])


@torch.no_grad()
def test_attention_over_dates():
    attention, numbers = official_attention(), golden("utae", "ltae.io")
    for name, padded in (("nomask", None), ("padmask", numbers["pad_mask"].bool())):
        features, shares = attention(numbers["input"], numbers["batch_positions"], padded)
        close(features, numbers[f"output_{name}"])
        close(shares.permute(2, 0, 1, 3, 4), numbers[f"attention_{name}"])


def test_queries_and_keys_begin_as_wide_as_in_the_official_code():
    """N(0, sqrt(2 / key channels)): shares differ between dates from the first step on."""
    torch.manual_seed(0)
    attention = TemporalAttention(Level(64), 64, heads=16, model_channels=256, key_channels=4)
    for weights in (attention.keys.weight, attention.queries):
        assert weights.std().item() == pytest.approx(0.5**0.5, rel=0.2) and abs(weights.mean().item()) < 0.2


def block(old, new):
    return [(f"{old}conv.0.", f"{new}convolution."), (f"{old}conv.1.", f"{new}norm.")]


def level(index):
    up, step = f"up_blocks.{index}.", f"decoder.steps.{index}."
    down, stage = f"down_blocks.{index}.", f"encoder.encoder.stages.{index + 1}."
    return [
        *block(f"{down}down.", f"{stage}0."),
        *block(f"{down}conv1.", f"{stage}1.first."),
        *block(f"{down}conv2.", f"{stage}1.second."),
        (f"{up}up.0.", f"{step}enlarge.convolution."),
        (f"{up}up.1.", f"{step}enlarge.norm."),
        (f"{up}skip_conv.", f"{step}filter."),
        *block(f"{up}conv1.", f"{step}pair.first."),
        *block(f"{up}conv2.", f"{step}pair.second."),
    ]


NAMES = [
    *block("in_conv.conv.", "encoder.encoder.stages.0.0."),
    *[
        (f"in_conv.conv.conv.{i + 3}.", f"encoder.encoder.stages.0.1.{part}.")
        for i, part in enumerate(("convolution", "norm"))
    ],
    *[pair for index in range(3) for pair in level(index)],
    *block("out_conv.conv.", "exit.0."),
    *[(f"out_conv.conv.conv.{i + 3}.", f"exit.1.{part}.") for i, part in enumerate(("convolution", "norm"))],
    *[(f"temporal_encoder.{old}", f"over_time.attention.{new}") for old, new in ATTENTION],
]


class UTAE(nn.Module):
    """Our parts, wired as the official network, which also takes series padded with dates of zeros."""

    def __init__(self):
        super().__init__()
        self.encoder = OverDates(
            InputSpec(4, days=(0, 1, 2, 3, 4)),
            lambda source: UTAEEncoder(source.bands, (16, 16, 16, 32), groups=4, padding="reflect"),
        )
        self.over_time = AttentionOverTime(self.encoder.gives, heads=4, model_channels=32)
        self.decoder = UTAEDecoder(self.over_time.gives, (16, 16, 16), padding="reflect")
        inner = NormedConvolution(self.decoder.gives, 16, BATCH_NORM, nn.ReLU(), padding="reflect")
        self.exit = nn.Sequential(inner, NormedConvolution(inner.gives, 5, BATCH_NORM, nn.ReLU(), padding="reflect"))

    def encode(self, series):
        """Features of each date, 0 where the date is padding; and which dates are."""
        padded = (series == 0).all(dim=(2, 3, 4))
        features = self.encoder(series.flatten(1, 2)).features
        return Sequence(tuple(x * ~padded[:, :, None, None, None] for x in features)), padded

    def decode(self, pyramid):
        return self.exit(self.decoder(pyramid))


def official_network():
    network = UTAE()
    network.load_state_dict(as_maps(renamed(golden("utae", "utae.state_dict"), NAMES)))
    return network.eval()


@torch.no_grad()
def test_utae():
    network, numbers = official_network(), golden("utae", "utae.io")
    days = numbers["batch_positions"]
    features, padded = network.encode(numbers["input"])
    collapsed = network.over_time(features, days, padded)
    *skips, x = collapsed.features
    close(x, numbers["maps.0"])
    for number, (step, skip) in enumerate(zip(network.decoder.steps, reversed(skips), strict=True), 1):
        x = step(x, skip)
        close(x, numbers[f"maps.{number}"])
    decoded = network.decoder(collapsed)
    close(decoded, numbers["decoder_feature"])
    close(network.exit(decoded), numbers["output"])

    features, padded = network.encode(numbers["input"][:1])
    assert not padded.any()
    close(network.decode(network.over_time(features, days[:1])), numbers["output_no_padding_sample0"])


@torch.no_grad()
def test_other_ways_to_collapse_the_finer_levels():
    """The official variants 'att_mean' and 'mean', from the same features and shares."""
    network, numbers = official_network(), golden("utae", "utae.io")
    features, padded = network.encode(numbers["input"])
    *fine, coarse = features.features
    collapsed, shares = network.over_time.attention(coarse, numbers["batch_positions"], padded)
    close(shares.permute(2, 0, 1, 3, 4), numbers["attention"])

    mean = shares.mean(dim=2)  # (B, T, H, W)
    skips = []
    for x in fine:
        large = nn.functional.interpolate(mean, size=x.shape[-2:], mode="bilinear", align_corners=False)
        skips.append(weigh_dates(x, large[:, :, None]))
    close(network.decode(Pyramid((*skips, collapsed))), numbers["output_agg_att_mean"])

    counted = (~padded).float()
    counted = (counted / counted.sum(dim=1, keepdim=True))[:, :, None, None, None]
    skips = [(x * counted).sum(dim=1) for x in fine]
    close(network.decode(Pyramid((*skips, collapsed))), numbers["output_agg_mean"])
