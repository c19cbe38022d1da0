"""Before it ships: an image as a shopper sees it, per place of sale, from the decoded file that would leave."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.settings import Platform
from reviewer.desk import Desk
from reviewer.desk.shipping import Shown
from reviewer.language import translate
from reviewer.sentences import said_words
from reviewer.theme import GRID
from reviewer.titles import platform_title
from reviewer.views.shipping_words import file_words
from reviewer.widgets.alive import while_alive
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.shop_page import PRODUCT
from reviewer.widgets.shop_page import SEARCH
from reviewer.widgets.shop_page import ShopPage

SIZE, CHOOSER_WIDTH = (1120, 720), 240
TILES = {"google_shopping": 172, "meta_shop": 180, "etsy": 232, "zalando": 232}
USUAL_TILE = 220
"""Widths of a search result on a desk's screen, in pixels."""


class ListingDialog(QDialog):
    """The preview of one image; another image may be shown in the same dialog.

    Attributes:
        page: the shop's page; sentence: what verification says of the file.
    """

    def __init__(self, desk: Desk, platforms: Mapping[str, Platform], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._image, self._turn = desk, 0, 0
        self._rules = platforms
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Listing", "As a shopper sees it"))
        self.resize(*SIZE)
        self.page, self.sentence = ShopPage(), QLabel()
        tip = translate("Listing", "The place of sale whose file is shown")
        self.platforms = Chooser(translate("Listing", "Place of sale"), tip, CHOOSER_WIDTH)
        for name, rules in platforms.items():
            self.platforms.addItem(platform_title(rules.title), name)
        self.platforms.currentIndexChanged.connect(lambda _: self.look())
        self.modes = {
            SEARCH: QPushButton(translate("Listing", "Search results")),
            PRODUCT: QPushButton(translate("Listing", "Product page")),
        }
        self.dark = QCheckBox(translate("Listing", "Dark page"))
        self._lay_out()
        self._choose_mode(SEARCH)

    def _lay_out(self) -> None:
        column, head = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        head.setSpacing(GRID)
        head.addWidget(self.platforms)
        for number, (mode, button) in enumerate(self.modes.items(), 1):
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAutoDefault(False)
            button.setToolTip(f"{button.text()}  ({number})")
            button.clicked.connect(lambda _=False, mode=mode: self._choose_mode(mode))
            self._hear(str(number), button.click)
            head.addWidget(button)
        self.dark.setToolTip(translate("Listing", "How it looks on a shop's dark page  (D)"))
        self.dark.toggled.connect(self.page.set_dark)
        self._hear("D", self.dark.toggle)
        head.addWidget(self.dark)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.page, 1)
        self.sentence.setObjectName("soft")
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.sentence)

    def _hear(self, key: str, call: object) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(call)

    def show_image(self, image: int) -> None:
        """Show this image from now on."""
        if image != self._image:
            self._image = image
            self.look()

    def look(self) -> None:
        """Have the file made that would leave now, and show it."""
        if not self._image:
            return
        self._turn += 1
        turn = self._turn
        self.sentence.setText(translate("Listing", "Making the file…"))

        def current() -> bool:
            return turn == self._turn

        self._desk.shipping.listing(
            self._image,
            self.platforms.currentData(),
            while_alive(self, lambda shown: self._show(shown) if current() else None),
            failed=while_alive(self, lambda error: self._fail(error) if current() else None),
            wanted=current,
        )

    def _choose_mode(self, mode: str) -> None:
        self.modes[mode].setChecked(True)
        self.page.set_mode(mode)

    def _show(self, shown: Shown) -> None:
        listing = shown.listing
        self.page.tile = TILES.get(listing.platform, USUAL_TILE)
        self.page.show_offer(listing.offer.title, shown.pixels, shown.beside)
        said = file_words(listing.report, self._rules[listing.platform])
        self.sentence.setText(" ".join(filter(None, (said, said_words(listing.problem)))))

    def _fail(self, error: KnownError) -> None:
        self.page.clear()
        self.sentence.setText(said_words(str(error)))

    def done(self, result: int) -> None:
        self._turn += 1
        super().done(result)
