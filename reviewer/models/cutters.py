"""The cut-out networks as a table: what they are for, under which licence, how large, and whether they are here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject

from reviewer.language import numeral
from reviewer.language import translate
from reviewer.models.table import TableModel
from reviewer.theme import PALETTE

if TYPE_CHECKING:
    from pipeline.tools.catalogue import Weights

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


class CutterModel(TableModel["Weights"]):
    """Networks in the catalogue's order; `troubles` are sentences about installed files, by the network's name."""

    context, columns = "Models", COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._troubles: dict[str, str] = {}

    def show(self, weights: Sequence[Weights], troubles: dict[str, str] | None = None) -> None:
        """Show these networks."""
        self._troubles = dict(troubles or {})
        self.set_rows(weights)

    def cells(self, found: Weights) -> tuple[str, ...]:
        """Return name, whether it is here, size, use, licence and hash."""
        megabytes = found.bytes / MEGABYTE if found.bytes else found.model.megabytes
        digest = f"{found.sha256[:DIGITS]}…" if found.sha256 else translate("Models", "unknown")
        return (
            found.model.name,
            self._state(found),
            numeral(f"{megabytes:,.0f} MB") if megabytes else "",
            found.model.use,
            found.model.licence,
            digest,
        )

    def _state(self, found: Weights) -> str:
        if found.model.name in self._troubles:
            return translate("Models", "damaged")
        return translate("Models", "yes") if found.path else translate("Models", "no")

    def color(self, found: Weights, column: int) -> str | None:
        """Say by colour whether it is here and sound."""
        if column != INSTALLED:
            return None
        if found.model.name in self._troubles:
            return PALETTE.bad
        return PALETTE.good if found.path else PALETTE.soft

    def tip(self, found: Weights, column: int) -> str:
        """Return where the file lies, comes from or what is wrong with it."""
        if column == INSTALLED:
            trouble = self._troubles.get(found.model.name, "")
            return trouble or str(found.path or found.model.source)
        return {FOR: found.model.use, LICENCE: found.model.licence}.get(column, found.sha256 or found.model.source)
