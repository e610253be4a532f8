"""Whoever reads a result or a log learns where its image lies, and no more."""

import pytest
from terraloom.engine.classes.class_raster import ClassRaster
from terraloom.engine.errors import InputError
from terraloom.engine.images.rasters import Rasters
from terraloom.engine.images.urls import without_secrets


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/vsicurl/https://a.example/x.tif?se=2024&sig=a%2Fb&sv=1", "/vsicurl/https://a.example/x.tif"),
        ("https://h.example/d?id=3&token=secret&v=2", "https://h.example/d?id=3&v=2"),
        ("https://h.example/x.tif?X-Amz-Signature=1&X-Amz-Date=2", "https://h.example/x.tif"),
        ("https://ann:secret@h.example/x.tif", "https://h.example/x.tif"),
        ("https://h.example/x.tif?v=1&key=secret&pwd=b&sas=c", "https://h.example/x.tif?v=1"),
        ("https://h.example/x.tif?subscription-key=secret", "https://h.example/x.tif"),
        ("/vsicurl?url=https%3A%2F%2Fann%3Asecret%40h.example%2Fx.tif", "/vsicurl?url=https://h.example/x.tif"),
        ("/vsicurl?url=https%3A%2F%2Fh.example%2Fx.tif%3Fsig%3Da%26se%3D2", "/vsicurl?url=https://h.example/x.tif"),
        ("/vsicurl?ur%6C%3Dhttps://h.example/x%3Fa=1%26token=b", "/vsicurl?url=https://h.example/x?a=1"),
        ("/vsicurl?max_retry=2&url=https://h.example/x?se=2&sig=a", "/vsicurl?max_retry=2&url=https://h.example/x"),
        ("/vsicurl?header.Authorization=Bearer%20a&url=https://h.example/x", "/vsicurl?url=https://h.example/x"),
        ("/vsicurl?header.Authorization=Bearer a b&url=https://h.example/x", "/vsicurl?url=https://h.example/x"),
        ("/vsicurl?url=https://h.example/x is bad", "/vsicurl?url=https://h.example/x is bad"),
        ("/vsicurl?url=https://h.example/x?v=1&header.A=b", "/vsicurl?url=https://h.example/x?v=1"),
        ("/vsizip//vsicurl?cookie=A%3Db&url=https://h/x.zip/a.tif", "/vsizip//vsicurl?url=https://h/x.zip/a.tif"),
        ("/vsicurl_streaming?proxyuserpwd=ann:b&url=https://h/x", "/vsicurl_streaming?url=https://h/x"),
        ('{"a": "https://h.example/x?Signature=1", "b": "y"}', '{"a": "https://h.example/x", "b": "y"}'),
        ("PG:dbname=maps user=ann password=secret host=h", "PG:dbname=maps user=ann host=h"),
        ("PG:password='my secret' dbname=maps is no raster", "PG:dbname=maps is no raster"),
        ("dbname='maps' user='ann' PASSWORD='a b' table=\"x\"", "dbname='maps' user='ann' table=\"x\""),
        ("MYSQL:maps,user=ann,password=secret,port=3306", "MYSQL:maps,user=ann,port=3306"),
        ("MSSQL:server=h;uid=ann;pwd=secret;database=maps", "MSSQL:server=h;uid=ann;database=maps"),
    ],
)
def test_logins_and_signatures_are_left_out(text, shown):
    assert without_secrets(text) == shown
    assert without_secrets(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://h.example/d?id=3&sp=2",
        "/vsicurl?max_retry=3&url=https://h/x.tif?monkey=1",
        "C:/a b?c/x.tif",
        "/data/me@home/x.tif",
        "/data/new_password=x.tif",
        "Set the password = x.",
        "x?",
    ],
)
def test_all_else_stays(text):
    assert without_secrets(text) == text


@pytest.mark.parametrize("opened", [lambda path: Rasters([path]), ClassRaster])
def test_no_refusal_tells_them(opened):
    with pytest.raises(InputError, match="cannot be opened as a raster") as refused:
        opened("/nowhere/x.tif?token=secret")
    assert "/nowhere/x.tif" in str(refused.value) and "secret" not in str(refused.value)


@pytest.mark.parametrize("opened", [lambda path: Rasters([path]), ClassRaster])
def test_what_only_qgis_opens_is_refused_with_advice(tmp_path, opened):
    (tmp_path / "x.fits").write_bytes(b"SIMPLE")
    with pytest.raises(InputError, match=r"[^.]\. If QGIS opens it, export it as a GeoTIFF first\.$"):
        opened(str(tmp_path / "x.fits"))
