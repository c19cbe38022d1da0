"""The composition root: settings, store, line, jobs, desk and window are put together here and nowhere else."""

import argparse
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import closing
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import platformdirs
from numpy.typing import NDArray
from PySide6.QtCore import QSocketNotifier
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pipeline.errors import KnownError
from pipeline.model import Entry
from pipeline.model import Version
from pipeline.run.decoders import Decoders
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.files import Files
from pipeline.store.opening import files_at
from pipeline.store.place import Place
from pipeline.store.place import place
from pipeline.store.store import Store
from reviewer.actions import use_keys
from reviewer.desk import Desk
from reviewer.desk import Drop
from reviewer.desk import Eye
from reviewer.desk import Intake
from reviewer.desk.repair import HAND
from reviewer.desk.repair import SAVING
from reviewer.desk.shipping import SHIP
from reviewer.desk.shipping import Parcels
from reviewer.images.sources import Decode
from reviewer.images.sources import here
from reviewer.jobs import Jobs
from reviewer.jobs import give_way
from reviewer.language import speak
from reviewer.models.sitting import Sitting
from reviewer.reports import Reports
from reviewer.theme import install_theme
from reviewer.views.window import MainWindow

if TYPE_CHECKING:
    from pipeline.batch.names import NameRow
    from pipeline.batch.preview import Preview
    from pipeline.run.deliver import ExportReport
    from pipeline.run.edit import Edit
    from pipeline.run.judge import Judged
    from pipeline.run.line import Event
    from pipeline.run.listing import Listing

STUDIO_ENVIRONMENT = "WHITEPOINT_STUDIO"
CATALOG = "whitepoint.sqlite"
SWITCH_SECONDS = 0.001
LINE_NICENESS, AID_NICENESS = 10, 4
SETTLE_MILLISECONDS = 1000
"""After the first picture, and before anybody has done anything that makes garbage."""


