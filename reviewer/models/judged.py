"""Finished files as a table: by whose rules each was judged, whether it passed, and one sentence about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from reviewer.language import translate
from reviewer.models.table import TableModel
from reviewer.theme import PALETTE

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.run.judge import Judged

COLUMNS = (
    QT_TRANSLATE_NOOP("Judged", "File"),
    QT_TRANSLATE_NOOP("Judged", "Rules of"),
    QT_TRANSLATE_NOOP("Judged", "Verdict"),
    QT_TRANSLATE_NOOP("Judged", "From"),
    QT_TRANSLATE_NOOP("Judged", "What was found"),
)
VERDICT = 2


@dataclass(frozen=True, eq=False)
class FileRow:
    """One file: `judged` once that is done, or the sentence why it cannot be."""

    path: Path
    judged: Judged | None = None
    trouble: str = ""

    @property
    def passed(self) -> bool | None:
        """Whether no rule is broken, None while that is not known."""
        return self.judged.report.passed if self.judged is not None else None


class JudgedModel(TableModel[FileRow]):
    """The files in the order they were named."""

    context, columns = "Judged", COLUMNS

    def put(self, number: int, row: FileRow) -> None:
        """Show another record in a row that is there."""
        self._rows[number] = row
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))

    def cells(self, row: FileRow) -> tuple[str, ...]:
        """Return name, rules, verdict, the image it was made from, and what was found."""
        judged = row.judged
        if judged is None:
            return row.path.name, "", "" if row.trouble else translate("Judged", "looking…"), "", row.trouble
        passed = translate("Judged", "passes") if judged.report.passed else translate("Judged", "fails")
        source = judged.entry.record.file if judged.entry is not None else translate("Judged", "elsewhere")
        report = judged.report
        found = [failure.detail for failure in (*report.failures, *report.warnings)]
        doubt = translate("Judged", "cannot be told without a mask: {what}")
        found += [doubt.format(what=failure.detail) for failure in report.cannot_tell]
        return row.path.name, judged.platform, passed, source, "; ".join(found)

    def tip(self, row: FileRow, column: int) -> str:
        """Return the whole path, or the text that may be cut off."""
        return str(row.path) if column == 0 else self.cells(row)[column]

    def color(self, row: FileRow, column: int) -> str | None:
        """Say the verdict by colour, too."""
        if row.trouble:
            return PALETTE.bad
        if column != VERDICT or row.judged is None:
            return None
        return PALETTE.good if row.judged.report.passed else PALETTE.bad
