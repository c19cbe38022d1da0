"""An image as a shopper will see it: the decoded file for one platform, beside what else the batch sells."""

import io
from dataclasses import dataclass
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.batch.names import plan_names
from pipeline.color import adobe16_to_srgb8
from pipeline.errors import KnownError
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.model import Entry
from pipeline.photo_io.delivered import read_delivered
from pipeline.photo_io.encode import EXTENSIONS
from pipeline.run.compose import Renditions
from pipeline.run.compose import make_deliverable
from pipeline.run.render import render
from pipeline.run.shadow import read_shadow
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox

NEIGHBOURS: Final = 7
JUDGED: Final = ("failures", "warnings")


@dataclass(frozen=True, eq=False)
class Offer:
    """One picture in a list of search results: what it is called, and uint8 H×W×3 sRGB."""

    title: str
    rgb: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Listing:
    """One deliverable as its place of sale shows it.

    Attributes:
        offer: the decoded file, whole.
        alpha: uint8 H×W where the file is transparent, else None.
        report: what verification says of the file; `problem` is why it cannot be named, "" where it can. A file that
            cannot be named is not judged by its name.
        neighbours: results of the batch that stand beside it in a search.
    """

    image: int
    platform: str
    offer: Offer
    alpha: NDArray[np.uint8] | None
    report: DeliveryReport
    problem: str
    neighbours: tuple[Offer, ...]


def make_listing(store: Store, image: int, platform: str, settings: Settings, toolbox: Toolbox) -> Listing:
    """Make the file that would leave for `platform`, decode its bytes, and put its neighbours beside it.

    Nothing is recorded. Raises KnownError where there is no version yet, or it cannot be made again.
    """
    entry = store.entry(image)
    if entry.version is None:
        raise KnownError(f"{entry.record.file} has no result yet; run its batch first.")
    rules = settings.platform(platform, entry.record.client)
    entries = store.entries(entry.record.batch)
    plan = plan_names(entries, rules, naming=settings.naming, extension=EXTENSIONS[rules.formats[0]])
    item = render(entry.record, entry.version, store.files, toolbox, settings)
    of = Renditions(item, toolbox=toolbox, settings=settings, shadow=read_shadow(entry.version, store.files))
    made = make_deliverable(of, name=plan.names.get(image, f"image-{image}"), platform=platform, rules=rules)
    decoded = read_delivered(made.data)
    rgb = adobe16_to_srgb8(decoded.rgb) if decoded.rgb.dtype == np.uint16 else decoded.rgb
    offer = Offer(entry.record.sku or entry.record.file, rgb)
    problem = plan.problems.get(image, "")
    report = _nameless(made.report) if problem else made.report
    return Listing(image, platform, offer, decoded.alpha, report, problem, _neighbours(store, entry, entries))


def _nameless(report: DeliveryReport) -> DeliveryReport:
    kept = {field: tuple(each for each in getattr(report, field) if each.gate != "name") for field in JUDGED}
    return replace(report, **kept)


def _neighbours(store: Store, entry: Entry, entries: list[Entry]) -> tuple[Offer, ...]:
    """The results that follow in the batch, round its end."""
    at = next(place for place, other in enumerate(entries) if other.record.id == entry.record.id)
    found = []
    for other in (*entries[at + 1 :], *entries[:at]):
        sha256 = other.version.outcome.thumbnail if other.version else None
        if sha256 and store.files.has(sha256):
            with Image.open(io.BytesIO(store.files.read(sha256)), formats=["JPEG"]) as picture:
                found.append(Offer(other.record.sku or other.record.file, np.asarray(picture.convert("RGB"))))
        if len(found) == NEIGHBOURS:
            break
    return tuple(found)
