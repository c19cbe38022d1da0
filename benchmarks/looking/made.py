"""A studio of 24-megapixel pairs, their files written by the line's own code, and pictures of any size in memory."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from dataclasses import replace
from functools import lru_cache
from functools import partial
from importlib import resources as packages
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import srgb8_to_adobe16
from pipeline.color import srgb_profile
from pipeline.mask import quantize
from pipeline.model import Complexity
from pipeline.model import Evidence
from pipeline.model import Frame
from pipeline.model import Gate
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import Photo
from pipeline.model import QcScore
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.photo_io.encode import encode
from pipeline.run.pictures import store_pictures
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.files import Files
from pipeline.store.store import Claim
from pipeline.store.store import Store

WIDTH, HEIGHT = 6000, 4000
NOISE = 2.0
SAMPLE = "plush-fur.jpg"
BATCH, OWNER, LEASE_SECONDS = "pairs", "bench", 600.0
WORK = tuple(f"work-{number:03}" for number in range(100))
"""Batches of ten photos each: more than the line can do while anything here is measured."""
PIXELS_KEPT = 3
"""Of 72 MB each, only while pairs are made."""
BOXES = tuple((1000 + 900 * step, 1500, 1080 + 900 * step, 1580) for step in range(4))


@dataclass(frozen=True, eq=False)
class Place:
    """Where the measuring happens: a folder for studios, the settings, and the studio of pairs."""

    folder: Path
    settings: Settings

    @property
    def studio(self) -> Path:
        """The studio of 24-megapixel pairs."""
        return self.folder / "pairs"


def make_place(folder: Path, pairs: int) -> None:
    """Write a studio with that many pairs that wait for review, unless one is there already."""
    place = Place(folder, load_settings())
    if place.studio.exists():
        return
    with Store(place.studio) as store, ThreadPoolExecutor(os.cpu_count()) as pool:
        store.add_batch(BATCH, "", list(pool.map(partial(_take_in, store.files), range(pairs))))
        claims = store.claim(BATCH, owner=OWNER, count=pairs, lease_seconds=LEASE_SECONDS)
        made = pool.map(partial(_outcome, store.files, place.settings), claims, range(pairs))
        for claim, outcome in zip(claims, made, strict=True):
            store.record(outcome, owner=OWNER, token=claim.token)
        work = _work(store.files)
        for name in WORK:
            store.add_batch(name, "", work)


def _take_in(files: Files, seed: int) -> NewImage:
    rgb = original_pixels(seed, (WIDTH, HEIGHT))
    data = encode(rgb, format="jpeg", quality=92, subsampling="4:2:0", icc=srgb_profile())
    return NewImage(f"{seed:03}.jpg", files.put_bytes(data), len(data), WIDTH, HEIGHT)


def _work(files: Files) -> list[NewImage]:
    """The sample shoot, for the line."""
    samples = [path for path in packages.files("resources").joinpath("samples").iterdir() if path.name.endswith("jpg")]
    images = []
    for path in sorted(samples, key=lambda path: path.name):
        data = path.read_bytes()
        height, width = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE).shape
        images.append(NewImage(path.name, files.put_bytes(data), len(data), width, height))
    return images


def _outcome(files: Files, settings: Settings, claim: Claim, seed: int) -> Outcome:
    mask = product_mask((WIDTH, HEIGHT))
    frame = Frame((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), (WIDTH, HEIGHT))
    photo = Photo(srgb8_to_adobe16(original_pixels(seed, (WIDTH, HEIGHT))), None, 8, "embedded ICC")
    result = _on_white16(photo.rgb, mask)
    item = WorkItem(claim.record, photo, mask=mask, frame=frame, result=result, result_mask=mask)
    outcome = Outcome(
        image=claim.record.id,
        state=State.REVIEW,
        seconds=1.0,
        settings=settings.fingerprint,
        routing=Routing(Complexity.SIMPLE, Route.AUTOMATIC),
        score=QcScore(25.0, 20.0, 25.0, 25.0, 95.0, Verdict.APPROVE),
        gates=(Gate("exact_white", False, "pixels are not 255", Evidence(BOXES)),),
        frame=frame,
    )
    return replace(outcome, **store_pictures(item, files, settings))


def _on_white16(rgb: NDArray[np.uint16], mask: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Return the product on exact white, blended only at its edge, which is a hundredth of the pixels."""
    white = np.where((mask == 1)[..., None], rgb, np.uint16(65535))
    edge = (mask > 0) & (mask < 1)
    share = mask[edge][:, None]
    white[edge] = np.rint(rgb[edge] * share + 65535 * (1 - share)).astype(np.uint16)
    return white


@lru_cache(maxsize=PIXELS_KEPT)
def original_pixels(seed: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return the sample photo enlarged, with the noise of a sensor, uint8 H×W×3; read-only."""
    rng = np.random.default_rng(seed)
    strip = rng.normal(0, NOISE, (256, size[0], 3)).astype(np.float32)
    rgb = cv2.resize(_sample(), size, interpolation=cv2.INTER_CUBIC)
    for top in range(0, size[1], len(strip)):
        rows = rgb[top : top + len(strip)]
        rows[:] = np.clip(rows + np.roll(strip[: len(rows)], top * 7, axis=1), 0, 255)
    return freeze(rgb)


def product_mask(size: tuple[int, int]) -> NDArray[np.float32]:
    """Return an ellipse with a soft edge, float32 H×W 0..1, as large as a product in its frame."""
    small = np.zeros((size[1] // 4, size[0] // 4), np.uint8)
    middle = small.shape[1] // 2, small.shape[0] // 2
    cv2.ellipse(small, middle, (int(middle[0] * 0.6), int(middle[1] * 0.85)), 0, 0, 360, 255, -1)
    return quantize(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) / 255)


def on_white(rgb: NDArray[np.uint8], mask: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the product on exact white."""
    white = np.full_like(rgb, 255)
    return np.ascontiguousarray(cv2.blendLinear(rgb, white, mask, 1 - mask))


@lru_cache(maxsize=1)
def _sample() -> NDArray[np.uint8]:
    data = packages.files("resources").joinpath("samples", SAMPLE).read_bytes()
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
