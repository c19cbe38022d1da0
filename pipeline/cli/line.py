"""Verbs of the line: ingest, run, watch, review, demo."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import click

from pipeline.batch.ingest import scan
from pipeline.cli.desk import STUDIO_ENVIRONMENT
from pipeline.cli.desk import Desk
from pipeline.cli.desk import console
from pipeline.cli.desk import progress_bar
from pipeline.cli.look import status_table
from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.model import Batch
from pipeline.model import State
from pipeline.run.cluster import open_cluster
from pipeline.run.line import Event
from pipeline.run.line import process_batch
from pipeline.run.watch import Taken
from pipeline.run.watch import Watch
from pipeline.run.watch import watch_folder
from pipeline.run.workers import EXECUTORS
from pipeline.run.workers import open_executor
from pipeline.run.workers import settings_for
from pipeline.run.workers import worker_count
from pipeline.settings import Settings
from pipeline.tools.toolbox import open_toolbox

CLUSTER = "dask"
SAMPLE_BATCH = "sample shoot"


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--batch", "name", help="Name of the batch; without it the folder's name.")
@click.option("--client", default="", help="Whose photos these are.")
@click.option("--sheet", type=click.Path(path_type=Path, dir_okay=False), help="Metadata; else sheet.csv beside them.")
@click.pass_obj
def ingest(desk: Desk, paths: tuple[Path, ...], name: str | None, client: str, sheet: Path | None) -> None:
    """Copy photos into the studio as a new batch and print the batch's name."""
    batch = _ingest(desk, paths, name=name, client=client, sheet=sheet)
    click.echo(batch.name)


@click.command()
@click.argument("batch", required=False)
@click.option("--workers", type=click.IntRange(1, 256), help="Without it one per core.")
@click.option("--executor", "kind", type=click.Choice((*EXECUTORS, CLUSTER)), default="processes", show_default=True)
@click.option("--scheduler", default="", help="Address of a Dask cluster's scheduler, tcp://HOST:8786, for dask.")
@click.option("--retry", is_flag=True, help="What failed, too.")
@click.pass_obj
def run(desk: Desk, batch: str | None, workers: int | None, kind: str, scheduler: str, retry: bool) -> None:
    """Process what is not done of BATCH (the newest without a name); may be stopped and continued at any time."""
    if (kind == CLUSTER) != bool(scheduler):
        raise KnownError("--executor dask and --scheduler ADDRESS belong together; give both or neither.")
    found = desk.store.batch(batch)
    for entry in desk.store.entries(found.name, state=State.FAILED) if retry else ():
        desk.store.retry(entry.record.id)
    _run(desk, found, workers, kind, scheduler)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--client", default="", help="Whose photos are dropped there.")
@click.option("--workers", type=click.IntRange(1, 256), help="Without it one per core.")
@click.option("--executor", "kind", type=click.Choice(EXECUTORS), default="processes", show_default=True)
@click.pass_obj
def watch(desk: Desk, folder: Path, client: str, workers: int | None, kind: str) -> None:
    """Take and process what is dropped into FOLDER, each sub-folder as a batch, until Ctrl+C; FOLDER stays as it is."""
    settings = settings_for(workers, desk.settings)
    with _stopped_by_signals() as stopping, open_executor(kind, workers, settings) as executor:
        watched = Watch(folder, desk.store, settings, client=client, stop=stopping.is_set)
        click.echo(f"Watching {watched.folder}; Ctrl+C ends.", err=True)

        def say(taken: Taken) -> None:
            for problem in taken.problems:
                click.echo(problem, err=True)
            if taken.batch:
                click.echo(_drop_line(taken, desk.store.counts(taken.batch)))

        at_once = worker_count(workers, settings)
        toolbox = open_toolbox(settings, desk.folder)
        watch_folder(watched, desk.store, toolbox, settings, executor, say, stopping, at_once=at_once)


