"""How files will be called, as a table: codes and angles to correct, and the name or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from reviewer.models.table import Index
from reviewer.models.table import TableModel
from reviewer.sentences import said_words
from reviewer.theme import PALETTE

if TYPE_CHECKING:
    from pipeline.batch.names import NameRow

FIELDS = ("file", "sku", "asin", "gtin", "angle", "name")
COLUMNS = (
    QT_TRANSLATE_NOOP("Delivery", "Photo"),
    QT_TRANSLATE_NOOP("Delivery", "SKU"),
    QT_TRANSLATE_NOOP("Delivery", "ASIN"),
    QT_TRANSLATE_NOOP("Delivery", "GTIN"),
    QT_TRANSLATE_NOOP("Delivery", "Angle"),
    QT_TRANSLATE_NOOP("Delivery", "File name"),
)
EDITABLE = ("sku", "asin", "gtin", "angle")
NAME = len(COLUMNS) - 1


class NamesModel(TableModel["NameRow"]):
    """The rows of a batch.

    Signals:
        corrected(int, str, str): the person wrote another value for that field of that image.
    """

    corrected = Signal(int, str, str)
    context, columns = "Delivery", COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def cells(self, row: NameRow) -> tuple[str, ...]:
        """Return the photo, its codes and angle, and what becomes of them."""
        return (row.file, row.sku, row.asin, row.gtin, row.angle, row.name or said_words(row.problem))

    def color(self, row: NameRow, column: int) -> str | None:
        """Problems stand out, and what still has to be decided about stands back."""
        if column == NAME and row.problem:
            return PALETTE.bad
        return PALETTE.faint if row.waits else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells can be written in."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if FIELDS[index.column()] in EDITABLE else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text also for who edits it."""
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.EditRole else role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what a person wrote; the row changes when the studio has it."""
        field, row, text = FIELDS[index.column()], self.row(index.row()), str(value).strip()
        if role != Qt.ItemDataRole.EditRole or field not in EDITABLE or text == getattr(row, field):
            return False
        self.corrected.emit(row.image, field, text)
        return True
