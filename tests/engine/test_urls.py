"""Whoever reads a result or a log learns where its image lies, and no more."""

import pytest
from terraloom.engine.images.urls import without_secrets


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/vsicurl/https://a.example/x.tif?se=2024&sig=a%2Fb&sv=1", "/vsicurl/https://a.example/x.tif"),
        ("https://h.example/d?id=3&token=secret&v=2", "https://h.example/d?id=3&v=2"),
        ("https://h.example/x.tif?X-Amz-Signature=1&X-Amz-Date=2", "https://h.example/x.tif"),
        ("https://ann:secret@h.example/x.tif", "https://h.example/x.tif"),
        ('{"a": "https://h.example/x?Signature=1", "b": "y"}', '{"a": "https://h.example/x", "b": "y"}'),
    ],
)
def test_logins_and_signatures_are_left_out(text, shown):
    assert without_secrets(text) == shown


@pytest.mark.parametrize("text", ["https://h.example/d?id=3&sp=2", "C:/a b?c/x.tif", "/data/me@home/x.tif", "x?"])
def test_all_else_stays(text):
    assert without_secrets(text) == text
