"""The cut-out networks as a table: what they are for, under which licence, how large, and whether they are here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QAbstractTableModel
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import QObject
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from reviewer.language import translate
from reviewer.theme import PALETTE

if TYPE_CHECKING:
    from pipeline.tools.catalogue import Weights

Index = QModelIndex | QPersistentModelIndex
MEGABYTE, DIGITS = 1e6, 12
COLUMNS = (
    QT_TRANSLATE_NOOP("Models", "Network"),
    QT_TRANSLATE_NOOP("Models", "Installed"),
    QT_TRANSLATE_NOOP("Models", "Size"),
    QT_TRANSLATE_NOOP("Models", "For"),
    QT_TRANSLATE_NOOP("Models", "Licence"),
    QT_TRANSLATE_NOOP("Models", "SHA-256"),
)
INSTALLED, FOR, LICENCE = 1, 3, 4


class CutterModel(QAbstractTableModel):
    """Networks in the catalogue's order; `troubles` are sentences about installed files, by the network's name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Weights, ...] = ()
        self._troubles: dict[str, str] = {}

    def show(self, weights: Sequence[Weights], troubles: dict[str, str] | None = None) -> None:
        """Show these networks."""
        self.beginResetModel()
        self._rows, self._troubles = tuple(weights), dict(troubles or {})
        self.endResetModel()

    def weights(self, row: int) -> Weights:
        """Return the network of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of networks."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translate("Models", COLUMNS[section])
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text; the tooltip says where the file lies, comes from or what is wrong with it."""
        if not index.isValid():
            return None
        found = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(found)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(found, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == INSTALLED:
            if found.model.name in self._troubles:
                return QColor(PALETTE.bad)
            return QColor(PALETTE.good if found.path else PALETTE.soft)
        return None

    def _cells(self, found: Weights) -> tuple[str, ...]:
        megabytes = found.bytes / MEGABYTE if found.bytes else found.model.megabytes
        digest = f"{found.sha256[:DIGITS]}…" if found.sha256 else translate("Models", "unknown")
        return (
            found.model.name,
            self._state(found),
            f"{megabytes:,.0f} MB" if megabytes else "",
            found.model.use,
            found.model.licence,
            digest,
        )

    def _state(self, found: Weights) -> str:
        if found.model.name in self._troubles:
            return translate("Models", "damaged")
        return translate("Models", "yes") if found.path else translate("Models", "no")

    def _tip(self, found: Weights, column: int) -> str:
        if column == INSTALLED:
            trouble = self._troubles.get(found.model.name, "")
            return trouble or str(found.path or found.model.source)
        return {FOR: found.model.use, LICENCE: found.model.licence}.get(column, found.sha256 or found.model.source)
