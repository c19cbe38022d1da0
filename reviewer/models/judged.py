"""Finished files as a table: by whose rules each was judged, whether it passed, and one sentence about it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP

from reviewer.language import translate
from reviewer.models.table import TableModel
from reviewer.theme import PALETTE

COLUMNS = (
    QT_TRANSLATE_NOOP("Judged", "File"),
    QT_TRANSLATE_NOOP("Judged", "Rules of"),
    QT_TRANSLATE_NOOP("Judged", "Verdict"),
    QT_TRANSLATE_NOOP("Judged", "From"),
    QT_TRANSLATE_NOOP("Judged", "What was found"),
)
VERDICT = 2


@dataclass(frozen=True)
class FileRow:
    """One file.

    Attributes:
        platform: by whose rules; passed: whether none of them is broken, None while that is not known.
        source: the photo it was made from here, "" for a file from elsewhere; found: what speaks against it.
        trouble: why it cannot be judged at all.
    """

    path: Path
    platform: str = ""
    passed: bool | None = None
    source: str = ""
    found: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing more will be known of it."""
        return self.passed is not None or bool(self.trouble)


class JudgedModel(TableModel[FileRow]):
    """The files in the order they were named."""

    context, columns = "Judged", COLUMNS

    def put(self, number: int, row: FileRow) -> None:
        """Show another record in a row that is there."""
        self._rows[number] = row
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(COLUMNS) - 1))

    def cells(self, row: FileRow) -> tuple[str, ...]:
        """Return name, rules, verdict, the image it was made from, and what was found."""
        if row.passed is None:
            return row.path.name, "", "" if row.trouble else translate("Judged", "looking…"), "", row.trouble
        verdict = translate("Judged", "passes") if row.passed else translate("Judged", "fails")
        source = row.source or translate("Judged", "elsewhere")
        return row.path.name, row.platform, verdict, source, "; ".join(row.found)

    def tip(self, row: FileRow, column: int) -> str:
        """Return the whole path, or the text that may be cut off."""
        return str(row.path) if column == 0 else self.cells(row)[column]

    def color(self, row: FileRow, column: int) -> str | None:
        """Say the verdict by colour, too."""
        if row.trouble:
            return PALETTE.bad
        if column != VERDICT or row.passed is None:
            return None
        return PALETTE.good if row.passed else PALETTE.bad
