"""Deliver: render approved images for the platforms, verify the written bytes, and only then call them deliveries."""

from collections.abc import Callable
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from contextlib import closing
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Final

from pipeline.errors import ClusterError
from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import State
from pipeline.model import Version
from pipeline.run.ahead import ahead
from pipeline.run.answers import what_happened
from pipeline.run.compose import Deliverable
from pipeline.run.compose import Renditions
from pipeline.run.compose import make_deliverable
from pipeline.run.parcel import Parcel
from pipeline.run.parcel import plan_parcels
from pipeline.run.render import render
from pipeline.run.send_back import send_back
from pipeline.run.shadow import read_shadow
from pipeline.run.workers import thread_count
from pipeline.run.workers import worker_count
from pipeline.sentences import say
from pipeline.settings import Platform
from pipeline.settings import Settings
from pipeline.store.files import Files
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox
from pipeline.tools.toolbox import open_toolbox

LEAVING: Final = (State.APPROVED, State.READY, State.DELIVERED)
GONE: Final = (State.REJECTED, State.FAILED)

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Delivered:
    """One file that passed and lies in its package; `path` is below a ZIP where the package is one."""

    image: int
    platform: str
    path: Path
    sha256: str
    report: DeliveryReport
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Missed:
    """One image that could not be delivered to a platform, and why, in one sentence.

    Where its file was made and did not pass: what verification found, and by which rules.
    """

    image: int
    file: str
    platform: str
    reason: str
    report: DeliveryReport | None = None
    rules: Platform | None = None


@dataclass(frozen=True)
class ExportReport:
    """What an export came to.

    Attributes:
        packages: the folders or ZIPs that were written.
        waiting: images that still wait for a decision or the line.
        withheld: approved images whose wave was not released yet.
        returned: ids of images that wait for review again, since a file of theirs failed.
    """

    batch: str
    delivered: tuple[Delivered, ...]
    missed: tuple[Missed, ...]
    waiting: int
    packages: tuple[Path, ...] = ()
    withheld: int = 0
    returned: tuple[int, ...] = ()

    @property
    def passed(self) -> bool:
        """Every approved image that may leave was delivered to every platform."""
        return not self.missed

    def sentences(self) -> list[str]:
        """Return one line per file, then the sum."""
        lines = []
        for done in self.delivered:
            lines.append("; ".join((done.report.sentence(), *done.notes)))
        lines += [f"not delivered to {missed.platform}: {missed.reason}" for missed in self.missed]
        lines += [f"packed: {package}" for package in self.packages]
        said = [f"{len(self.delivered)} files delivered, {len(self.missed)} not"]
        if self.returned:
            said.append(f"{len(self.returned)} images are back in the review queue")
        if self.withheld:
            said.append(f"{self.withheld} approved images wait for their wave")
        if self.waiting:
            said.append(f"{self.waiting} images wait for a decision")
        return [*lines, "; ".join(said)]


