"""The right panel: what failed in words, the score and its parts, gates, flags, provenance and decisions."""

from collections.abc import Iterable
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import Gate
from pipeline.model import Outcome
from pipeline.model import QcScore
from pipeline.model import Reading
from pipeline.settings import Settings
from reviewer.theme import GRID
from reviewer.theme import PALETTE
from reviewer.theme import STATE_TITLES
from reviewer.theme import verdict_color
from reviewer.views.words import decision_words
from reviewer.views.words import kind_words
from reviewer.views.words import provenance_words
from reviewer.widgets.bars import PartBar

WIDTH = 304
MARK_WIDTH, FIGURE_WIDTH = 24, 48
PARTS = {
    "background": "Background",
    "edge_quality": "Edges",
    "product_fill": "Fill",
    "color_accuracy": "Colour",
}


class ScorePanel(QScrollArea):
    """Everything known about the image on the screen."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
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
        self.title, self.file = _label("title"), _label("soft")
        self.failures = _label("failures")
        self._column.addWidget(self.title)
        self._column.addWidget(self.file)
        self._column.addSpacing(GRID)
        self._column.addWidget(self.failures)
        self._add_score()
        self.sections = {name: self._section(name) for name in ("Gates", "Flags", "Readings", "Made by", "Decisions")}
        self._column.addStretch(1)
        self.show_entry(None)

    def _add_score(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        self.total, self.verdict = _label("figure"), _label("verdict")
        self.total.setWordWrap(False)
        row.addWidget(self.total)
        row.addWidget(self.verdict, 1)
        self._column.addLayout(row)
        self.parts = {name: PartBar(title) for name, title in PARTS.items()}
        for bar in self.parts.values():
            self._column.addWidget(bar)

    def _section(self, name: str) -> tuple[QLabel, QLabel]:
        heading, text = _label("heading"), _label("facts")
        heading.setText(name)
        text.setTextFormat(Qt.TextFormat.RichText)
        self._column.addSpacing(GRID)
        self._column.addWidget(heading)
        self._column.addWidget(text)
        return heading, text

    def _fill(self, name: str, html: str) -> None:
        heading, text = self.sections[name]
        text.setText(html)
        heading.setVisible(bool(html))
        text.setVisible(bool(html))

    def show_entry(self, entry: Entry | None) -> None:
        """Show an image's current version, or nothing."""
        self.widget().setVisible(entry is not None)
        if entry is None:
            return
        record = entry.record
        outcome = entry.version.outcome if entry.version else None
        self.title.setText(record.sku or record.file.rsplit("/", 1)[-1])
        self.file.setText("\n".join(line for line in (record.file if record.sku else "", kind_words(entry)) if line))
        self.file.setVisible(bool(self.file.text()))
        self._show_failures(outcome)
        self._show_score(entry, outcome.score if outcome else None)
        self._fill("Gates", _gates(outcome.gates) if outcome else "")
        self._fill("Flags", _flags(outcome) if outcome else "")
        self._fill("Readings", _readings(outcome.readings) if outcome else "")
        self._fill("Made by", escape(provenance_words(entry)) if outcome else "")
        self.show_decisions(())

    def show_decisions(self, decisions: Sequence[Decision]) -> None:
        """Show what people decided, newest first."""
        lines = [_line(escape(decision_words(decision, self._settings))) for decision in reversed(decisions)]
        self._fill("Decisions", "".join(lines))

    def _show_failures(self, outcome: Outcome | None) -> None:
        failed = [gate for gate in outcome.gates if not gate.passed] if outcome else []
        self.failures.setVisible(bool(outcome and outcome.gates))
        if failed:
            title = "1 gate failed" if len(failed) == 1 else f"{len(failed)} gates failed"
            lines = "".join(_line(escape(gate.detail or _words(gate.name))) for gate in failed)
            self.failures.setText(f"<span style='color:{PALETTE.bad}; font-weight:600'>{title}</span>{lines}")
        elif outcome:
            self.failures.setText(f"<span style='color:{PALETTE.good}'>All {len(outcome.gates)} gates passed</span>")

    def _show_score(self, entry: Entry, score: QcScore | None) -> None:
        self.total.setText(f"{score.total:.1f}" if score else "")
        for widget in (self.total, *self.parts.values()):
            widget.setVisible(score is not None)
        state = STATE_TITLES[entry.state]
        if score is None:
            self.verdict.setText(state)
        else:
            color = verdict_color(score.verdict).name()
            opinion = {"approve": "approve", "review": "review", "redo": "redo"}[score.verdict.value]
            self.verdict.setText(
                f"{state}<br><span style='color:{PALETTE.soft}'>score says </span>"
                f"<span style='color:{color}'>{opinion}</span>"
            )
        for name, bar in self.parts.items():
            bar.set_points(getattr(score, name) if score else None)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _line(html: str) -> str:
    return f"<div style='margin-top:4px'>{html}</div>"


def _rows(rows: Iterable[tuple[str, str, str]]) -> str:
    """Return a table of mark, name with detail, and figure."""
    cells = "".join(
        f"<tr><td width='{MARK_WIDTH}' style='padding:3px 0'>{mark}</td><td style='padding:3px 0'>{text}</td>"
        + (f"<td width='{FIGURE_WIDTH}' align='right' style='padding:3px 0'>{figure}</td></tr>" if figure else "</tr>")
        for mark, text, figure in rows
    )
    return f"<table cellspacing='0' cellpadding='0' width='100%'>{cells}</table>" if cells else ""


def _gates(gates: Sequence[Gate]) -> str:
    return _rows(
        (
            f"<span style='color:{PALETTE.good if gate.passed else PALETTE.bad}'>{'✓' if gate.passed else '✕'}</span>",
            f"{escape(_words(gate.name))}<br><span style='color:{PALETTE.faint}'>{escape(gate.detail)}</span>",
            "",
        )
        for gate in sorted(gates, key=lambda gate: gate.passed)
    )


def _flags(outcome: Outcome) -> str:
    return _rows(
        (
            f"<span style='color:{PALETTE.wait}'>!</span>",
            f"{escape(_words(flag.name))}<br><span style='color:{PALETTE.faint}'>{escape(flag.detail)}</span>",
            f"{flag.probability:.0%}",
        )
        for flag in outcome.flags
    )


def _readings(readings: Sequence[Reading]) -> str:
    lines = "".join(
        f"<tr><td style='padding:2px 0; color:{PALETTE.soft}'>{escape(_words(reading.name))}</td>"
        f"<td align='right' style='padding:2px 0'>{_figure(reading)}</td></tr>"
        for reading in readings
    )
    return f"<table cellspacing='0' cellpadding='0' width='100%'>{lines}</table>" if lines else ""


def _figure(reading: Reading) -> str:
    if reading.value is None:
        return f"<span style='color:{PALETTE.faint}'>not measured</span>"
    value = f"{reading.value:,.0f}" if abs(reading.value) >= 100 else f"{reading.value:.4g}"
    return escape(f"{value} {reading.unit}".strip())
