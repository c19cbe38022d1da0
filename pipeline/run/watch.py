"""The hot folder at work: what became complete is copied into the studio, recorded as a batch, and processed.

What was taken is written with the batch in one transaction, so that a file is taken once, whenever the power goes.
"""

import time
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from threading import Event

import watchfiles

from pipeline.batch.folders import these_photos
from pipeline.batch.hot_folder import DROPPED
from pipeline.batch.hot_folder import Arrival
from pipeline.batch.hot_folder import Drop
from pipeline.batch.hot_folder import HotFolder
from pipeline.batch.hot_folder import list_drops
from pipeline.batch.ingest import take_found
from pipeline.errors import KnownError
from pipeline.model import NewImage
from pipeline.model import State
from pipeline.run.line import process_batch
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox


@dataclass(frozen=True)
class Taken:
    """What one drop came to: the new batch ("" where nothing could be used), how many images, and what to say of it."""

    batch: str
    images: int
    problems: tuple[str, ...]


class _Stopped(Exception):
    """Somebody wants to stop while photos are being copied."""


class Watch:
    """One hot folder and one studio; belongs to the thread of its Store, and is asked to look again and again.

    Attributes:
        folder: the hot folder's real path.
    """

    def __init__(
        self,
        folder: Path,
        store: Store,
        settings: Settings,
        *,
        client: str = "",
        stop: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`stop` is asked between files while photos are copied.

        Raises KnownError where there is no such folder, or where the studio lies in it.
        """
        self.folder = folder.resolve()
        self._store, self._settings, self._client = store, settings, client
        self._stop, self._clock = stop, clock
        self._check()
        if self.folder == store.folder.resolve() or self.folder in store.folder.resolve().parents:
            raise KnownError(f"{folder} holds the studio itself, which cannot be watched; choose another folder.")
        batches = store.batches()
        self._known = batches[-1].id if batches else 0
        taken = store.dropped(DROPPED)
        self._hot = HotFolder(self.folder, settings, taken)
        mine = {batch for key, batch in taken.items() if key.startswith(f"{self.folder}/")}
        self._unfinished = [batch.name for batch in batches if batch.id in mine and self._is_unfinished(batch.name)]

    def unfinished(self) -> list[str]:
        """Return the batches that an earlier watch of this folder took and did not process to the end, oldest first."""
        return self._unfinished

    def take(self) -> list[Taken]:
        """Look once and take what is complete. Raises KnownError when the folder is gone, StudioError."""
        self._check()
        taken = []
        try:
            for arrival in self._hot.look(list_drops(self.folder), self._clock()):
                taken.append(self._take(arrival))
        except _Stopped:
            pass  # nothing of that batch was recorded; the next watch takes it
        return taken

    def _go_on(self, *_: object) -> None:
        if self._stop():
            raise _Stopped

    def _check(self) -> None:
        if not self.folder.is_dir():
            raise KnownError(f"There is no folder {self.folder} to watch; check its name, or connect its disk again.")

    def _is_unfinished(self, batch: str) -> bool:
        counts = self._store.counts(batch)
        return counts[State.NEW] + counts[State.PROCESSING] > 0

    def _take(self, arrival: Arrival) -> Taken:
        problems = [_no_photos(arrival)] if arrival.others else []
        images: list[NewImage] = []
        if arrival.photos:
            found, images = self._copy(arrival)
            problems += found
        if not images:
            return Taken("", 0, tuple(problems))
        refusals = [image.refusal for image in images if image.refusal]
        batch = self._store.add_drop(arrival.name, self._client, images, note=DROPPED, known=self._known)
        return Taken(batch.name if batch else "", len(images) if batch else 0, (*problems, *refusals))

    def _copy(self, arrival: Arrival) -> tuple[Sequence[str], list[NewImage]]:
        """Copy the photos and note on each which file it was; one that changed meanwhile is for a later look."""
        found = these_photos([drop.path for drop in arrival.photos], arrival.folder)
        scanned = take_found(
            found,
            files=self._store.files,
            settings=self._settings,
            client=self._client,
            more_to_come=True,
            on_progress=self._go_on,
        )
        drops = {drop.path: drop for drop in arrival.photos}
        came_from = {candidate.name: drops[candidate.path] for candidate in found.candidates}
        images = [
            replace(image, notes=image.notes | {DROPPED: came_from[image.file].key})
            for image in scanned.images
            if _is_unchanged(came_from[image.file])
        ]
        return scanned.problems, images


def watch_folder(
    watch: Watch,
    store: Store,
    toolbox: Toolbox,
    settings: Settings,
    executor: Executor,
    say: Callable[[Taken], None],
    stop: Event,
    *,
    at_once: int = 0,
) -> None:
    """Take and process what is dropped until `stop` is set; `say` is called after each batch was processed.

    First what an earlier watch left unprocessed is finished.
    """

    def process(batch: str) -> None:
        process_batch(store, batch, toolbox, settings, executor, lambda _: None, stop.is_set, at_once=at_once)

    for batch in watch.unfinished():
        process(batch)
        say(Taken(batch, sum(store.counts(batch).values()), ()))
    for _ in _looks(watch.folder, settings, stop):
        for taken in watch.take():
            if taken.batch:
                process(taken.batch)
            say(taken)
            if stop.is_set():
                return


def _looks(folder: Path, settings: Settings, stop: Event) -> Iterator[None]:
    """Yield when something changes below the folder, and every `look_seconds` anyway: network shares report nothing."""
    tick = round(settings.watch.look_seconds * 1000)
    for _ in watchfiles.watch(
        folder,
        watch_filter=None,
        stop_event=stop,
        rust_timeout=tick,
        debounce=tick,
        yield_on_timeout=True,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        yield


def _is_unchanged(drop: Drop) -> bool:
    try:
        facts = drop.path.lstat()
    except OSError:
        return True  # taken away after it had been copied whole
    return (facts.st_size, facts.st_mtime_ns) == (drop.bytes, drop.mtime_ns)


def _no_photos(arrival: Arrival) -> str:
    names = ", ".join(f"“{name}”" for name in arrival.others[:5])
    more = f" and {len(arrival.others) - 5:,} more" if len(arrival.others) > 5 else ""
    return f"{arrival.name}: {names}{more} left out, no photo; a photo needs the extension of its format."
