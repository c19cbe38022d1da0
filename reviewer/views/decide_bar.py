"""The bar below the pictures: step, undo and decide."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QWidget

from reviewer.actions import key_text
from reviewer.actions import keys_of
from reviewer.actions import tooltip
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.theme import PALETTE
from reviewer.views.header import tool
from reviewer.widgets.buttons import DecideButton

HEIGHT = 64


class DecideBar(QWidget):
    """Buttons for the commands of the group "Decide" and for stepping, by the command's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        row.setSpacing(GRID)
        self.steps: dict[str, QToolButton] = {name: tool(name, tooltip(name)) for name in ("previous", "next")}
        self.steps["undo"] = tool("undo", tooltip("undo"))
        self.steps["redo_decision"] = tool("redo", tooltip("redo_decision"))
        self.place = QLabel()
        self.place.setObjectName("soft")
        row.addWidget(self.steps["previous"])
        row.addWidget(self.steps["next"])
        row.addWidget(self.place)
        row.addStretch(1)
        row.addWidget(self.steps["undo"])
        row.addWidget(self.steps["redo_decision"])
        row.addSpacing(GRID)
        self.decisions: dict[str, DecideButton] = {}
        for name, icon, title, accent in (
            ("redo", "redo-image", translate("Decide", "Redo"), PALETTE.wait),
            ("reject", "reject", translate("Window", "Reject"), PALETTE.bad),
            ("approve", "approve", translate("Window", "Approve"), PALETTE.good),
            ("sign_off", "sign-off", translate("Window", "Sign off"), PALETTE.good),
        ):
            button = DecideButton(icon, title, key_cap(name), accent)
            button.setToolTip(tooltip(name))
            self.decisions[name] = button
            row.addWidget(button)
        self._add_hold(row)
        self._signs_off = False
        self.show_hold("", may_take_over=False)
        self.show_place(None, 0)
        self.allow(decide=False, sign_off=False)

    def _add_hold(self, row: QHBoxLayout) -> None:
        self.held = QLabel()
        self.held.setObjectName("soft")
        self.take_over = DecideButton("take-over", translate("Window", "Take over"), key_cap("take_over"), PALETTE.wait)
        self.take_over.setToolTip(tooltip("take_over"))
        row.addWidget(self.held)
        row.addWidget(self.take_over)

    def show_place(self, row: int | None, rows: int) -> None:
        """Say which image of the list this is."""
        done, total = numeral(f"{(row or 0) + 1:,}"), numeral(f"{rows:,}")
        place = translate("Window", "{done} of {total}").format(done=done, total=total)
        self.place.setText(place if row is not None else "")
        self.steps["previous"].setEnabled(row is not None and row > 0)
        self.steps["next"].setEnabled(row is not None and row + 1 < rows)

    def allow(self, *, decide: bool, sign_off: bool) -> None:
        """Enable what may be decided about the image on the screen."""
        for button in self.decisions.values():
            button.setEnabled(decide)
        self._signs_off = sign_off
        self._show_fitting()

    def show_hold(self, person: str, *, may_take_over: bool) -> None:
        """Say who else has the image open, in the place of the decisions that are theirs; "" for nobody."""
        self.held.setText(translate("Window", "{name} has this image open").format(name=person) if person else "")
        self.held.setVisible(bool(person))
        self.take_over.setVisible(bool(person) and may_take_over)
        self._show_fitting()

    def _show_fitting(self) -> None:
        shown = {"redo", "reject", "sign_off" if self._signs_off else "approve"} if not self.held.text() else set()
        for name, button in self.decisions.items():
            button.setVisible(name in shown)

    def say_keys(self) -> None:
        """Name the keys as they are now."""
        decisions = {**self.decisions, "take_over": self.take_over}
        for name, button in {**self.steps, **decisions}.items():
            button.setToolTip(tooltip(name))
        for name, decision in decisions.items():
            decision.set_key(key_cap(name))


def key_cap(name: str) -> str:
    """Return the first key of a command, as short as it stands on a button."""
    return key_text(keys_of(name)[0]).replace("Return", "↵")