def export(
    store: Store,
    batch: str,
    platforms: Sequence[str],
    to: Path,
    settings: Settings,
    toolbox: Toolbox | None = None,
    on_progress: Progress | None = None,
    *,
    only: frozenset[int] | None = None,
    archive: bool = False,
    threads: int = 0,
    executor: Executor | None = None,
) -> ExportReport:
    """Render every approved or ready image of `batch` for `platforms` and pack the files that pass.

    All names are settled before anything is written. A file is encoded, decoded and verified in memory, kept in the
    studio, written into a folder that nobody sees yet, and moved into place with its whole package in the same step
    in which its delivery is recorded. There is a package for each client and platform: `to` itself where there is
    only one, else folders in it; with `archive` ZIPs in it. Our own earlier package there is replaced, nothing else.
    Images whose files fail stay out and go back to the review queue with the gate named.

    `only`: ids of the images that may leave now (None: all); the others are withheld. A decision that may still be
    taken back holds its image, until its grace is over or the batch is closed. `threads`: how many images are made
    at once (0: as many as the settings give the line); `executor`: where they are made, by default in this process.
    Raises KnownError where nothing is approved yet or a folder cannot be written.
    """
    entries, held = store.entries(batch), store.in_grace(batch)
    approved = [entry for entry in entries if _leaves(entry)]
    free = [entry for entry in approved if entry.record.id not in held]
    leaving = [entry for entry in free if only is None or entry.record.id in only]
    waiting = sum(entry.state not in (*LEAVING, *GONE) for entry in entries) + len(approved) - len(free)
    _check_leaving(batch, approved, free, leaving, waiting)
    with ExitStack() as stack:
        parcels = plan_parcels(entries, leaving, batch, platforms, to, settings, archive=archive, stack=stack)
        run = _Export(store, settings, toolbox or open_toolbox(settings), parcels, executor)
        at_once = threads or (thread_count(settings) if executor is None else worker_count(None, settings))
        made = stack.enter_context(closing(ahead(run.make, leaving, threads=at_once)))
        for number, (entry, files) in enumerate(made):
            if on_progress:
                on_progress(number, len(leaving), entry.record.file)
            run.pack(entry, files)
        run.leave(batch)
    if on_progress:
        on_progress(len(leaving), len(leaving), "")
    returned = run.return_failed()
    packages = tuple(parcel.target for parcel in parcels if parcel.packed)
    withheld = len(free) - len(leaving)
    return ExportReport(batch, run.delivered(), tuple(run.missed), waiting, packages, withheld, returned)


def _leaves(entry: Entry) -> bool:
    return entry.state in LEAVING and entry.version is not None


def _check_leaving(
    batch: str, approved: Sequence[Entry], free: Sequence[Entry], leaving: Sequence[Entry], waiting: int
) -> None:
    if leaving:
        return
    if free:
        raise KnownError(say("no_wave", batch=batch, images=len(free)))
    if approved:
        raise KnownError(say("in_grace", batch=batch))
    raise KnownError(say("none_approved", batch=batch, images=waiting))


