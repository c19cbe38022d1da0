"""The command as a person runs it, in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli


@dataclass(frozen=True)
class Finished:
    """What one command came to."""

    status: int
    stdout: str
    stderr: str

    @property
    def document(self) -> Any:
        return json.loads(self.stdout)


Command = Callable[..., Finished]


@pytest.fixture
def whitepoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Run `whitepoint` with arguments on a studio of this test's own."""

    def run(*arguments: str | Path, studio: Path = tmp_path / "studio") -> Finished:
        monkeypatch.setattr("sys.argv", ["whitepoint", "--studio", str(studio), *map(str, arguments)])
        capfd.readouterr()
        try:
            cli.main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capfd.readouterr()
        return Finished(status, out, err)

    return run
