"""Rendered frames as network inputs: split by product, grown while the renderer still runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.utils.data import IterableDataset

from pipeline.settings import load_settings
from pipeline.tools.backdrop import Backdrop
from pipeline.tools.backdrop import fit_backdrop
from pipeline.tools.embedded import network_input
from pipeline.tools.evidence import look
from training import augment
from training.opinion import opinion

CHANNELS = 14
HELD_OUT_EVERY = 16
REUSE = 4
BLANK = 0.05
"""Share of examples whose backdrop is hidden, so that the network does not collapse when the fit fails."""
OPINIONS = 0.5
"""Share of examples with another engine's mask beside them."""
SHELF = 1200
Array = NDArray[np.float16]


@dataclass(frozen=True, eq=False)
class Frame:
    """One rendered frame.

    Attributes:
        rgb: H×W×3 uint8 sRGB.
        alpha: H×W uint8 coverage.
        record: the frame's JSON line.
    """

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8]
    record: dict[str, object]


def held_out(seed: int) -> bool:
    """Whether a product is kept for validation; all its views go together."""
    return seed % HELD_OUT_EVERY == 0


def load_frames(folder: Path, *, held: bool, known: int = 0) -> tuple[list[Frame], int]:
    """Read the frames of one side of the split that stand after line `known` of the listing.

    Returns:
        The frames and the number of lines now known.
    """
    lines = (folder / "frames.jsonl").read_text("utf-8").splitlines()
    frames = []
    for line in lines[known:]:
        record = json.loads(line)
        if held_out(record["seed"]) == held:
            rgb = np.asarray(Image.open(folder / f"{record['name']}.png"))
            alpha = np.asarray(Image.open(folder / f"{record['name']}.alpha.png"))
            frames.append(Frame(rgb, alpha, record))
    return frames, len(lines)


NUMBERS = load_settings().tools.evidence


def seen(
    rgb: NDArray[np.float32], other: NDArray[np.float32] | None = None, backdrop: Backdrop | None = None
) -> NDArray[np.float32]:
    """Return what the app's network sees, float32 14×H×W, of `rgb` (float32 H×W×3, sRGB-encoded 0..1)."""
    backdrop = backdrop or fit_backdrop(rgb)
    planes = network_input(rgb, backdrop, look(rgb, backdrop, NUMBERS), other)
    return np.ascontiguousarray(planes.transpose(2, 0, 1))


def resized(frame: Frame, side: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Input 14×side×side and alpha side×side (float32 0..1) of a whole frame, nothing augmented."""
    how = cv2.INTER_AREA if frame.alpha.shape[0] > side else cv2.INTER_LINEAR
    rgb, alpha = (
        cv2.resize(a, (side, side), interpolation=how).astype(np.float32) / 255 for a in (frame.rgb, frame.alpha)
    )
    return seen(rgb), alpha


def _example(frame: Frame, side: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Input 14×side×side and alpha 1×side×side of a random crop as a random camera sees it."""
    rgb, alpha = augment.crop_pair(frame.rgb, frame.alpha, side, rng)
    pair = augment.turn_pair(rgb.astype(np.float32) / 255, alpha.astype(np.float32) / 255, rng)
    photo = augment.photograph(pair[0], rng)
    backdrop, other = fit_backdrop(photo), None
    if rng.random() < OPINIONS:
        darker = np.clip(-backdrop.difference(photo).mean(axis=2), 0, 1)
        other = opinion(pair[1], darker, rng)
    planes = seen(photo, other, backdrop)
    if rng.random() < BLANK:
        planes[3:12] = 0
    return planes.astype(np.float16), pair[1][None].astype(np.float16)


def _shuffled(example: tuple[Array, Array], rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Another example for nothing: mirror and colour order change picture and difference alike."""
    planes, alpha = (part.astype(np.float32) for part in example)
    if rng.random() < 0.5:
        planes, alpha = planes[..., ::-1], alpha[..., ::-1]
    if rng.random() < 0.2:
        order = rng.permutation(3)
        planes = planes[[*order, *(order + 3), *range(6, CHANNELS)]]
    return torch.from_numpy(np.ascontiguousarray(planes)), torch.from_numpy(np.ascontiguousarray(alpha))


class TrainingStream(IterableDataset):
    """Endless augmented examples; looks for newly rendered frames now and then.

    Fitting the backdrop costs more than the rest together, so an example is made once and handed out about
    `REUSE` times, mirrored and recoloured.

    Attributes:
        folder: where the renderer writes.
        side: px of the examples.
        seed: start of the random sequence.
    """

    def __init__(self, folder: Path, side: int, seed: int) -> None:
        super().__init__()
        self.folder, self.side, self.seed = folder, side, seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Yield (14×side×side, 1×side×side) float32 tensors for ever."""
        cv2.setNumThreads(1)
        torch.set_num_threads(1)
        rng = np.random.default_rng(self.seed)
        shelf: list[tuple[Array, Array]] = []
        for frame in self._frames(rng):
            shelf.append(_example(frame, self.side, rng))
            for _ in range(1 if len(shelf) < 64 else REUSE):
                yield _shuffled(shelf[rng.integers(len(shelf))], rng)
            if len(shelf) > SHELF:
                shelf.pop(int(rng.integers(len(shelf))))

    def _frames(self, rng: np.random.Generator) -> Iterator[Frame]:
        """Every frame once in random order, again and again, new ones as they come."""
        frames, known = load_frames(self.folder, held=False)
        while True:
            for index in rng.permutation(len(frames)):
                yield frames[index]
            fresh, known = load_frames(self.folder, held=False, known=known)
            frames += fresh
