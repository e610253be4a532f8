"""A spec file is read in both forms, and what is none is refused in words."""

import json

import pytest
from terraloom.engine.errors import InputError
from terraloom.engine.requests.spec_file import (
    SpecFile,
    parse_objectives,
    parse_spec,
    read_spec,
)

NETWORK = {"inputs": [], "encoder": {"name": "unet"}, "necks": [], "head": {"name": "segmentation"}}


def test_both_forms_hold_the_same_network(tmp_path):
    path = tmp_path / "spec.json"
    path.write_text(SpecFile(NETWORK, {"dice": 0.5}).to_json())
    assert read_spec(path) == SpecFile(NETWORK, {"dice": 0.5})
    assert parse_spec(json.dumps(NETWORK), "bare") == SpecFile(NETWORK, {})
    assert parse_spec(json.dumps({"properties": {"terraloom:network_spec": NETWORK}}), "card") == SpecFile(NETWORK, {})


def test_a_byte_order_mark_of_windows_does_no_harm(tmp_path):
    path = tmp_path / "spec.json"
    path.write_text(SpecFile(NETWORK).to_json(), "utf-8-sig")
    assert read_spec(path).network == NETWORK


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "describes no network"),
        ('{"network": 3}', "describes no network"),
        ('{"properties": {}}', "describes no network"),
        (json.dumps({"network": NETWORK, "objectives": ["dice"]}), "weights by name"),
        (json.dumps({"network": NETWORK, "objectives": {"dice": True}}), "needs a number above 0"),
        (json.dumps({"network": NETWORK, "objectives": {"dice": float("inf")}}), "needs a number above 0"),
    ],
)
def test_what_is_no_spec_is_refused(text, words):
    with pytest.raises(InputError) as refused:
        parse_spec(text, "a.json")
    assert words in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.json"):
        read_spec(tmp_path / "none.json")
    with pytest.raises(InputError, match="cannot be read"):
        read_spec(tmp_path)


def test_objectives_are_weights_by_name():
    weights = parse_objectives(" cross_entropy=1; dice = 0.5;focal;")
    assert weights == {"cross_entropy": 1, "dice": 0.5, "focal": 1}
    assert parse_objectives("") == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("=1", "not of the form"),
        ("a b=1", "not of the form"),
        ("dice=1;dice=2", "twice"),
        ("dice=-1", "dice=1"),
        ("dice=0", "dice=1"),
        ("dice=nan", "dice=1"),
        ("dice=x", "dice=1"),
        ("dice=", "dice=1"),
    ],
)
def test_objectives_of_another_form_are_refused(text, words):
    with pytest.raises(InputError) as refused:
        parse_objectives(text)
    assert words in str(refused.value)
