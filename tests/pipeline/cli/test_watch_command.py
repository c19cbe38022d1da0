"""`whitepoint watch` as a person runs it: a program of its own, ended by Ctrl+C."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.model import State
from pipeline.store.store import Store

ROOT = Path(__file__).resolve().parents[3]
QUICK = "[watch]\nlook_seconds = 0.05\nsettle_seconds = 0.2\n"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent as a signal")
def test_watch_takes_a_drop_says_one_line_and_ends_with_status_0(tmp_path: Path, samples: Path) -> None:
    studio, hot = tmp_path / "studio", tmp_path / "hot"
    (hot / "monday").mkdir(parents=True)
    studio.mkdir()
    (studio / "settings.toml").write_text(QUICK, "utf-8")
    (hot / "monday" / "box.jpg").write_bytes((samples / "box-nearwhite.jpg").read_bytes())
    command = [sys.executable, "-m", "pipeline", "--studio", str(studio), "watch", str(hot), "--executor", "threads"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    watching = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path
    )
    try:
        assert watching.stdout is not None
        line = watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        rest, errors = watching.communicate(timeout=60)
    finally:
        watching.kill()
        watching.wait()
    assert line.startswith("monday: 1 image (1 ")
    assert (rest, watching.returncode) == ("", 0)
    assert errors.splitlines() == [f"Watching {hot}; Ctrl+C ends."]
    with Store(studio) as store:
        assert store.counts("monday")[State.NEW] == 0


def test_a_missing_folder_is_one_sentence(whitepoint, tmp_path: Path) -> None:
    finished = whitepoint("watch", tmp_path / "nowhere", "--executor", "threads")
    assert finished.status == 2
    assert finished.stderr.count("\n") == 1
    assert "There is no folder" in finished.stderr
