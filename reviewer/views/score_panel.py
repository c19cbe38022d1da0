"""The right panel: what failed in words, the score and its parts, and every finding as a row one can point at."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.model import Complexity
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import Outcome
from pipeline.model import QcScore
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.settings import Settings
from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.models.findings import FLAG
from reviewer.models.findings import GATE
from reviewer.models.findings import READING
from reviewer.models.findings import WHY
from reviewer.models.findings import Finding
from reviewer.models.findings import findings
from reviewer.theme import GRID
from reviewer.theme import PALETTE
from reviewer.theme import verdict_color
from reviewer.titles import problem_title
from reviewer.titles import state_title
from reviewer.views.facts import fact_of
from reviewer.views.facts import why_here
from reviewer.views.finding_words import finding_sentence
from reviewer.views.words import decision_words
from reviewer.views.words import kind_words
from reviewer.views.words import provenance_words
from reviewer.widgets.bars import PartBar
from reviewer.widgets.fact_list import FactList
from reviewer.widgets.fact_list import Heading

WIDTH = 304
PARTS = {
    "background": (
        QT_TRANSLATE_NOOP("Window", "Background"),
        QT_TRANSLATE_NOOP("Window", "How white the background is"),
    ),
    "edge_quality": (
        QT_TRANSLATE_NOOP("Window", "Edges"),
        QT_TRANSLATE_NOOP("Window", "Softness, halo and smoothness of the outline"),
    ),
    "product_fill": (
        QT_TRANSLATE_NOOP("Window", "Fill"),
        QT_TRANSLATE_NOOP("Window", "How much of the frame the product fills, and whether it stands in the middle"),
    ),
    "color_accuracy": (
        QT_TRANSLATE_NOOP("Window", "Colour"),
        QT_TRANSLATE_NOOP("Window", "How close the product's colours are to the original's"),
    ),
}
SHOWN = {
    "background": QT_TRANSLATE_NOOP("Window", "Click to see every pixel that is not exactly white"),
    "edge_quality": QT_TRANSLATE_NOOP("Window", "Click to see the ring around the outline"),
    "color_accuracy": QT_TRANSLATE_NOOP("Window", "Click to see where colours moved"),
}
TEXTS = {"Decisions": QT_TRANSLATE_NOOP("Window", "Decisions"), "Made by": QT_TRANSLATE_NOOP("Window", "Made by")}
GROUPS = {
    GATE: QT_TRANSLATE_NOOP("Window", "Gates"),
    FLAG: QT_TRANSLATE_NOOP("Window", "Flags"),
    WHY: QT_TRANSLATE_NOOP("Window", "Why"),
    READING: QT_TRANSLATE_NOOP("Window", "Readings"),
}
WHYS = {
    Complexity.SIMPLE: QT_TRANSLATE_NOOP("Window", "Why simple"),
    Complexity.MEDIUM: QT_TRANSLATE_NOOP("Window", "Why medium"),
    Complexity.COMPLEX: QT_TRANSLATE_NOOP("Window", "Why complex"),
}
VERDICTS = {
    Verdict.APPROVE: QT_TRANSLATE_NOOP("Window", "approve"),
    Verdict.REVIEW: QT_TRANSLATE_NOOP("Window", "review"),
    Verdict.REDO: QT_TRANSLATE_NOOP("Window", "redo"),
}
CLOSED = (GATE, READING)


class ScorePanel(QScrollArea):
    """Everything known about the image on the screen.

    Signals:
        pointed(Finding): the person clicked a finding that has places.
        part_chosen(str): the person clicked a part of the score.
    """

    pointed = Signal(object)
    part_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._version: tuple[int, int] | None = None
        self._wished: dict[str, bool] = {}
        self._simple = True
        self.setObjectName("score")
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setObjectName("scoreBody")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self.setWidget(body)
        self.title, self.file, self.failures, self.why = (_label(n) for n in ("title", "soft", "failures", "small"))
        self._column.addWidget(self.title)
        self._column.addWidget(self.file)
        self._column.addSpacing(GRID)
        self._column.addWidget(self.failures)
        self._add_score()
        self.texts = {"Decisions": self._add_text("Decisions")}
        self.headings: dict[str, Heading] = {}
        self.lists = {group: self._add_list(group) for group in GROUPS}
        self.texts["Made by"] = self._add_text("Made by")
        self._column.addStretch(1)
        self.show_entry(None)

    def _add_score(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self.total, self.verdict = _label("figure"), _label("verdict")
        self.total.setWordWrap(False)
        self.total.setToolTip(
            translate("Window", "Points of 100: the four parts below, added up over what could be measured")
        )
        row.addWidget(self.total)
        row.addWidget(self.verdict, 1)
        self._column.addLayout(row)
        self._column.addWidget(self.why)
        self.parts = {name: PartBar(translate("Window", title)) for name, (title, _) in PARTS.items()}
        for name, bar in self.parts.items():
            shown = "\n" + translate("Window", SHOWN[name]) if name in SHOWN else ""
            marks = translate("Window", "{part}; 25 points are full marks").format(
                part=translate("Window", PARTS[name][1])
            )
            bar.setToolTip(marks + shown)
            bar.setEnabled(name in SHOWN)
            bar.clicked.connect(partial(self.part_chosen.emit, name))
            self._column.addWidget(bar)

    def _add_text(self, name: str) -> tuple[QLabel, QLabel]:
        heading, text = _label("heading"), _label("facts")
        heading.setText(translate("Window", TEXTS[name]))
        text.setTextFormat(Qt.TextFormat.RichText)
        self._column.addWidget(heading)
        self._column.addWidget(text)
        return heading, text

    def _add_list(self, group: str) -> FactList:
        heading, rows = Heading(translate("Window", GROUPS[group])), FactList()
        rows.setAccessibleName(translate("Window", GROUPS[group]))
        heading.setToolTip(translate("Window", "Open or close"))
        heading.clicked.connect(lambda opened: self._wish(group, opened))
        rows.picked.connect(lambda row: self.pointed.emit(self._found[group][row]))
        self._column.addWidget(heading)
        self._column.addWidget(rows)
        self.headings[group] = heading
        return rows

    def _wish(self, group: str, opened: bool) -> None:
        self._wished[group] = opened
        self._open(group)

    def _open(self, group: str) -> None:
        """Show a group as the person wished; else what needs a look is open and what is as expected is closed."""
        found = self._found.get(group, ())
        quiet = group in CLOSED or (group == WHY and self._simple)
        opened = self._wished.get(group, not quiet or any(finding.failed for finding in found))
        self.headings[group].setChecked(opened)
        self.headings[group].setVisible(bool(found))
        self.lists[group].setVisible(bool(found) and opened)

    def _fill(self, name: str, html: str) -> None:
        for label in self.texts[name]:
            label.setVisible(bool(html))
        self.texts[name][1].setText(html)

    def show_entry(self, entry: Entry | None) -> None:
        """Show an image's current version, or nothing."""
        self.widget().setVisible(entry is not None)
        if entry is None:
            return
        version = (entry.record.id, entry.version.id if entry.version else 0)
        if version != self._version:
            self.verticalScrollBar().setValue(0)
        self._version = version
        record = entry.record
        outcome = entry.version.outcome if entry.version else None
        self.title.setText(record.sku or record.file.rsplit("/", 1)[-1])
        self.file.setText("\n".join(line for line in (record.file if record.sku else "", kind_words(entry)) if line))
        self.file.setVisible(bool(self.file.text()))
        self._show_failures(entry, outcome)
        self._show_score(entry, outcome.score if outcome else None)
        self._show_findings(entry, outcome)
        self._fill("Made by", escape(provenance_words(entry)) if outcome else "")
        self.show_decisions(())

    def show_decisions(self, decisions: Sequence[Decision]) -> None:
        """Show what people decided, newest first."""
        lines = [_line(escape(decision_words(decision, self._settings))) for decision in reversed(decisions)]
        self._fill("Decisions", "".join(lines))

    def mark(self, finding: Finding | None) -> None:
        """Mark the row whose places are shown, and bring it into sight."""
        for group, rows in self.lists.items():
            found = self._found.get(group, ())
            row = found.index(finding) if finding in found else None
            rows.set_current(row)
            if row is not None and rows.isVisible():
                middle = rows.mapTo(self.widget(), rows.row_rect(row).center())
                self.ensureVisible(0, middle.y(), 0, 4 * GRID)

    def _show_findings(self, entry: Entry, outcome: Outcome | None) -> None:
        everything = findings(entry, self._settings.routing.advisory_flags)
        hard = outcome.routing.complexity if outcome and outcome.routing else Complexity.SIMPLE
        self._simple = hard is Complexity.SIMPLE
        self.headings[WHY].setText(translate("Window", WHYS[hard]))
        for group, rows in self.lists.items():
            self._found[group] = tuple(finding for finding in everything if finding.group == group)
            facts = [fact_of(finding, outcome, self._settings) for finding in self._found[group]] if outcome else []
            rows.set_facts(facts)
            self._open(group)

    def _show_failures(self, entry: Entry, outcome: Outcome | None) -> None:
        failed = [gate for gate in outcome.gates if not gate.passed] if outcome else []
        self.failures.setVisible(bool(outcome and outcome.gates))
        if failed:
            title = counted("%Ln gates failed", "", len(failed))
            said = (finding_sentence(gate, outcome, self._settings) or problem_title(gate.name) for gate in failed)
            lines = "".join(_line(escape(words)) for words in said)
            self.failures.setText(f"{_strong(title, PALETTE.bad)}{lines}")
        elif outcome:
            every = (
                translate("Window", "All gates passed")
                if len(outcome.gates) > 1
                else translate("Window", "The gate passed")
            )
            passed, doubt = f"<span style='color:{PALETTE.good}'>{every}</span>", self._doubt(entry)
            # What asks for a look comes before what is in order, or the eye stops at the green words.
            self.failures.setText(f"{_line(_strong(doubt, PALETTE.wait))}{_line(passed)}" if doubt else passed)

    def _doubt(self, entry: Entry) -> str:
        """Why somebody has to look although every gate passed; "" where nothing says so."""
        outcome = entry.version.outcome if entry.version else None
        passed = outcome is not None and bool(outcome.gates) and all(gate.passed for gate in outcome.gates)
        return why_here(entry, self._settings) if passed and entry.state is State.REVIEW else ""

    def _show_score(self, entry: Entry, score: QcScore | None) -> None:
        self.total.setText(numeral(f"{score.total:.1f}") if score else "")
        for widget in (self.total, *self.parts.values()):
            widget.setVisible(score is not None)
        why, state = why_here(entry, self._settings), state_title(entry.state)
        self.why.setText(why)
        self.why.setVisible(bool(why) and not self._doubt(entry))
        if score is None:
            self.verdict.setText(state)
        else:
            color = verdict_color(score.verdict).name()
            says, verdict = translate("Window", "score says"), translate("Window", VERDICTS[score.verdict])
            self.verdict.setText(
                f"{state}<br><span style='color:{PALETTE.soft}'>{says} </span>"
                f"<span style='color:{color}'>{verdict}</span>"
            )
        for name, bar in self.parts.items():
            bar.set_points(getattr(score, name) if score else None)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label


def _strong(words: str, color: str) -> str:
    return f"<span style='color:{color}; font-weight:600'>{escape(words)}</span>"


def _line(html: str) -> str:
    return f"<div style='margin-top:4px'>{html}</div>"
