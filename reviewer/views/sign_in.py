"""Signing in: name and role, and a PIN for those who have one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QDialogButtonBox
from PySide6.QtWidgets import QFormLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.model import Member
from pipeline.model import Role
from reviewer.desk.seat import Seat
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.header import ROLES
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.field_label import FieldLabel

WIDTH = 420
LONGEST = 80


class SignIn(QDialog):
    """Asks who sits here; stays open, with the sentence, until the studio agrees."""

    def __init__(
        self,
        seat: Seat,
        members: Sequence[Member],
        name: str,
        role: Role,
        sentence: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._seat = seat
        self.setObjectName("sheet")
        self.setWindowTitle(translate("SignIn", "Sign in"))
        self.setFixedWidth(WIDTH)
        self.names = QComboBox()
        self.names.setEditable(True)
        self.names.addItems([member.name for member in members])
        self.names.setCurrentText(name)
        self.roles = Chooser(
            translate("SignIn", "Role"), translate("SignIn", "A senior signs off what others made"), WIDTH
        )
        for known, title in ROLES:
            self.roles.addItem(translate("Window", title), known)
        self.roles.setCurrentIndex([known for known, _ in ROLES].index(role))
        self.pin = _secret(translate("SignIn", "Your PIN, if you have one"))
        self.renew = QCheckBox(translate("SignIn", "Change my PIN"))
        self.new_pin = _secret(translate("SignIn", "The new PIN; leave it empty to have none"))
        self.voucher = QLineEdit()
        self.voucher.setPlaceholderText(translate("SignIn", "A senior's name"))
        self.voucher_pin = _secret(translate("SignIn", "That senior's PIN"))
        self.sentence = QLabel(sentence)
        self.sentence.setWordWrap(True)
        self.sentence.setVisible(bool(sentence))
        self._lay_out()
        self.roles.activated.connect(self._show_fitting)
        self.renew.toggled.connect(self._show_fitting)
        self._show_fitting()
        (self.pin if name else self.names).setFocus()

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setSpacing(GRID)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows = (
            (translate("SignIn", "Name"), self.names),
            (translate("SignIn", "Role"), self.roles),
            (translate("SignIn", "PIN"), self.pin),
            ("", self.renew),
            (translate("SignIn", "New PIN"), self.new_pin),
            (translate("SignIn", "Vouched for by"), self.voucher),
            ("", self.voucher_pin),
        )
        for title, field in rows:
            field.setAccessibleName(title or field.toolTip())
            self.form.addRow(FieldLabel(title, field), field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = buttons.addButton(translate("SignIn", "Sign in"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setDefault(True)
        buttons.accepted.connect(self.sign_in)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.sentence)
        column.addLayout(self.form)
        column.addWidget(buttons)

    def sign_in(self) -> None:
        """Try what was typed."""
        self.button.setEnabled(False)
        self._seat.signed_in.connect(self._done)
        self._seat.sit_down(
            self.names.currentText(),
            Role(self.roles.currentData()),
            pin=self.pin.text(),
            voucher=self.voucher.text().strip(),
            voucher_pin=self.voucher_pin.text(),
            new_pin=self.new_pin.text() if self.renew.isChecked() else None,
            failed=self._refused,
        )

    def _done(self, _: Member) -> None:
        self._seat.signed_in.disconnect(self._done)
        self.accept()

    def _refused(self, error: KnownError) -> None:
        self._seat.signed_in.disconnect(self._done)
        self.button.setEnabled(True)
        self.sentence.setText(str(error))
        self.sentence.show()
        self.form.setRowVisible(self.voucher, Role(self.roles.currentData()) is Role.SENIOR)
        self.form.setRowVisible(self.voucher_pin, Role(self.roles.currentData()) is Role.SENIOR)
        self.adjustSize()

    def _show_fitting(self) -> None:
        self.form.setRowVisible(self.new_pin, self.renew.isChecked())
        needed = Role(self.roles.currentData()) is Role.SENIOR and bool(self.sentence.text())
        self.form.setRowVisible(self.voucher, needed)
        self.form.setRowVisible(self.voucher_pin, needed)
        self.adjustSize()


def _secret(tip: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(LONGEST)
    field.setToolTip(tip)
    field.setPlaceholderText(tip)
    return field
