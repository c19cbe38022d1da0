"""Audit, release, rollback, purge, legal holds and returns as a person types them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.store.store import Store

Command = Callable[..., Any]


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    with Store(tmp_path / "studio") as store:
        photos = [store.files.put_bytes(b"photo %d" % number) for number in range(3)]
        images = [NewImage(f"{number}.jpg", sha256, 7, sku=f"S{number}") for number, sha256 in enumerate(photos)]
        store.add_batch("monday", "Shop", images)
        for claim in store.claim("monday", owner="t", count=3, lease_seconds=60):
            store.record(Outcome(claim.record.id, State.APPROVED, 0.1, ""), owner="t", token=claim.token)
    return tmp_path / "studio"


def decide(studio: Path, bad: int = 0) -> None:
    with Store(studio) as store:
        for entry in store.entries("monday", state=State.AUDIT):
            image = entry.record.id
            store.decide(image, Action.REDO if image == bad else Action.APPROVE, person="Ben")


def test_a_batch_is_audited_released_and_called_back(whitepoint: Command, studio: Path, tmp_path: Path) -> None:
    assert "no wave yet" in whitepoint("audit", "monday").stdout
    assert "3 wait for the audit" in whitepoint("audit", "monday", "--by", "Lea").stdout
    waiting = whitepoint("release", "monday", "--by", "Lea")
    assert (waiting.status, "not ruled on" in waiting.stdout) == (1, True)
    blocked = whitepoint("export", "monday", "--platform", "amazon_main", "--to", tmp_path / "out")
    assert blocked.status == 2
    decide(studio, bad=3)
    done = whitepoint("release", "monday", "--by", "Lea")
    said = "1 of 3 bad, and every image was looked at: those that were found good may leave"
    assert (done.status, done.stdout) == (0, f"wave 1 of “monday”: released; {said}\n")
    (wave,) = json.loads(whitepoint("audit", "monday", "--json").stdout)
    assert (wave["state"], wave["judgement"]["bad"]) == ("released", 1)
    refused = whitepoint("rollback", "monday", "--by", "Lea")
    assert (refused.status, refused.stderr.count("\n"), "give --yes" in refused.stderr) == (2, 1, True)
    back = whitepoint("rollback", "monday", "--by", "Lea", "--yes", "--to", tmp_path / "back")
    assert (back.status, "2 images wait again, 0 files are called back" in back.stdout) == (0, True)
    assert (tmp_path / "back" / "recall.csv").is_file()


def test_a_purge_only_lists_until_it_is_told_to(whitepoint: Command, studio: Path) -> None:
    with Store(studio) as store:
        orphan = store.files.path(store.files.put_bytes(b"nobody's"))
    (studio / "settings.toml").write_text("[retention]\norphan_hours = 0.0\n")
    listed = whitepoint("purge")
    assert (listed.status, "it belongs to no image" in listed.stdout) == (0, True)
    assert "nothing was removed" in listed.stdout
    assert orphan.exists()
    refused = whitepoint("purge", "--apply")
    assert (refused.status, "more than 5% of all files" in refused.stderr) == (2, True)
    assert orphan.exists()
    assert {one["image"] for one in whitepoint("purge", "--apply", "--over-limit", "--json").document} == {0}
    assert not orphan.exists()
    assert whitepoint("check").status == 0
    assert whitepoint("legal-hold", "monday", "--by", "Lea", "--reason", "a lawsuit").status == 0
    assert whitepoint("legal-hold").stdout == "batch “monday”: a lawsuit (Lea)\n"
    assert whitepoint("legal-hold", "monday", "--by", "Lea").status == 2
    assert whitepoint("legal-hold", "monday", "--lift", "--by", "Lea", "--reason", "it ended").status == 0
    assert whitepoint("legal-hold").stdout == "Nothing is on legal hold.\n"


def test_returns_are_taken_in_once_told_which_column_is_what(whitepoint: Command, studio: Path, tmp_path: Path) -> None:
    file = tmp_path / "shop.csv"
    file.write_text("nr;day;sold;back\nS0;2026-05-01;10;2\nS0;2026-06-01;x;2\n")
    assert "which column is sku" in whitepoint("returns", "import", file).stderr
    named = whitepoint("returns", "import", file, "--column", "sku=nr", "--column", "returned=back")
    assert (named.status, named.stdout) == (0, "1 rows of 1 products from shop.csv\n")
    assert "line 3 names no number" in named.stderr
    assert whitepoint("returns", "import", file).status == 0, "remembered"
    assert "nothing can be compared" in whitepoint("returns", "report").stdout
    assert whitepoint("returns", "report", "--json").document["controls"] == 1
