"""Made-up studios: real store, real files, pictures whose every pixel is known."""

from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Complexity
from pipeline.model import Flag
from pipeline.model import Frame
from pipeline.model import Gate
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import QcScore
from pipeline.model import Reading
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.store import Store

ORIGINAL_SIZE, RESULT_SIZE = (1200, 1000), (800, 800)
FRAME = Frame((0.8, 0.0, -80.0, 0.0, 0.8, 0.0), RESULT_SIZE)
OWNER, LEASE = "test", 60.0


def original_pixels(seed: int) -> NDArray[np.uint8]:
    """A backdrop with a product of coloured squares, uint8 1000×1200×3 RGB."""
    width, height = ORIGINAL_SIZE
    rng = np.random.default_rng(seed)
    pixels = np.full((height, width, 3), 225, np.uint8)
    squares = rng.integers(0, 200, (25, 25, 3), dtype=np.uint8)
    pixels[250:750, 350:850] = np.kron(squares, np.ones((20, 20, 1), np.uint8))
    return pixels


def mask_pixels() -> NDArray[np.uint8]:
    mask = np.zeros((ORIGINAL_SIZE[1], ORIGINAL_SIZE[0]), np.uint8)
    mask[250:750, 350:850] = 255
    return mask


def result_pixels(seed: int) -> NDArray[np.uint8]:
    matrix = np.array(FRAME.matrix, np.float64).reshape(2, 3)
    warped = cv2.warpAffine(original_pixels(seed), matrix, RESULT_SIZE)
    mask = cv2.warpAffine(mask_pixels(), matrix, RESULT_SIZE)
    return np.where(mask[..., None] > 0, warped, 255).astype(np.uint8)


def png(rgb: NDArray[np.uint8]) -> bytes:
    ok, data = cv2.imencode(".png", rgb if rgb.ndim == 2 else rgb[..., ::-1])
    assert ok
    return data.tobytes()


def small(rgb: NDArray[np.uint8]) -> bytes:
    ok, data = cv2.imencode(".jpg", cv2.resize(rgb, None, fx=0.2, fy=0.2)[..., ::-1])
    assert ok
    return data.tobytes()


@dataclass(frozen=True)
class Plan:
    """What an image of the test studio shall be."""

    state: State
    total: float = 80.0
    gates: tuple[Gate, ...] = (Gate("white_field", True, "every background pixel is 255"),)
    flags: tuple[Flag, ...] = ()
    error: str | None = None


@dataclass
class Studio:
    """A studio folder and the ids of its images."""

    folder: Path
    settings: Settings
    images: list[int] = field(default_factory=list)
    batch: str = "shoot"

    def open(self) -> Store:
        return Store(self.folder)

    def state(self, image: int) -> State:
        with self.open() as store:
            return store.entry(image).state


def outcome_of(store: Store, image: int, seed: int, plan: Plan) -> Outcome:
    if plan.error is not None:
        return Outcome(image=image, state=State.FAILED, seconds=0.1, settings="0", error=plan.error)
    verdict = Verdict.APPROVE if plan.total >= 90 else Verdict.REVIEW
    put = store.files.put_bytes
    return Outcome(
        image=image,
        state=plan.state,
        seconds=1.2,
        settings="0123456789abcdef",
        routing=Routing(Complexity.SIMPLE, Route.AUTOMATIC),
        score=QcScore(25.0, 20.0, 25.0, None, plan.total, verdict),
        readings=(Reading("fill", 0.5, "ratio"),),
        gates=plan.gates,
        flags=plan.flags,
        frame=FRAME,
        engine="embedded",
        mask=put(png(mask_pixels())),
        result=put(png(result_pixels(seed))),
        thumbnail=put(small(result_pixels(seed))),
        original_thumbnail=put(small(original_pixels(seed))),
    )


def build_studio(folder: Path, plans: list[Plan]) -> Studio:
    with Store(folder) as store:
        images = []
        for seed, _ in enumerate(plans):
            data = png(original_pixels(seed))
            name = f"shoot/item-{seed:02}.png"
            sha = store.files.put_bytes(data)
            images.append(NewImage(name, sha, len(data), *ORIGINAL_SIZE, sku=f"SKU-{seed:04}", category="toys"))
        batch = store.add_batch("shoot", "client", images)
        claims = store.claim(batch.name, owner=OWNER, count=len(plans), lease_seconds=LEASE)
        for seed, (claim, plan) in enumerate(zip(claims, plans, strict=True)):
            if plan.state is not State.NEW:
                store.record(outcome_of(store, claim.record.id, seed, plan), owner=OWNER, token=claim.token)
        store.release(OWNER)
        ids = [entry.record.id for entry in store.entries(batch.name)]
    return Studio(folder, load_settings(), ids, batch.name)
