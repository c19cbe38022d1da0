"""The window as a command: it opens, and says in one sentence why when it cannot."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("module", ["onnxruntime", "rembg", "skimage", "scipy"])
def test_the_window_opens_before_the_engines_are_imported(module) -> None:
    code = f"import sys, reviewer.app; sys.exit({module!r} in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], env=environment, timeout=60, check=False).returncode == 0
