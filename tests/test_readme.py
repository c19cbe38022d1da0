"""The README is true: every command in it runs, and every verb is in it."""

import re
import shlex
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
def test_the_commands_for_own_photos_run_as_printed(tmp_path: Path, samples: Path) -> None:
    photos = tmp_path / "PHOTOS"
    photos.mkdir()
    for name in ("sheet.csv", "book-grey.jpg"):
        (photos / name).write_bytes((samples / name).read_bytes())
    typed = [command for command in COMMANDS if command.startswith(".venv/bin/whitepoint")]
    assert len(typed) >= 6
    for command in typed:
        if " review " in command:
            continue  # opens a window and waits for a person; the e2e tests drive it
        script = command.replace(".venv/bin/whitepoint", f"{shlex.quote(sys.executable)} -m pipeline")
        finished = subprocess.run(
            script, shell=True, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False
        )
        assert finished.returncode == 0, f"{command}\n{finished.stdout}{finished.stderr}"


def environment(folder: Path) -> dict[str, str]:
    """A person's environment, with a studio of this test's own; the checkout is importable."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "WHITEPOINT_STUDIO": str(folder / "studio"),
    }