@dataclass
class _Export:
    """One call of `export` and how far it came."""

    store: Store
    settings: Settings
    toolbox: Toolbox
    parcels: Sequence[Parcel]
    executor: Executor | None = None
    missed: list[Missed] = field(default_factory=list)
    failed: dict[int, tuple[Entry, list[DeliveryReport]]] = field(default_factory=dict)

    def make(self, entry: Entry) -> list[tuple[Parcel, Deliverable | KnownError]]:
        """Make one image's file for every platform that has a name for it; may run on any thread."""
        named = [parcel for parcel in self._parcels_of(entry) if entry.record.id in parcel.plan.names]
        if not named or entry.version is None:
            return []
        orders = tuple(
            Order(parcel.plan.names[entry.record.id], parcel.title.platform, parcel.title.rules) for parcel in named
        )
        order = (entry.record, entry.version, orders, self.store.files, self.toolbox, self.settings)
        if self.executor is None:
            return list(zip(named, make_files(*order), strict=True))
        future = self.executor.submit(make_files, *order)
        try:
            made = future.result()
        except (StudioError, ClusterError):
            raise
        except Exception as error:
            sentence = what_happened(entry.record, error, self.settings)
            made = [KnownError(sentence)] * len(named)
        return list(zip(named, made, strict=True))

    def _parcels_of(self, entry: Entry) -> list[Parcel]:
        return [parcel for parcel in self.parcels if parcel.title.client == entry.record.client]

    def pack(self, entry: Entry, made: Sequence[tuple[Parcel, Deliverable | KnownError]]) -> None:
        """Pack the files of one image that passed, and note why the others did not."""
        for parcel in self._parcels_of(entry):
            if entry.record.id not in parcel.plan.names:
                self._miss(entry, parcel, parcel.plan.problems[entry.record.id])
        for parcel, file in made:
            if isinstance(file, KnownError):
                self._miss(entry, parcel, str(file))
            elif not file.report.passed:
                self.failed.setdefault(entry.record.id, (entry, []))[1].append(file.report)
                self._miss(entry, parcel, f"{entry.record.file} as {file.report.sentence()}", file.report)
            else:
                self._add(entry, parcel, file)

    def _add(self, entry: Entry, parcel: Parcel, made: Deliverable) -> None:
        self._keep(made)
        # A disk that takes no file of this image takes none of the others: the sentence ends the export.
        parcel.add(entry, self.store.decisions(entry.record.id), made)

    def _keep(self, made: Deliverable) -> None:
        """Whatever leaves can be given again, byte for byte, whatever becomes of settings and libraries."""
        for data in (made.data, *(each.data for each in made.companions)):
            self.store.files.put_bytes(data)

    def _miss(self, entry: Entry, parcel: Parcel, reason: str, report: DeliveryReport | None = None) -> None:
        title = parcel.title
        self.missed.append(Missed(entry.record.id, entry.record.file, title.platform, reason, report, title.rules))

    def leave(self, batch: str) -> None:
        """Finish the packages, and let them leave in the step in which they are recorded."""
        self._drop_moved_on(batch)
        ready = [parcel for parcel in self.parcels if parcel.packed]
        earlier = [row for row in self.store.deliveries(batch) if not row.recalled]
        known = {(row.version, row.platform, row.name, row.sha256) for row in earlier}
        new = []
        for parcel in ready:
            parcel.finish(self.store.anchor([each.entry.version.id for each in parcel.packed if each.entry.version]))
            rows = parcel.deliveries()
            new += [row for row in rows if (row.version, row.platform, row.name, row.sha256) not in known]

        def move() -> None:
            for parcel in ready:
                parcel.take_place()

        self.store.add_deliveries(new, then=move)

    def _drop_moved_on(self, batch: str) -> None:
        """Whoever was decided about while this ran stays here."""
        now = {entry.record.id: entry for entry in self.store.entries(batch)}
        for parcel in self.parcels:
            for entry in {each.entry.record.id: each.entry for each in parcel.packed}.values():
                later = now[entry.record.id]
                same = later.version is not None and entry.version is not None and later.version.id == entry.version.id
                if not same or not _leaves(later):
                    parcel.drop(entry.record.id)
                    self._miss(entry, parcel, say("moved_on", file=entry.record.file))

    def return_failed(self) -> tuple[int, ...]:
        """Send images with failed files back to review; returns their ids."""
        return tuple(
            image
            for image, (entry, reports) in self.failed.items()
            if send_back(self.store, entry, reports, self.settings)
        )

    def delivered(self) -> tuple[Delivered, ...]:
        """Return every file of every package, in the order of its images."""
        return tuple(
            Delivered(
                each.entry.record.id,
                parcel.title.platform,
                parcel.target / each.name,
                each.sha256,
                each.report,
                each.notes,
            )
            for parcel in self.parcels
            for each in parcel.packed
        )


@dataclass(frozen=True)
class Order:
    """One file that is wanted of an image: its name without extension, and the place of sale with its rules."""

    name: str
    platform: str
    rules: Platform


def make_files(
    record: ImageRecord, version: Version, orders: Sequence[Order], files: Files, toolbox: Toolbox, settings: Settings
) -> list[Deliverable | KnownError]:
    """Return the file of each order, or why there is none; a function of its arguments, so any process may run it."""
    try:
        item = render(record, version, files, toolbox, settings, product_only=True)
    except KnownError as error:
        return [error] * len(orders)
    of = Renditions(item, toolbox=toolbox, settings=settings, shadow=read_shadow(version, files))
    return [_made(order, of) for order in orders]


def _made(order: Order, of: Renditions) -> Deliverable | KnownError:
    try:
        return make_deliverable(of, name=order.name, platform=order.platform, rules=order.rules)
    except KnownError as error:
        return error
