"""The README is true: every command in it runs, and every verb is in it."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import VERBS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("#")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]


def test_every_verb_of_the_command_is_in_the_table() -> None:
    for verb in VERBS:
        assert re.search(rf"^\| `{verb.name}\b", README, re.MULTILINE), verb.name


def test_every_verb_has_help() -> None:
    for verb in VERBS:
        assert verb.help, verb.name


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    made = [command.removeprefix("make ") for command in COMMANDS if command.startswith("make ")]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert made == ["run", "test"]
    for target in made:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="watches processes through /proc")
def test_the_commands_for_own_photos_run_as_printed(tmp_path: Path, samples: Path) -> None:
    photos = tmp_path / "PHOTOS"
    photos.mkdir()
    for name in ("sheet.csv", "book-grey.jpg"):
        (photos / name).write_bytes((samples / name).read_bytes())
    typed = [command for command in COMMANDS if command.startswith(".venv/bin/whitepoint")]
    assert len(typed) >= 6
    for command in typed:
        script = command.replace(".venv/bin/whitepoint", f"{shlex.quote(sys.executable)} -m pipeline")
        process = subprocess.Popen(
            shlex.split(script) if "*" not in script else ["sh", "-c", script],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if " review " in command:
            end_when_shown(process)
        said, _ = process.communicate()
        assert process.returncode == 0, f"{command}\n{said}"


def end_when_shown(review: "subprocess.Popen[str]") -> None:
    """Wait until the window is there to be closed (it catches SIGTERM then), and end it as a closing session does."""
    while review.poll() is None:
        children = Path(f"/proc/{review.pid}/task/{review.pid}/children").read_text().split()
        if children and catches(int(children[0]), signal.SIGTERM):
            os.kill(int(children[0]), signal.SIGTERM)
            return


def catches(process: int, kind: signal.Signals) -> bool:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)", status, re.MULTILINE)
    return bool(caught and int(caught[1], 16) >> (kind - 1) & 1)


def environment(folder: Path) -> dict[str, str]:
    """A person's environment, with a studio of this test's own; the checkout is importable."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "WHITEPOINT_STUDIO": str(folder / "studio"),
        "QT_QPA_PLATFORM": "offscreen",
    }
