"""Logs and crash reports: files in one folder that the person can attach to a mail. Nothing leaves the machine.

`reviewer.log` turns over at a megabyte, `native.log` holds what Python's faulthandler could still write when a library
crashed, and every mistake of this program gets a `report-….txt` of its own.
"""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext
from PySide6.QtCore import QtMsgType
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtCore import qVersion

FOLDER, LOG, NATIVE = "logs", "reviewer.log", "native.log"
LOG_BYTES, LOG_FILES, REPORTS_KEPT = 1_000_000, 5, 20
LIBRARIES = ("PySide6-Essentials", "numpy", "opencv-python-headless", "onnxruntime", "Pillow", "sqlite-utils")
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Reports:
    """Keeps the log and the reports of one run of the window, from `open` to `close`.

    Attributes:
        folder: where the files lie.
        on_report: called with the file of a new report, on the thread that met the mistake.
    """

    def __init__(self, studio: Path) -> None:
        self.folder = studio / FOLDER
        self.on_report: Callable[[Path], None] = _nobody
        self._handler: RotatingFileHandler | None = None
        self._native: TextIO | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Begin; raises OSError where the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._handler = RotatingFileHandler(
            self.folder / LOG, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8"
        )
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        root = logging.getLogger()
        root.addHandler(self._handler)
        self._native = (self.folder / NATIVE).open("a", encoding="utf-8")
        faulthandler.enable(self._native, all_threads=True)
        sys.excepthook = self._unhandled
        threading.excepthook = self._unhandled_in_thread
        qInstallMessageHandler(_log_qt)
        logger = logging.getLogger("reviewer")
        logger.setLevel(logging.INFO)
        logger.info("Whitepoint opened")

    def describe(self) -> None:
        """Note versions and system in the log, once there is time for it."""
        logging.getLogger("reviewer").info("; ".join(surroundings()))

    def close(self) -> None:
        """End, and leave everything as it was."""
        qInstallMessageHandler(None)
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        faulthandler.disable()
        if self._native is not None:
            self._native.close()
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
        self.on_report = _nobody

    def write(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> Path:
        """Write one report and return its file; older ones than the last twenty go."""
        with self._lock:
            name = datetime.now().strftime("report-%Y%m%d-%H%M%S-%f.txt")
            lines = [*surroundings(), "", *traceback.format_exception(kind, error or kind(), trace)]
            file = self.folder / name
            file.write_text("\n".join(line.rstrip("\n") for line in lines) + "\n", "utf-8")
            for old in sorted(self.folder.glob("report-*.txt"))[:-REPORTS_KEPT]:
                old.unlink(missing_ok=True)
        return file

    def _unhandled(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error or kind(), trace)
        logging.getLogger("reviewer").critical("A mistake in this program.", exc_info=(kind, error or kind(), trace))
        try:
            file = self.write(kind, error, trace)
        except OSError as trouble:
            logging.getLogger("reviewer").critical("The report could not be written: %s", trouble)
            return
        self.on_report(file)

    def _unhandled_in_thread(self, crash: threading.ExceptHookArgs) -> None:
        if crash.exc_type is not SystemExit:
            self._unhandled(crash.exc_type, crash.exc_value, crash.exc_traceback)


def surroundings() -> list[str]:
    """Return what somebody who mends it has to know: versions and system; no names, no paths."""
    found = {name: _version_of(name) for name in ("whitepoint", *LIBRARIES)}
    return [
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.machine()}",
        ", ".join(f"{name} {version}" for name, version in found.items()),
    ]


def _version_of(name: str) -> str:
    # Late: with the parser of mails it brings thirty modules, which the start does not need.
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "default", message)


def _nobody(_: Path) -> None:
    """Nobody wants to hear of it yet."""
