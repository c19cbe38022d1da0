"""The waves of a batch as a table: how much of it, what still has to be looked at, and what the sample says."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.model import Wave
from pipeline.model import WaveState
from reviewer.language import translate
from reviewer.models.table import TableModel
from reviewer.theme import PALETTE

STATES = {
    WaveState.OPEN: QT_TRANSLATE_NOOP("Release", "In the audit"),
    WaveState.RELEASED: QT_TRANSLATE_NOOP("Release", "May leave"),
    WaveState.STOPPED: QT_TRANSLATE_NOOP("Release", "Stopped"),
    WaveState.ROLLED_BACK: QT_TRANSLATE_NOOP("Release", "Called back"),
}
COLUMNS = (
    QT_TRANSLATE_NOOP("Release", "Wave"),
    QT_TRANSLATE_NOOP("Release", "Of the batch"),
    QT_TRANSLATE_NOOP("Release", "Images"),
    QT_TRANSLATE_NOOP("Release", "Looked at"),
    QT_TRANSLATE_NOOP("Release", "State"),
    QT_TRANSLATE_NOOP("Release", "What the sample says"),
)
STATE, SAID = 4, 5


@dataclass(frozen=True)
class WaveRow:
    """A wave and the sentence about it."""

    wave: Wave
    said: str


class WavesModel(TableModel[WaveRow]):
    """The waves, oldest first."""

    context, columns = "Release", COLUMNS

    def cells(self, row: WaveRow) -> tuple[str, ...]:
        """Return number, share, size, how far the audit is, state and sentence."""
        wave = row.wave
        looked = f"{wave.drawn - wave.to_look} / {wave.drawn}"
        # With the known answers, as the audit queue has them: who could tell how many there are would look for them.
        images = wave.images + wave.drawn - sum(wave.findings.drawn.values())
        state = translate("Release", STATES[wave.state])
        share = translate("Release", "more of it") if wave.extends else f"{wave.share:.0%}"
        return (str(wave.number), share, str(images), looked, state, row.said)

    def color(self, row: WaveRow, column: int) -> str | None:
        """The state has the colour of what it means."""
        if column != STATE:
            return PALETTE.faint if row.wave.state is WaveState.ROLLED_BACK else None
        colors = {WaveState.OPEN: PALETTE.wait, WaveState.RELEASED: PALETTE.good, WaveState.STOPPED: PALETTE.bad}
        return colors.get(row.wave.state, PALETTE.faint)
