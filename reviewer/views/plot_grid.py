"""The plots of the dashboard: work by hour, scores, reasons, and returns by week."""

from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QWidget

from pipeline.model import Figures
from pipeline.model import Selection
from pipeline.model import Tally
from pipeline.settings import Reason
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.theme import PALETTE
from reviewer.views.dashboard_words import hours_between
from reviewer.views.dashboard_words import sold_in
from reviewer.views.words import reason_title
from reviewer.widgets.plots import Bars
from reviewer.widgets.plots import Plot

if TYPE_CHECKING:
    from pipeline.batch.returns import ReturnReport

FINISHED = QT_TRANSLATE_NOOP("Figures", "finished by the line")
DECIDED = QT_TRANSLATE_NOOP("Figures", "decided by people")
TITLES = {
    "hours": QT_TRANSLATE_NOOP("Figures", "Images by hour"),
    "scores": QT_TRANSLATE_NOOP("Figures", "Images by score"),
    "reasons": QT_TRANSLATE_NOOP("Figures", "Why images were sent back or rejected"),
    "returns": QT_TRANSLATE_NOOP("Figures", "Returned by week, % of what was sold"),
}


class PlotGrid(QWidget):
    """Two by two.

    Signals:
        led(Selection): the person clicked a bar; these are the images behind it.
    """

    led = Signal(object)

    def __init__(self, reasons: Mapping[str, Reason], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reasons = reasons
        self._behind: dict[str, tuple[tuple[Tally, ...], ...]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        self.plots: dict[str, Plot] = {}
        for place, (name, title) in enumerate(TITLES.items()):
            words = translate("Figures", title)
            heading = QLabel(words if name != "hours" else _with_colors(words))
            heading.setObjectName("heading")
            self.plots[name] = Plot(words)
            row, column = 2 * (place // 2), place % 2
            grid.addWidget(heading, row, column)
            grid.addWidget(self.plots[name], row + 1, column)
            grid.setColumnStretch(column, 1)
        for name, plot in self.plots.items():
            plot.pressed.connect(partial(self._lead, name))
            plot.setToolTip(translate("Figures", "Press a bar or point to see the images behind it; the wheel zooms"))

    def show_figures(self, figures: Figures, returns: "ReturnReport | None") -> None:
        """Show these figures."""
        names, done, decided = hours_between(figures)
        line = Bars(translate("Figures", FINISHED), _heights(done), PALETTE.work)
        people = Bars(translate("Figures", DECIDED), _heights(decided), PALETTE.good)
        self.plots["hours"].show_bars(names, (line, people))
        self._show_tallies("scores", [tally.name for tally in figures.scores], figures.scores)
        self._show_tallies("reasons", [self._reason(tally.name) for tally in figures.reasons], figures.reasons)
        weeks = returns.weeks if returns else ()
        sold = tuple(Tally(week.monday, week.sold, {"behind": sold_in(week.monday)}) for week in weeks)
        self._behind |= {"hours": (done, decided), "returns": (sold,)}
        values, lows, highs = ([100 * getattr(week.rate, end) for week in weeks] for end in ("value", "low", "high"))
        self.plots["returns"].show_line([week.monday[5:] for week in weeks], values, lows, highs)

    def _show_tallies(self, plot: str, names: list[str], tallies: tuple[Tally, ...]) -> None:
        self._behind[plot] = (tallies,)
        self.plots[plot].show_bars(names, (Bars("", _heights(tallies), PALETTE.soft),))

    def _reason(self, code: str) -> str:
        return reason_title(self._reasons[code]) if code in self._reasons else code

    def _lead(self, plot: str, place: int, series: int) -> None:
        tallies = self._behind.get(plot, ())
        if series < len(tallies) and place < len(tallies[series]) and tallies[series][place].count:
            self.led.emit(Selection(**tallies[series][place].selection))


def _heights(tallies: Sequence[Tally]) -> tuple[float, ...]:
    return tuple(float(tally.count) for tally in tallies)


def _with_colors(words: str) -> str:
    """The heading of two series, with the colour of each; all of it our own words."""
    series = ((PALETTE.work, FINISHED), (PALETTE.good, DECIDED))
    marks = [f'<span style="color:{color}">■</span> {translate("Figures", name)}' for color, name in series]
    return "&nbsp;&nbsp; ".join((words, *marks))