class StudioLine:
    """The real pipeline as the desk drives it: ingest, then worker processes."""

    def __init__(self, settings: Settings, executor: str = "processes", decode: Decode = here) -> None:
        self._settings, self._executor, self._decode = settings, executor, decode
        self.look_milliseconds = round(settings.watch.look_seconds * 1000)

    @property
    def settings(self) -> Settings:
        """The settings it works with now."""
        return self._settings

    def take_up(self, settings: Settings) -> None:
        """Work with these settings from the next batch or run on."""
        self._settings = settings

    def preview(self, drop: Drop, on_progress: Callable[[int, int], None], stop: Callable[[], bool]) -> "Preview":
        """Look at headers and sheets of what would be taken in."""
        # Late, as everything of the line here: engines take a second to import, the window should be there before.
        from pipeline.batch.preview import preview

        return preview(drop.paths, settings=self._settings, sheet=drop.sheet, on_progress=on_progress, stop=stop)

    def ingest(self, store: Store, drop: Drop, on_progress: Callable[[int, int], None]) -> Intake:
        """Copy the photos into the studio as a new batch, named after the first folder or file."""
        from pipeline.batch.ingest import scan

        found = scan(
            drop.paths,
            files=store.files,
            settings=self._settings,
            sheet=drop.sheet,
            client=drop.client,
            on_progress=lambda done, total, _: on_progress(done, total),
        )
        if not found.images:
            names = ", ".join(path.name for path in drop.paths)
            raise KnownError(f"There is no photo in {names}; choose another folder.")
        name = drop.name or drop.paths[0].stem or str(drop.paths[0])
        batch = store.add_batch(name, drop.client, found.images)
        refusals = [image.refusal for image in found.images if image.refusal]
        return Intake(batch.name, len(found.images), (*found.problems, *refusals))

    def watch(self, store: Store, folder: Path, stop: Callable[[], bool]) -> Eye:
        """Return the eye on a hot folder, as `whitepoint watch` has it."""
        from pipeline.run.watch import Watch

        return Watch(folder, store, self._settings, stop=stop)

    def process(self, store: Store, batch: str, on_event: Callable[["Event"], None], stop: Callable[[], bool]) -> None:
        """Process what is not done, leaving one core to the person while they look."""
        from pipeline.run.line import process_batch
        from pipeline.run.workers import open_executor
        from pipeline.run.workers import worker_count
        from pipeline.tools.toolbox import open_toolbox

        give_way(LINE_NICENESS)
        workers = worker_count(None, self._settings)
        with open_executor(self._executor, workers, self._settings) as executor:
            toolbox = open_toolbox(self._settings, store.folder)
            process_batch(store, batch, toolbox, self._settings, executor, on_event, stop, at_once=workers)

    def judge(self, store: Store, path: Path, platform: str) -> "Judged":
        """Judge a finished file, by the rules it is known for with ""."""
        from pipeline.photo_io.delivered import try_delivered
        from pipeline.run.judge import judge_file

        self._decode(try_delivered, path, name=path.name)
        return judge_file(path, platform=platform, settings=self._settings, store=store)

    def delivered(self, store: Store, paths: Sequence[Path]) -> bool:
        """Say whether all of these files left this studio."""
        from pipeline.run.judge import delivered_here

        return delivered_here(paths, store)

    def listing(self, store: Store, image: int, platform: str) -> "Listing":
        """Make the file of an image for a platform, as a shopper will see it."""
        from pipeline.run.listing import make_listing
        from pipeline.tools.toolbox import open_toolbox

        toolbox = open_toolbox(self._settings, store.folder)
        return make_listing(store, image, platform, self._settings, toolbox)

    def names(self, store: Store, batch: str, platform: str) -> list["NameRow"]:
        """Say how the images of a batch will be called."""
        from pipeline.run.naming import name_rows

        return name_rows(store, batch, platform, self._settings)

    def deliver(self, store: Store, parcels: Parcels, on_progress: Callable[[int, int, str], None]) -> "ExportReport":
        """Export a batch, as `whitepoint export` does."""
        from pipeline.run.deliver import export
        from pipeline.run.release import released
        from pipeline.tools.toolbox import open_toolbox

        give_way(AID_NICENESS)
        return export(
            store,
            parcels.batch,
            parcels.platforms,
            parcels.to,
            self._settings,
            open_toolbox(self._settings, store.folder),
            on_progress,
            only=released(store, parcels.batch, self._settings),
            archive=parcels.archive,
        )

    def photo(self, entry: Entry, files: Files) -> NDArray[np.uint16]:
        """Return the original as the stages see it, with what people had filled anew."""
        from pipeline.run.patch import patched_photo

        record, settings = entry.record, self._settings
        original = files.path(record.sha256)
        return self._decode(patched_photo, original, name=record.file, entry=entry, files=files, settings=settings)

    def fill(self, photo: NDArray[np.uint16], hole: NDArray[np.bool_], engine: str) -> NDArray[np.uint16]:
        """Return the photo with a hole painted anew."""
        from pipeline.tools.fill import fill

        return fill(photo, hole, engine, self._settings)

    def edit(self, store: Store, entry: Entry, edit: "Edit", by: str) -> Version:
        """Take what a person painted on a version through the stages as a new one."""
        from pipeline.run.edit import edit as make
        from pipeline.tools.toolbox import open_toolbox

        self._try(store, entry)
        toolbox = open_toolbox(self._settings, store.folder)
        base = entry.version.id if entry.version else None
        return make(store, entry.record.id, edit, by=by, settings=self._settings, toolbox=toolbox, version=base)

    def copy(self, store: Store, source: Entry, target: Entry, by: str) -> Version:
        """Take the repair of one image over to another, as a version to be confirmed."""
        from pipeline.run.transfer import copy_repair
        from pipeline.tools.toolbox import open_toolbox

        self._try(store, source)
        self._try(store, target)
        toolbox = open_toolbox(self._settings, store.folder)
        return copy_repair(store, source, target, by=by, settings=self._settings, toolbox=toolbox)

    def _try(self, store: Store, entry: Entry) -> None:
        """Have an original decoded elsewhere before it is decoded here, where no worker of the line could."""
        if entry.version is None:
            from pipeline.photo_io.decode import try_photo

            path, limits = store.files.path(entry.record.sha256), self._settings.ingest
            self._decode(try_photo, path, name=entry.record.file, limits=limits)


