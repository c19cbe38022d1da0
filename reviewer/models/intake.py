"""What a drop would come to, as a table: one row for each photo, and lists of those with, without and refused."""

from __future__ import annotations

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
from reviewer.titles import category_title

if TYPE_CHECKING:
    from pipeline.batch.preview import Expected
    from pipeline.batch.preview import Preview

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    QT_TRANSLATE_NOOP("Intake", "File"),
    QT_TRANSLATE_NOOP("Intake", "Size"),
    QT_TRANSLATE_NOOP("Intake", "SKU"),
    QT_TRANSLATE_NOOP("Intake", "Category"),
    QT_TRANSLATE_NOOP("Intake", "Tags"),
    QT_TRANSLATE_NOOP("Intake", "Remark"),
)
SAID = len(COLUMNS) - 1
KINDS = ("all", "matched", "unmatched", "refused")


def kind_takes(kind: str, photo: Expected) -> bool:
    """Say whether a photo belongs to one of the lists in KINDS."""
    if kind == "refused":
        return bool(photo.refusal)
    return kind == "all" or photo.matched == (kind == "matched")


class IntakeModel(QAbstractTableModel):
    """The photos of one list of a preview."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos: tuple[Expected, ...] = ()
        self._rows: list[Expected] = []
        self._with_sheet = False
        self.kind = "all"

    def show(self, preview: Preview) -> None:
        """Show another preview."""
        self._photos, self._with_sheet = preview.photos, bool(preview.sheets)
        self.set_kind(self.kind)

    def set_kind(self, kind: str) -> None:
        """Show only one list of KINDS."""
        self.beginResetModel()
        self.kind = kind
        self._rows = [photo for photo in self._photos if kind_takes(kind, photo)]
        self.endResetModel()

    def count(self, kind: str) -> int:
        """Return how many photos a list has."""
        return sum(kind_takes(kind, photo) for photo in self._photos)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of photos shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translate("Intake", COLUMNS[section])
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, and red for what cannot be used."""
        if not index.isValid():
            return None
        photo = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells(photo)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == SAID:
            return QColor(PALETTE.bad if photo.refusal else PALETTE.soft)
        return None

    def _cells(self, photo: Expected) -> tuple[str, ...]:
        size = f"{photo.width} × {photo.height}" if photo.width else ""
        said = photo.refusal
        if not said and self._with_sheet and not photo.matched:
            said = translate("Intake", "No row of the sheet speaks of it")
        return photo.file, size, photo.sku, category_title(photo.category), ", ".join(photo.tags), said