def _drop_line(taken: Taken, counts: dict[State, int]) -> str:
    states = ", ".join(f"{count:,} {state.value.replace('_', '-')}" for state, count in counts.items() if count)
    return f"{taken.batch}: {taken.images:,} image{'' if taken.images == 1 else 's'} ({states})"


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Yield what Ctrl+C and a polite kill set, instead of tearing the program down."""
    stopping = threading.Event()
    earlier = {kind: signal.signal(kind, lambda *_: stopping.set()) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for kind, handler in earlier.items():
            signal.signal(kind, handler)


@click.command()
@click.argument("batch", required=False)
@click.pass_obj
def review(desk: Desk, batch: str | None) -> None:
    """Open the review window on BATCH (the newest without a name)."""
    if not _has_display():
        raise KnownError(
            "There is no display to open the review window on; log in to a desktop session or set DISPLAY."
        )
    found = desk.store.batch(batch) if batch or desk.store.batches() else None
    _open_window(desk, found)


@click.command()
@click.pass_obj
def demo(desk: Desk) -> None:
    """Take the sample shoot through everything: ingest, run, table, review window."""
    try:
        batch = desk.store.batch(SAMPLE_BATCH)
    except NotFoundError:
        with resources.as_file(resources.files("resources").joinpath("samples")) as folder:
            batch = _ingest(desk, (folder,), name=SAMPLE_BATCH, client="Whitepoint", sheet=None)
    _run(desk, batch, None, "processes")
    if _has_display():
        _open_window(desk, batch)
    else:
        click.echo(f"There is no display, so the review window stays closed; the batch is finished in {desk.folder}.")


def _ingest(desk: Desk, paths: tuple[Path, ...], *, name: str | None, client: str, sheet: Path | None) -> Batch:
    with progress_bar(desk, "ingest") as said:
        found = scan(
            paths,
            files=desk.store.files,
            settings=desk.settings,
            sheet=sheet,
            client=client,
            on_progress=said,
        )
    for problem in found.problems:
        click.echo(problem, err=True)
    if not found.images:
        raise KnownError(f"There is no image in {', '.join(str(path) for path in paths)}; name a folder of photos.")
    for image in found.images:
        if image.refusal:
            click.echo(image.refusal, err=True)
    return desk.store.add_batch(name or paths[0].resolve().stem, client, found.images)


@contextmanager
def _workplace(
    desk: Desk, workers: int | None, kind: str, scheduler: str, settings: Settings
) -> Iterator[tuple[Executor, int]]:
    """Yield where images are processed, and how many at once."""
    if kind == CLUSTER:
        with open_cluster(scheduler, desk.store.files, settings) as (executor, at_once):
            yield executor, at_once
    else:
        with open_executor(kind, workers, settings) as executor:
            yield executor, worker_count(workers, settings)


def _run(desk: Desk, batch: Batch, workers: int | None, kind: str, scheduler: str = "") -> None:
    settings = settings_for(workers, desk.settings)
    opened = _workplace(desk, workers, kind, scheduler, settings)
    with _stopped_by_signals() as stopping, progress_bar(desk, "run") as said, opened as (executor, at_once):

        def on_event(event: Event) -> None:
            said(event.done, event.total, event.file)

        toolbox = open_toolbox(settings, desk.folder)
        process_batch(desk.store, batch.name, toolbox, settings, executor, on_event, stopping.is_set, at_once=at_once)
    console().print(status_table(batch.name, desk.store.entries(batch.name)))
    if stopping.is_set():
        raise KnownError(f'Stopped before the end; `whitepoint run "{batch.name}"` continues where it stopped.')


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _open_window(desk: Desk, batch: Batch | None) -> None:
    desk.close_store()
    command = [sys.executable, "-m", "reviewer", *(["--", batch.name] if batch else [])]
    environment = os.environ | {STUDIO_ENVIRONMENT: str(desk.place)}
    finished = subprocess.run(command, env=environment, check=False)
    if finished.returncode:
        raise KnownError("The review window could not be opened; its log in the studio folder says why.")
