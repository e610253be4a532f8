"""Makes images of one ground by two sensors, and asks for small pre-trainings on them."""

import numpy as np
import rasterio
from affine import Affine
from scipy.ndimage import gaussian_filter
from terraloom.engine.requests.pretrain_encoder import PretrainEncoder
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec

PIXEL_M = 10.0


def write(path, values, nodata=None, crs="EPSG:32631", left=500000.0, pixel_m=PIXEL_M, top=5700000.0):
    """A GeoTIFF of `(bands, rows, cols)`."""
    bands, rows, cols = values.shape
    place = Affine(pixel_m, 0, left, 0, -pixel_m, top)
    profile = {"width": cols, "height": rows, "count": bands, "dtype": values.dtype, "nodata": nodata}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=place, **profile) as dataset:
        dataset.write(values)
    return str(path)


def ground(rows, cols, seed=0):
    """Fields of several grains, no two places of which look alike, `(3, rows, cols)`."""
    rng = np.random.default_rng(seed)
    fields = [gaussian_filter(rng.normal(size=(rows, cols)), grain) for grain in (1.5, 3, 6)]
    return np.stack([field / field.std() for field in fields])


def two_sensors(folder, rows=192, cols=320, seed=0):
    """Images of one ground: B is bent, mixed and noisy, and of other units than A."""
    fields, rng = ground(rows, cols, seed), np.random.default_rng(seed + 1)
    first = 1000 + 200 * fields[:2] + 20 * rng.normal(size=(2, rows, cols))
    second = -12 + 3 * np.stack([np.tanh(fields[0] * 1.5) - 0.7 * fields[1] ** 2, np.abs(fields[0] + fields[1])])
    second += 0.3 * rng.normal(size=second.shape)
    paths = [write(folder / f"{name}.tif", each.astype(np.float32)) for name, each in (("a", first), ("b", second))]
    return tuple((path,) for path in paths)


def spec(folder, *names, fusion="middle", bands=2, **more):
    """A small network in a file: two levels, a few channels."""
    encoder = PartSpec("unet", {"widths": (8, 16), "depths": (1, 2)})
    parts = {"encoder": encoder, "necks": (PartSpec("unet", {"widths": (8,)}),), **more}
    network = NetworkSpec(
        tuple(InputSpec(bands, name) for name in names),
        head=PartSpec("segmentation", {"classes": 2}),
        fusion=PartSpec(fusion),
        **parts,
    )
    (folder / "spec.json").write_text(network.to_json())
    return str(folder / "spec.json")


def transformer(folder, positions="waves", window=0, patch=4):
    arguments = {"patch": patch, "width": 32, "depth": 2, "heads": 2, "window": window, "positions": positions}
    necks = (PartSpec("tokens_to_pyramid", {"widths": (8, 16)}), PartSpec("unet", {"widths": (8,)}))
    return spec(folder, "image", encoder=PartSpec("vit", arguments), necks=necks)


def wanted(tmp_path, inputs, **changes):
    plain = {"tile_px": 16, "tiles": 120, "epochs": 2, "threads": 1, "device": "cpu"}
    return PretrainEncoder(inputs, str(tmp_path / "encoder.safetensors"), **plain | changes)


def network_of(path):
    return NetworkSpec.from_json(open(path).read())