def main(argv: Sequence[str]) -> int:
    """Open the review window on a studio; returns 0, or 2 with one sentence on stderr when it could not."""
    options = _parse(argv)
    try:
        studio = place(options.studio)
        new = not studio.server and not (studio.folder / CATALOG).exists()
        for folder in (studio.folder, studio.own):
            folder.mkdir(parents=True, exist_ok=True)
        reports = Reports(studio.own)
        reports.open()
        settings = load_settings(studio.folder)
        application = QApplication.instance() or QApplication([sys.argv[0]])
        application.setApplicationName("Whitepoint")
        _spoken = speak(application, Sitting(studio.own).language)
        window = open_window(studio, options.batch, settings)
    except KnownError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"The studio {studio.shown} cannot be used ({error.strerror or error}); choose another folder.",
            file=sys.stderr,
        )
        return 2
    reports.on_report = window.report_written.emit
    window.show()
    if new and options.batch is None:
        window.around.welcome(Path(str(resources.files("resources"))) / "samples")
    QTimer.singleShot(SETTLE_MILLISECONDS, settle)
    QTimer.singleShot(SETTLE_MILLISECONDS, reports.describe)
    with _closing_on_signals(window), closing(reports):
        return int(application.exec())


def settle() -> None:
    """Let the collector of garbage work from now on, and leave out for ever what the start has made.

    A look through all of it holds every thread for 60 to 150 ms, in the middle of whatever a person does.
    """
    gc.freeze()
    gc.enable()


@contextmanager
def _closing_on_signals(window: MainWindow) -> Iterator[None]:
    """Close the window as a person would, with every decision written, when the session ends or Ctrl+C is pressed."""
    # Python's handlers wait for the interpreter, which sleeps inside Qt: the notifier wakes it.
    inside, outside = socket.socketpair()
    outside.setblocking(False)
    notifier = QSocketNotifier(inside.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: inside.recv(1))
    kinds = (signal.SIGINT, signal.SIGTERM)
    earlier = {kind: signal.signal(kind, lambda *_: window.close()) for kind in kinds}
    before = signal.set_wakeup_fd(outside.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        for kind, handler in earlier.items():
            signal.signal(kind, handler)
        notifier.setEnabled(False)
        inside.close()
        outside.close()


def open_window(
    studio: Path | Place, batch: str | None, settings: Settings, *, executor: str = "processes"
) -> MainWindow:
    """Return the window on a studio, showing a batch (the newest without a name); it owns all its threads.

    Raises StudioError when the studio cannot be used, NotFoundError when there is no such batch.
    """
    application, where = QApplication.instance(), place(studio)
    sitting = Sitting(where.own)
    if isinstance(application, QApplication):
        install_theme(application, sitting.theme, calm=sitting.calm)
    use_keys(sitting.keys)
    sys.setswitchinterval(SWITCH_SECONDS)
    decoders = max(1, min(4, (os.cpu_count() or 1) - 1))
    lanes = dict.fromkeys(("store", "line", "watch", "derive", "small", "aside", HAND, SAVING, SHIP), 1)
    aids = dict.fromkeys(("derive", "small", "aside", "decode"), AID_NICENESS)
    jobs = Jobs(lanes | {"decode": decoders}, niceness=aids | {SAVING: LINE_NICENESS})
    apart = Decoders(settings, workers=decoders, niceness=AID_NICENESS)
    decode = apart if executor == "processes" else here
    line = StudioLine(settings, executor, decode)
    files = files_at(where)
    desk = Desk(
        open_store=lambda: Store(where), files=files, line=line, jobs=jobs, decode=decode, stop_decoding=apart.close
    )
    opening = desk.begin(batch)
    try:
        window = MainWindow(desk, settings, sitting)
        name = opening.result()
    except KnownError:
        desk.close()
        raise
    window.around.settings_saved.connect(line.take_up)
    window.session.open_batch(name)
    return window


def default_studio() -> str:
    """Return the studio of this user: $WHITEPOINT_STUDIO, else the platform's folder for user data."""
    return os.environ.get(STUDIO_ENVIRONMENT) or platformdirs.user_data_dir("whitepoint", appauthor=False)


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m reviewer", description="The review window of Whitepoint.")
    parser.add_argument("batch", metavar="BATCH", nargs="?", help="the batch to show; without it the newest")
    parser.add_argument("--studio", metavar="DIR", default=default_studio(), help="the studio's folder or server")
    return parser.parse_args(argv)
