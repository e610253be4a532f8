"""Small PyTorch networks of the kinds that people bring; import it only where torch is there."""

from functools import partial

import torch
from torch import nn
from torch.nn import functional


def conv(ins, outs, size=3, dilation=1, **options):
    return nn.Conv2d(ins, outs, size, padding=size // 2 * dilation, dilation=dilation, **options)


class UNet(nn.Module):
    """One level down and up; `up` is "transposed", "size" (of the skip) or a mode of interpolation."""

    def __init__(self, up, align_corners=False):
        super().__init__()
        self.up, self.align_corners = up, align_corners
        self.fine, self.coarse = conv(3, 4), conv(4, 8)
        self.transposed = nn.ConvTranspose2d(8, 4, 2, 2)
        self.join = conv(8 if up == "transposed" else 12, 4)

    def forward(self, image):
        fine = functional.relu(self.fine(image))
        coarse = functional.relu(self.coarse(functional.max_pool2d(fine, 2)))
        if self.up == "transposed":
            coarse = self.transposed(coarse)
        elif self.up == "size":
            coarse = functional.interpolate(
                coarse, size=fine.shape[2:], mode="bilinear", align_corners=self.align_corners
            )
        elif self.up == "nearest":
            coarse = functional.interpolate(coarse, scale_factor=2, mode="nearest")
        else:
            coarse = functional.interpolate(coarse, scale_factor=2, mode=self.up, align_corners=self.align_corners)
        return self.join(torch.cat([coarse, fine], 1))


class Unpadded(nn.Module):
    """A U-Net without padding, whose skip is cut to size."""

    def __init__(self):
        super().__init__()
        self.fine, self.coarse = nn.Conv2d(3, 4, 3), nn.Conv2d(4, 4, 3)
        self.up, self.join = nn.ConvTranspose2d(4, 4, 2, 2), nn.Conv2d(8, 2, 3)

    def forward(self, image):
        fine = self.fine(image)
        up = self.up(self.coarse(functional.max_pool2d(fine, 2)))
        top, left = (fine.shape[2] - up.shape[2]) // 2, (fine.shape[3] - up.shape[3]) // 2
        skip = fine[:, :, top : top + up.shape[2], left : left + up.shape[3]]
        return self.join(torch.cat([up, skip], 1))


class Dilated(nn.Module):
    """Dilated convolutions side by side, with or without the image's mean."""

    def __init__(self, mean):
        super().__init__()
        self.branches = nn.ModuleList(conv(3, 4, dilation=dilation) for dilation in (1, 6, 12))
        self.mean = nn.Conv2d(3, 4, 1) if mean else None
        self.join = nn.Conv2d(16 if mean else 12, 2, 1)

    def forward(self, image):
        found = [branch(image) for branch in self.branches]
        if self.mean is not None:
            mean = self.mean(functional.adaptive_avg_pool2d(image, 1))
            found.append(functional.interpolate(mean, size=image.shape[2:], mode="bilinear", align_corners=False))
        return self.join(torch.cat(found, 1))


class SqueezeExcitation(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.gate, self.last = conv(3, 8), nn.Linear(8, 8), conv(8, 2)

    def forward(self, image):
        values = self.first(image)
        gate = torch.sigmoid(self.gate(values.mean((2, 3))))
        return self.last(values * gate[:, :, None, None])


class GroupNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            conv(3, 8, stride=2), nn.GroupNorm(4, 8), conv(8, 8, stride=2), nn.Conv2d(8, 32, 1), nn.PixelShuffle(4)
        )

    def forward(self, image):
        return self.layers(image)


class VisionTransformer(nn.Module):
    """Attention between all tokens, with or without learnt places."""

    def __init__(self, places):
        super().__init__()
        self.tokens, self.norm = nn.Conv2d(3, 16, 8, 8), nn.LayerNorm(16)
        self.triple, self.mix = nn.Linear(16, 48), nn.Linear(16, 16)
        self.back = nn.ConvTranspose2d(16, 2, 8, 8)
        self.places = nn.Parameter(torch.randn(1, 64, 16)) if places else None

    def forward(self, image):
        grid = self.tokens(image)
        batch, channels, rows, columns = grid.shape
        tokens = grid.flatten(2).transpose(1, 2)
        if self.places is not None:
            tokens = tokens + self.places
        parts = self.triple(self.norm(tokens)).chunk(3, -1)
        query, key, value = (part.reshape(batch, -1, 2, 8).transpose(1, 2) for part in parts)
        found = torch.softmax(query @ key.transpose(-1, -2), -1) @ value
        tokens = tokens + self.mix(found.transpose(1, 2).reshape(batch, -1, 16))
        return self.back(tokens.transpose(1, 2).reshape(batch, channels, rows, columns))


class Tokens(nn.Module):
    """Layers on tokens that never meet, as in the decoder of SegFormer."""

    def __init__(self):
        super().__init__()
        self.tokens, self.norm, self.linear = conv(3, 8, 7, stride=4), nn.LayerNorm(8), nn.Linear(8, 4)

    def forward(self, image):
        grid = self.tokens(image)
        batch, _, rows, columns = grid.shape
        tokens = self.linear(self.norm(grid.flatten(2).transpose(1, 2)))
        grid = tokens.transpose(1, 2).reshape(batch, 4, rows, columns)
        return functional.interpolate(grid, size=image.shape[2:], mode="bilinear", align_corners=False)


class Windows(nn.Module):
    """Attention within windows of 4 x 4 tokens, which may be shifted, as in Swin."""

    def __init__(self, shift):
        super().__init__()
        self.shift = shift
        self.tokens, self.triple = nn.Conv2d(3, 8, 4, 4), nn.Linear(8, 24)
        self.last, self.shuffle = nn.Conv2d(8, 16, 1), nn.PixelShuffle(4)

    def forward(self, image):
        grid = self.tokens(image).permute(0, 2, 3, 1)
        batch, rows, columns, channels = grid.shape
        if self.shift:
            grid = torch.roll(grid, (-2, -2), (1, 2))
        windows = grid.view(batch, rows // 4, 4, columns // 4, 4, channels).permute(0, 1, 3, 2, 4, 5)
        query, key, value = self.triple(windows.reshape(-1, 16, channels)).chunk(3, -1)
        found = torch.softmax(query @ key.transpose(-1, -2), -1) @ value
        found = found.view(batch, rows // 4, columns // 4, 4, 4, channels).permute(0, 1, 3, 2, 4, 5)
        grid = grid + found.reshape(batch, rows, columns, channels)
        if self.shift:
            grid = torch.roll(grid, (2, 2), (1, 2))
        return self.shuffle(self.last(grid.permute(0, 3, 1, 2)))


class SuperResolution(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(conv(3, 8), nn.GELU(), conv(8, 8), nn.GELU(), conv(8, 12), nn.PixelShuffle(2))

    def forward(self, image):
        return self.layers(image)


NETWORKS = {
    "unet, transposed": partial(UNet, "transposed"),
    "unet, nearest": partial(UNet, "nearest"),
    "unet, bilinear": partial(UNet, "bilinear"),
    "unet, bicubic": partial(UNet, "bicubic"),
    "unet, to the skip's size": partial(UNet, "size"),
    "unet, corners aligned": partial(UNet, "bilinear", align_corners=True),
    "unet without padding": Unpadded,
    "dilated": partial(Dilated, mean=False),
    "dilated, with the mean": partial(Dilated, mean=True),
    "squeeze and excitation": SqueezeExcitation,
    "group norm": GroupNorm,
    "vision transformer": partial(VisionTransformer, places=False),
    "vision transformer with places": partial(VisionTransformer, places=True),
    "tokens": Tokens,
    "windows": partial(Windows, shift=False),
    "windows, shifted": partial(Windows, shift=True),
    "super-resolution": SuperResolution,
}
