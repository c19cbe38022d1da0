"""Studios of approved images with exact mattes, to measure exports on; cutting out is measured elsewhere."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from pipeline.color import srgb_profile
from pipeline.model import Complexity
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import freeze
from pipeline.photo_io.encode import encode
from pipeline.run.pictures import store_pictures
from pipeline.settings import Settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.stages.prepare import prepare
from pipeline.stages.whiten import whiten
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox

QUALITY = 95
"""Of the JPEG that stands in for a camera's."""


def approve_frames(
    store: Store, batch: str, shoot: Path, names: Sequence[str], width: int, settings: Settings, toolbox: Toolbox
) -> None:
    """Ingest frames of the shoot, enlarged to `width` pixels, and approve what their exact mattes come to."""
    images, mattes = [], {}
    for number, name in enumerate(names, 1):
        rgb, matte = (_enlarged(shoot / f"{name}{end}", width) for end in (".png", ".alpha.png"))
        data = encode(rgb, format="jpeg", quality=QUALITY, icc=srgb_profile())
        codes = {"sku": name, "asin": f"B0BENCH{number:03d}", "gtin": _gtin(number)}
        size = (rgb.shape[1], rgb.shape[0])
        images.append(NewImage(f"{name}.jpg", store.files.put_bytes(data), len(data), *size, **codes))
        mattes[f"{name}.jpg"] = freeze((matte / 255).astype(np.float32))
    store.add_batch(batch, "", images)
    for claim in store.claim(batch, owner="bench", count=len(images), lease_seconds=3600):
        started = time.perf_counter()
        item = prepare(claim.record, store.files.path(claim.record.sha256), settings)
        routing = Routing(Complexity.SIMPLE, Route.AUTOMATIC)
        item = replace(item, mask=mattes[claim.record.file], routing=routing)
        for stage in (whiten, frame, correct_color):
            item = stage(item, toolbox, settings)
        outcome = Outcome(
            image=claim.record.id,
            state=State.APPROVED,
            seconds=time.perf_counter() - started,
            settings=settings.fingerprint,
            routing=item.routing,
            readings=item.readings,
            steps=item.steps,
            frame=item.frame,
            **store_pictures(item, store.files, settings, viewed=False),
        )
        store.record(outcome, owner="bench", token=claim.token)


def _enlarged(path: Path, width: int) -> np.ndarray:
    with Image.open(path) as image:
        pixels = np.asarray(image.convert("L" if ".alpha" in path.name else "RGB"))
    height = round(width * pixels.shape[0] / pixels.shape[1])
    return cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC)


def _gtin(number: int) -> str:
    body = f"200000{number:06d}"
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return f"{body}{(10 - weighted % 10) % 10}"
