"""Pointing at evidence: which finding's places are marked, and the walk through all places at 1:1, worst first."""

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject

from pipeline.model import Entry
from pipeline.model import Frame
from pipeline.settings import Settings
from reviewer.language import counted
from reviewer.language import translate
from reviewer.models.findings import Finding
from reviewer.models.findings import Place
from reviewer.models.findings import findings
from reviewer.models.findings import next_place
from reviewer.models.findings import places
from reviewer.views.compare_panel import ComparePanel
from reviewer.views.facts import title_of
from reviewer.views.layering import BEHIND
from reviewer.views.layering import NONE
from reviewer.views.layering import Layering
from reviewer.views.score_panel import ScorePanel
from reviewer.widgets.marks import Marks
from reviewer.widgets.marks import along
from reviewer.widgets.marks import in_product

NO_PLACES = QT_TRANSLATE_NOOP("Window", "Nothing was marked on this image: no gate, flag or reading names a place.")


class Pointing(QObject):
    """Ties the rows of the score panel to boxes on the canvas.

    Attributes:
        chosen: the finding whose places are outlined, None for none.
        place: the one that is looked at, None for none.
    """

    def __init__(
        self,
        compare: ComparePanel,
        score: ScorePanel,
        layering: Layering,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._compare, self._score, self._layering = compare, score, layering
        self._advisory = settings.routing.advisory_flags
        self._entry: Entry | None = None
        self._steps: tuple[Place, ...] = ()
        self.chosen: Finding | None = None
        self.place: Place | None = None
        score.pointed.connect(self.choose)
        score.part_chosen.connect(layering.show_behind)

    def show_entry(self, entry: Entry | None) -> None:
        """Another image or version is on the screen; the places of the one before are forgotten."""
        if self._key(entry) == self._key(self._entry):
            return
        self._entry = entry
        self._steps = places(findings(entry, self._advisory), _sizes(entry)) if entry else ()
        self.clear()

    def choose(self, finding: Finding) -> None:
        """Outline all places of a finding where the view is and show what lies behind it, or stop doing so."""
        layer = BEHIND.get(finding.name)
        if finding == self.chosen and self.place is None:
            self.clear()
            if layer == self._layering.name:
                self._layering.show(NONE)
            return
        self.chosen, self.place = finding, None
        self._show()
        if layer is not None:
            self._layering.show(layer)

    def step(self, by: int) -> None:
        """Go to the next or the previous place at 1:1."""
        if self._compare.canvas.pair is None or self._entry is None:
            return
        place = next_place(self._steps, self.place, self.chosen, by)
        if place is None:
            self._compare.toast.say(translate("Window", NO_PLACES))
            return
        self.chosen, self.place = place.finding, place
        self._show()
        self._compare.canvas.look_at(in_product(place.box, place.space, self._frame()))

    def clear(self) -> bool:
        """Outline nothing any more; returns whether something was."""
        was, self.chosen, self.place = self.chosen is not None, None, None
        self._show()
        return was

    def _show(self) -> None:
        chosen, place = self.chosen, self.place
        self._score.mark(chosen)
        if chosen is None:
            self._compare.canvas.show_marks(None)
            self._compare.say_place("")
            return
        evidence, frame = chosen.evidence, self._frame()
        outlines = tuple(in_product(box, evidence.space, frame) for box in evidence.boxes)
        current = place.index if place else None
        self._compare.canvas.show_marks(Marks(outlines, current, along(evidence, frame)))
        title, count = title_of(chosen), len(outlines)
        if place is not None:
            at = translate("Window", "{number} of {count}").format(number=place.index + 1, count=place.of)
            self._compare.say_place(f"{title}, {at}", at)
        else:
            places = counted("%Ln place(s)", "marked in the picture", count)
            self._compare.say_place(f"{title}, {places}" if count else title, places if count else "")

    def _frame(self) -> Frame | None:
        outcome = self._entry.version.outcome if self._entry and self._entry.version else None
        return outcome.frame if outcome else None

    @staticmethod
    def _key(entry: Entry | None) -> tuple[int, int | None] | None:
        return (entry.record.id, entry.version.id if entry.version else None) if entry else None


def _sizes(entry: Entry) -> dict[str, tuple[int, int]]:
    sizes = {"original": (entry.record.width, entry.record.height)}
    outcome = entry.version.outcome if entry.version else None
    if outcome is not None and outcome.frame is not None:
        sizes["result"] = outcome.frame.size
    return sizes
