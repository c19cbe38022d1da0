"""Finished files in the window: judged one by one beside everything else, by the bytes that lie on the disk."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import KnownError
from pipeline.store.store import Store
from reviewer.desk.pictures import Pictures
from reviewer.desk.running import Line
from reviewer.images.finished import FileLook
from reviewer.images.finished import look_at_file
from reviewer.images.gallery import Lent
from reviewer.jobs import Jobs

if TYPE_CHECKING:
    from pipeline.run.judge import Judged

LANE = "aside"


class Judging:
    """Judges files and lends them to the pictures."""

    def __init__(self, *, open_store: Callable[[], Store], line: Line, jobs: Jobs, pictures: Pictures) -> None:
        self._open_store, self._line, self._jobs, self._pictures = open_store, line, jobs, pictures

    def judge(
        self,
        path: Path,
        platform: str,
        then: Callable[["Judged"], None],
        *,
        failed: Callable[[KnownError], None],
        wanted: Callable[[], bool],
    ) -> None:
        """Judge one file, by the rules it is known for with "", while it is still `wanted`."""
        self._jobs.submit(LANE, partial(self._judged, path, platform), then=then, failed=failed, wanted=wanted)

    def look(
        self, judged: "Judged", then: Callable[[FileLook], None], *, marks: bool, wanted: Callable[[], bool]
    ) -> None:
        """Decode the bytes that were judged, while they are still `wanted`; with `marks` their background's faults.

        What cannot be decoded has no picture; its report says why.
        """
        work = partial(look_at_file, judged.data, judged.path.name, self._pictures.gallery.display, marks=marks)
        self._jobs.submit(LANE, work, then=then, failed=lambda _: None, wanted=wanted)

    def known(self, paths: tuple[Path, ...], then: Callable[[bool], None]) -> None:
        """Say whether all of these are files that this studio delivered."""
        self._jobs.submit(LANE, partial(self._all_known, paths), then=then, failed=lambda _: then(False))

    def lend(self, judged: "Judged | None") -> None:
        """Show this file in the place of its image's result from now on, None for the results themselves."""
        gallery = self._pictures.gallery
        if judged is None:
            gallery.lent = None
        else:
            gallery.lent = Lent(judged.sha256, judged.path.name, judged.data, judged.radius)

    def _judged(self, path: Path, platform: str) -> "Judged":
        with self._open_store() as store:
            return self._line.judge(store, path, platform)

    def _all_known(self, paths: tuple[Path, ...]) -> bool:
        with self._open_store() as store:
            return self._line.delivered(store, paths)
