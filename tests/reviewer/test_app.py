"""The window as a command: it opens, and says in one sentence why when it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def review(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "reviewer", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_an_unknown_batch_is_one_sentence(studio) -> None:
    found = review("--studio", str(studio.folder), "shot")
    assert found.returncode == 2
    assert "“shot”" in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1


def test_a_damaged_studio_is_one_sentence(tmp_path) -> None:
    (tmp_path / "whitepoint.sqlite").write_bytes(b"not a database" * 100)
    found = review("--studio", str(tmp_path))
    assert found.returncode == 2
    assert len(found.stderr.strip().splitlines()) == 1


def test_a_file_in_the_studio_s_place_is_one_sentence(tmp_path) -> None:
    (tmp_path / "studio").write_text("x")
    found = review("--studio", str(tmp_path / "studio"))
    assert found.returncode == 2
    assert "choose another folder" in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1


def test_wrong_settings_are_one_sentence(tmp_path) -> None:
    (tmp_path / "settings.toml").write_text("[review]\ngrace_secondz = 3\n")
    found = review("--studio", str(tmp_path))
    assert found.returncode == 2
    assert "grace_secondz" in found.stderr


FIRST_ROW = """
import json, sys
from pathlib import Path
from reviewer.__main__ import begin
begin()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication(sys.argv[:1])
from pipeline.settings import load_settings
from reviewer.app import open_window, settle
studio = Path(sys.argv[1])
window = open_window(studio, None, load_settings(studio))
window.show()
window.compare.canvas.appeared.connect(application.quit)
QTimer.singleShot(30_000, lambda: application.exit(3))
code = application.exec()
import gc
hurried = not gc.isenabled()
settle()
print(json.dumps([hurried and gc.isenabled() and gc.get_freeze_count() > 10_000, sorted(sys.modules)]))
window.close()
sys.exit(code)
"""
LATER = ("onnxruntime", "rembg", "skimage", "scipy", "pyqtgraph", "reviewer.views.retouch", "reviewer.views.tool_")
LATER += tuple(f"reviewer.views.{name}" for name in ("dashboard", "release_dialog", "run_panel", "settings_dialog"))


def test_the_first_picture_is_there_before_what_it_does_not_need(studio) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", FIRST_ROW, str(studio.folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    settled, modules = json.loads(done.stdout)
    assert "reviewer.views.window" in modules
    assert [name for name in modules if name.startswith(LATER)] == []
    assert settled, "the collector sleeps during the start, then leaves out what it made"
