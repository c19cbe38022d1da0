"""The embedded engine's network: a small residual encoder-decoder from picture and backdrop difference to alpha."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as tf

from training.dataset import CHANNELS

WIDTHS = (20, 32, 56, 96, 144)
DEPTHS = (1, 2, 3, 2)
SEEN = CHANNELS + 3
"""Channels of the stem: the differences come twice, as they are and steep near zero."""


def _conv(into: int, out: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    pad = (kernel - 1) // 2
    return nn.Sequential(
        nn.Conv2d(into, out, kernel, stride, pad, bias=False), nn.BatchNorm2d(out), nn.ReLU(inplace=True)
    )


class Residual(nn.Module):
    """Two 3×3 convolutions around a shortcut; keeps shape."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = _conv(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """B×C×H×W to the same."""
        return tf.relu(x + self.second(self.first(x)))


class Overview(nn.Module):
    """Adds what the whole frame looks like (mean and maximum of every channel) to each place."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(nn.Linear(2 * width, width), nn.ReLU(inplace=True), nn.Linear(width, width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """B×C×H×W to the same."""
        return x + self.mix(torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1))[:, :, None, None]


class Merge(nn.Module):
    """Brings a coarse map up to the size of a finer one and blends the two."""

    def __init__(self, coarse: int, fine: int, out: int) -> None:
        super().__init__()
        self.narrow = _conv(coarse, out, 1)
        self.side = _conv(fine, out, 1)
        self.blend = Residual(out)

    def forward(self, coarse: torch.Tensor, fine: torch.Tensor) -> torch.Tensor:
        """B×coarse×h×w and B×fine×2h×2w to B×out×2h×2w."""
        up = tf.interpolate(self.narrow(coarse), scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.blend(up + self.side(fine))


class Cutout(nn.Module):
    """Picture to alpha.

    Attributes:
        stem: first halving of the resolution.
        stages: four further halvings and their residual blocks.
        merges: the way back up to half size.
        head: half-size map and stem to the 2×2 alphas of each place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = _conv(SEEN, WIDTHS[0], 6, 2)
        self.stages = nn.ModuleList(
            nn.Sequential(_conv(into, out, 3, 2), *(Residual(out) for _ in range(depth)))
            for into, out, depth in zip(WIDTHS, WIDTHS[1:], DEPTHS, strict=False)
        )
        self.overview = Overview(WIDTHS[4])
        self.merges = nn.ModuleList([Merge(WIDTHS[k + 1], WIDTHS[k], WIDTHS[k]) for k in (3, 2, 1, 0)])
        self.hint = nn.Conv2d(WIDTHS[2], 1, 1)
        self.head = nn.Sequential(_conv(2 * WIDTHS[0], 24), nn.Conv2d(24, 4, 3, 1, 1), nn.PixelShuffle(2))

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """B×14×H×W (see `network_input`) to logits at full size and at an eighth; H, W multiples of 32."""
        rgb, difference, sure = image[:, :3], image[:, 3:6], image[:, 6:7]
        planes, other, known = image[:, 7:12], image[:, 12:13], image[:, 13:14]
        steep = torch.tanh(difference * 25)
        seen = torch.cat([rgb * 2 - 1, difference * 3, steep, sure, planes * 2 - 1, (other * 2 - 1) * known, known], 1)
        levels = [self.stem(seen)]
        for stage in self.stages:
            levels.append(stage(levels[-1]))
        eighth = self.merges[1](self.merges[0](self.overview(levels[4]), levels[3]), levels[2])
        half = self.merges[3](self.merges[2](eighth, levels[1]), levels[0])
        return self.head(torch.cat([half, levels[0]], 1)), self.hint(eighth)


class Exported(nn.Module):
    """The same network as it ships: one output, alpha 0..1."""

    def __init__(self, network: Cutout) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """1×14×H×W to 1×1×H×W."""
        return torch.sigmoid(self.network(image)[0])
