"""What a drop would come to, as a table: one row for each photo, and lists of those with, without and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject

from reviewer.language import translate
from reviewer.models.table import TableModel
from reviewer.sentences import said_words
from reviewer.theme import PALETTE
from reviewer.titles import category_title

if TYPE_CHECKING:
    from pipeline.batch.preview import Expected
    from pipeline.batch.preview import Preview

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


class IntakeModel(TableModel["Expected"]):
    """The photos of one list of a preview."""

    context, columns = "Intake", COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photos: tuple[Expected, ...] = ()
        self._with_sheet = False
        self.kind = "all"

    def show(self, preview: Preview) -> None:
        """Show another preview."""
        self._photos, self._with_sheet = preview.photos, bool(preview.sheets)
        self.set_kind(self.kind)

    def set_kind(self, kind: str) -> None:
        """Show only one list of KINDS."""
        self.kind = kind
        self.set_rows([photo for photo in self._photos if kind_takes(kind, photo)])

    def count(self, kind: str) -> int:
        """Return how many photos a list has."""
        return sum(kind_takes(kind, photo) for photo in self._photos)

    def color(self, photo: Expected, column: int) -> str | None:
        """Return red for what cannot be used."""
        if column != SAID:
            return None
        return PALETTE.bad if photo.refusal else PALETTE.soft

    def cells(self, photo: Expected) -> tuple[str, ...]:
        """Return file, size, what the sheet says of it, and a remark."""
        size = f"{photo.width} × {photo.height}" if photo.width else ""
        said = said_words(photo.refusal)
        if not said and self._with_sheet and not photo.matched:
            said = translate("Intake", "No row of the sheet speaks of it")
        return photo.file, size, photo.sku, category_title(photo.category), ", ".join(photo.tags), said
