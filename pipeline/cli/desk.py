"""What every verb shares: the studio, its settings and its engines, each opened when first asked for."""

import json
import logging
import os
import sys
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import contextmanager
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn
from rich.progress import MofNCompleteColumn
from rich.progress import Progress
from rich.progress import TextColumn
from rich.progress import TimeRemainingColumn

from pipeline.errors import KnownError
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.catalog import FILE_NAME
from pipeline.store.locations import choose_location
from pipeline.store.place import Place
from pipeline.store.store import Store

STUDIO_ENVIRONMENT = "WHITEPOINT_STUDIO"
LOG_FILE = "whitepoint.log"
EXPECTED = (KnownError, OSError, click.ClickException, click.Abort, click.exceptions.Exit)


class Desk(AbstractContextManager["Desk"]):
    """The command's composition root.

    Attributes:
        place: where the studio is, or will be made by the first verb that needs it.
        folder: its folder.
    """

    def __init__(self, where: Place, location: str = "") -> None:
        """`location` is the bucket where a new studio keeps its files, "" for its own folder."""
        self.place, self.folder, self._location = where, where.folder, location
        self.stderr = Console(stderr=True)
        # The file is made by the first mistake of ours that there is to tell.
        self._log = _PrivateLog(where.own / LOG_FILE, encoding="utf-8", delay=True)
        self._log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    @cached_property
    def settings(self) -> Settings:
        """The studio's effective settings."""
        return load_settings(self.folder)

    @cached_property
    def store(self) -> Store:
        """The studio itself."""
        self.settle_files()
        return Store(self.place)

    @property
    def has_studio(self) -> bool:
        """Whether there is a catalogue already; one on a server is there for somebody else, too."""
        return bool(self.place.server) or (self.folder / FILE_NAME).is_file()

    def settle_files(self) -> None:
        """Note where a new studio keeps its files. Raises KnownError where it keeps them elsewhere already."""
        if self._location:
            choose_location(self.folder, self._location)

    def check_outside(self, target: Path) -> None:
        """Raise KnownError where what a verb writes would lie among the studio's own files, or take their place."""
        if target.resolve().is_relative_to(self.folder.resolve()):
            raise KnownError(f"{target} lies in the studio, which keeps its own files there; choose another place.")

    def __enter__(self) -> "Desk":
        logging.getLogger("pipeline").addHandler(self._log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and not isinstance(error, EXPECTED) and self.place.own.is_dir():
            logging.getLogger(__name__).error("The command met a bug.", exc_info=error)
        logging.getLogger("pipeline").removeHandler(self._log)
        self._log.close()
        self.close_store(second_copy=error is None or isinstance(error, click.exceptions.Exit))

    def close_store(self, *, second_copy: bool = True) -> None:
        """Close the studio, where it is open; with `second_copy` its sidecars say what was written before."""
        if "store" in self.__dict__:
            if second_copy:
                self._keep_safe()
            self.store.close()
            del self.store

    def _keep_safe(self) -> None:
        """What the verb wrote goes into the sidecars too; it is done, even where they cannot be written."""
        try:
            if self.store.has_written:
                self.store.keep_safe()
        except KnownError as trouble:
            click.echo(f"whitepoint: This was done, but its second copy failed: {trouble}", err=True)


@contextmanager
def progress_bar(desk: Desk, name: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on stderr while a block tells how many are done, how many there are, and what comes next."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=desk.stderr, transient=True, disable=not desk.stderr.is_terminal) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total, _: progress.update(task, completed=done, total=total)


class _PrivateLog(logging.FileHandler):
    """A log that only this user may read: sentences name clients and files."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, self.mode, encoding=self.encoding, opener=_open_private)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def print_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    any_letter = (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(json.dumps(document, indent=2, ensure_ascii=not any_letter))


def plain_line(sentence: str) -> str:
    """Return a sentence as one line that does nothing to a terminal, whatever is in a name that somebody gave."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(sentence.split()))


def console() -> Console:
    """Return the console for tables on stdout; 160 columns wide where stdout is no terminal."""
    return Console(width=None if sys.stdout.isatty() else 160)
