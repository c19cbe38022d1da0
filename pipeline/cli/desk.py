"""What every verb shares: the studio, its settings and its engines, each opened when first asked for."""

import json
import logging
import sys
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import click
from rich.console import Console

from pipeline.errors import KnownError
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.store import Store

STUDIO_ENVIRONMENT = "WHITEPOINT_STUDIO"
LOG_FILE = "whitepoint.log"
EXPECTED = (KnownError, OSError, click.ClickException, click.Abort, click.exceptions.Exit)


class Desk(AbstractContextManager["Desk"]):
    """The command's composition root.

    Attributes:
        folder: where the studio is, or will be made by the first verb that needs it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stderr = Console(stderr=True)
        # The file is made by the first mistake of ours that there is to tell.
        self._log = logging.FileHandler(folder / LOG_FILE, encoding="utf-8", delay=True)
        self._log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    @cached_property
    def settings(self) -> Settings:
        """The studio's effective settings."""
        return load_settings(self.folder)

    @cached_property
    def store(self) -> Store:
        """The studio itself."""
        return Store(self.folder)

    def __enter__(self) -> "Desk":
        logging.getLogger("pipeline").addHandler(self._log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and not isinstance(error, EXPECTED) and self.folder.is_dir():
            logging.getLogger(__name__).error("The command met a bug.", exc_info=error)
        logging.getLogger("pipeline").removeHandler(self._log)
        self._log.close()
        if "store" in self.__dict__:
            self.store.close()


def print_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    any_letter = (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(json.dumps(document, indent=2, ensure_ascii=not any_letter))


def console() -> Console:
    """Return the console for tables on stdout; 160 columns wide where stdout is no terminal."""
    return Console(width=None if sys.stdout.isatty() else 160)
