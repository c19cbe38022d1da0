"""Whatever goes wrong leaves a file that can be attached; and no trace in the process afterwards."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from reviewer.reports import REPORTS_KEPT
from reviewer.reports import Reports

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def reports(tmp_path: Path, capfd):
    made = Reports(tmp_path)
    made.open()
    yield made
    made.close()


def written(reports: Reports) -> list[Path]:
    return sorted(reports.folder.glob("report-*.txt"))


def raised() -> ValueError:
    try:
        raise ValueError("seven is no colour")
    except ValueError as error:
        return error


def test_an_unhandled_mistake_becomes_one_report_that_names_its_place_and_versions(reports) -> None:
    told: list[Path] = []
    reports.on_report = told.append
    error = raised()
    sys.excepthook(type(error), error, error.__traceback__)
    (file,) = written(reports)
    assert told == [file]
    text = file.read_text("utf-8")
    assert "seven is no colour" in text
    assert "in raised" in text
    assert "PySide6-Essentials 6." in text
    assert "seven is no colour" in (reports.folder / "reviewer.log").read_text("utf-8")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_mistake_on_another_thread_is_reported_too(reports) -> None:
    def fall() -> None:
        raise KeyError("lost on a thread")

    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    (file,) = written(reports)
    assert "lost on a thread" in file.read_text("utf-8")


@pytest.mark.no_qt_log
def test_what_qt_says_stands_in_the_log(reports) -> None:
    qWarning("a timer on the wrong thread")
    assert "a timer on the wrong thread" in (reports.folder / "reviewer.log").read_text("utf-8")


def test_only_the_newest_reports_are_kept(reports) -> None:
    error = raised()
    files = [reports.write(type(error), error, error.__traceback__) for _ in range(REPORTS_KEPT + 3)]
    assert written(reports) == sorted(files)[-REPORTS_KEPT:]


def test_closing_gives_every_hook_back(tmp_path: Path) -> None:
    handlers = list(logging.getLogger().handlers)
    made = Reports(tmp_path)
    made.open()
    made.close()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__
    assert logging.getLogger().handlers == handlers


@pytest.mark.skipif(sys.platform == "win32", reason="signals kill differently there")
def test_a_crash_in_a_library_leaves_the_stack_of_every_thread(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from reviewer.reports import Reports\n"
        "Reports(Path(sys.argv[1])).open()\n"
        "os.kill(os.getpid(), signal.SIGSEGV)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    found = subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=environment, timeout=60, check=False)
    assert found.returncode != 0
    text = (tmp_path / "logs" / "native.log").read_text("utf-8")
    assert "Segmentation fault" in text
    assert "File" in text
