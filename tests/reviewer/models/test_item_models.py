"""Every item model of the window keeps Qt's rules, empty and filled: the lists of images are painted and need none."""

import importlib
import pkgutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QAbstractItemModel

import reviewer
from pipeline.batch.names import NameRow
from pipeline.errors import KnownError
from pipeline.model import Findings
from pipeline.model import Wave
from pipeline.model import WaveState
from reviewer.models.cutters import CutterModel
from reviewer.models.intake import IntakeModel
from reviewer.models.judged import FileRow
from reviewer.models.judged import JudgedModel
from reviewer.models.names import NamesModel
from reviewer.models.table import TableModel
from reviewer.models.waves import WaveRow
from reviewer.models.waves import WavesModel

EXPECTED = SimpleNamespace(
    file="a.jpg", width=10, height=20, sku="A", category="toys", tags=("fur",), refusal="", matched=False
)
NETWORK = SimpleNamespace(
    model=SimpleNamespace(name="net", use="all", licence="MIT", megabytes=4, source="https://example.com"),
    bytes=0,
    sha256="",
    path=None,
)
NAMED = {"sku": "A", "asin": "", "gtin": "", "angle": "front", "waits": False}
DRAWN = {"population": {"all": 60}, "limit": 0.06, "confidence": 0.95, "person": "Lea", "at": 1}
WAVE = Wave(
    1, "shoot", 1, 0.1, WaveState.OPEN, 49, findings=Findings({"all": 49}, 9, 40, 0), to_look=9, drawn=49, **DRAWN
)
ROWS: dict[type[TableModel], list[object]] = {
    IntakeModel: [EXPECTED, SimpleNamespace(**vars(EXPECTED) | {"refusal": "It is damaged."})],
    CutterModel: [NETWORK],
    NamesModel: [
        NameRow(1, "a.jpg", name="A-1.jpg", problem="", **NAMED),
        NameRow(2, "b.jpg", name="", problem="It has no GTIN.", **NAMED),
    ],
    WavesModel: [WaveRow(replace(WAVE, state=state), "0 of 40 bad so far, 9 wait") for state in WaveState],
    JudgedModel: [
        FileRow(Path("a.jpg")),
        FileRow(Path("c.jpg"), "print", False, "c.tif", ("too small",)),
        FileRow(Path("b.jpg"), trouble=str(KnownError("It cannot be read."))),
    ],
}


def item_models() -> set[type]:
    """Every class of ours that is an item model, wherever it lies."""
    for module in pkgutil.walk_packages(reviewer.__path__, "reviewer."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, new = set(), {QAbstractItemModel}
    while new:
        new = {kind for known in new for kind in known.__subclasses__()}
        found |= {kind for kind in new if kind.__module__.startswith("reviewer.")}
    return {kind for kind in found if not any(sub in found for sub in kind.__subclasses__())}


def test_no_item_model_goes_without_qts_own_check() -> None:
    assert item_models() == set(ROWS)


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_the_model_keeps_qts_rules(qtmodeltester, themed, kind) -> None:
    model = kind()
    qtmodeltester.check(model, force_py=True)
    model.set_rows(ROWS[kind])
    qtmodeltester.check(model, force_py=True)
    assert model.rowCount() == len(ROWS[kind])
    for row in range(model.rowCount()):
        assert len(model.cells(model.row(row))) == model.columnCount()
