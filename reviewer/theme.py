"""The look: pure greys beside product colours, one type scale, an 8 px grid, icons in the colour of the text."""

from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import replace
from functools import cache
from importlib import resources
from string import Template

from PySide6.QtCore import QByteArray
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontDatabase
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QIcon
from PySide6.QtGui import QIconEngine
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPalette
from PySide6.QtGui import QPixmap
from PySide6.QtGui import QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from pipeline.model import State
from pipeline.model import Verdict

FAMILY = "Inter"
FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
GRID = 8
ICON_SIDE = 18
FLASH_MILLISECONDS = 1000


@dataclass
class Palette:
    """Every colour of the window. All greys have R = G = B; the accents only ever fill small marks and rings."""

    canvas: str = "#2e2e2e"
    ground: str = "#161616"
    panel: str = "#1c1c1c"
    raised: str = "#282828"
    hover: str = "#333333"
    pressed: str = "#3d3d3d"
    line: str = "#303030"
    edge: str = "#4a4a4a"
    text: str = "#ededed"
    soft: str = "#ababab"
    faint: str = "#949494"
    disabled: str = "#636363"
    focus: str = "#d6d6d6"
    good: str = "#62b987"
    wait: str = "#d8a24a"
    bad: str = "#e5736b"
    work: str = "#7ea8d8"


THEMES: dict[str, Palette] = {
    "dark": Palette(),
    "mid_grey": Palette(
        canvas="#777777",
        ground="#3c3c3c",
        panel="#474747",
        raised="#4f4f4f",
        hover="#5e5e5e",
        pressed="#6b6b6b",
        line="#5a5a5a",
        edge="#858585",
        text="#f7f7f7",
        soft="#d9d9d9",
        faint="#cccccc",
        disabled="#949494",
        focus="#ffffff",
        good="#84d9a8",
        wait="#f2c26e",
        bad="#ffb8b1",
        work="#a9ccf5",
    ),
    "high_contrast": Palette(
        canvas="#1a1a1a",
        ground="#000000",
        panel="#000000",
        raised="#121212",
        hover="#2b2b2b",
        pressed="#424242",
        line="#8c8c8c",
        edge="#ffffff",
        text="#ffffff",
        soft="#f2f2f2",
        faint="#dedede",
        disabled="#9c9c9c",
        focus="#ffd84a",
        good="#7ee6a8",
        wait="#ffc95c",
        bad="#ff9a92",
        work="#a6d0ff",
    ),
}

PALETTE = replace(THEMES["dark"])
"""What is on the screen now. As Qt's own palette it belongs to the application; only `install_theme` changes it."""

_GOOD = (State.APPROVED, State.READY, State.DELIVERED)
_BAD = (State.REJECTED, State.FAILED, State.RECALLED)


def state_color(state: State) -> QColor:
    """Return the small accent of a state: good, bad, at work, or waiting for a person."""
    if state in _GOOD:
        return QColor(PALETTE.good)
    if state in _BAD:
        return QColor(PALETTE.bad)
    if state is State.NEW:
        return QColor(PALETTE.faint)
    return QColor(PALETTE.work if state is State.PROCESSING else PALETTE.wait)


def verdict_color(verdict: Verdict) -> QColor:
    """Return the small accent of a verdict."""
    colors = {Verdict.APPROVE: PALETTE.good, Verdict.REVIEW: PALETTE.wait, Verdict.REDO: PALETTE.bad}
    return QColor(colors[verdict])


@dataclass(frozen=True)
class TypeScale:
    """The only font sizes there are, in logical pixels."""

    small: int = 11
    body: int = 13
    title: int = 15
    large: int = 20
    figure: int = 36


TYPE = TypeScale()


@cache
def font(size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the window's font, never to be changed; figures have one width, so that numbers stand still."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def install_theme(application: QApplication, theme: str = "dark", *, calm: bool = False) -> None:
    """Give the application its font, palette and style sheet; an unknown theme is the dark one.

    Where it shall be `calm`, neither menus nor tooltips move, and no cursor blinks.
    """
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        application.setEffectEnabled(effect, not calm)
    application.setCursorFlashTime(0 if calm else FLASH_MILLISECONDS)
    for name, color in asdict(THEMES.get(theme, THEMES["dark"])).items():
        setattr(PALETTE, name, color)
    _load_fonts()
    application.setStyle("Fusion")
    application.setFont(font(TYPE.body))
    application.setPalette(_qt_palette())
    application.setStyleSheet(style_sheet())
    for widget in application.allWidgets():
        # Painted widgets have no style sheet that would tell them.
        widget.update()


def style_sheet() -> str:
    """Return resources/reviewer.qss with the colours, the sizes and the folder of icons filled in."""
    text = resources.files("resources").joinpath("reviewer.qss").read_text("utf-8")
    sizes = {f"size_{name}": f"{value}px" for name, value in asdict(TYPE).items()}
    icons = {"icons": str(resources.files("resources").joinpath("icons")).replace("\\", "/")}
    return Template(text).substitute(asdict(PALETTE) | sizes | icons)


def _load_fonts() -> None:
    if FAMILY in QFontDatabase.families():
        return
    for name in FONT_FILES:
        data = resources.files("resources").joinpath("fonts", name).read_bytes()
        QFontDatabase.addApplicationFontFromData(QByteArray(data))


def _qt_palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: PALETTE.panel,
        QPalette.ColorRole.Base: PALETTE.ground,
        QPalette.ColorRole.AlternateBase: PALETTE.raised,
        QPalette.ColorRole.Button: PALETTE.raised,
        QPalette.ColorRole.WindowText: PALETTE.text,
        QPalette.ColorRole.Text: PALETTE.text,
        QPalette.ColorRole.ButtonText: PALETTE.text,
        QPalette.ColorRole.ToolTipBase: PALETTE.raised,
        QPalette.ColorRole.ToolTipText: PALETTE.text,
        QPalette.ColorRole.PlaceholderText: PALETTE.faint,
        QPalette.ColorRole.Highlight: PALETTE.edge,
        QPalette.ColorRole.HighlightedText: PALETTE.text,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(PALETTE.disabled))
    return palette


def icon(name: str) -> QIcon:
    """Return resources/icons/NAME.svg as an icon that dims when disabled and follows the theme."""
    return QIcon(_Icon(name))


class _Icon(QIconEngine):
    """Draws an icon when it is seen, in the theme of that moment."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        side = min(size.width(), size.height())
        color = PALETTE.disabled if mode is QIcon.Mode.Disabled else PALETTE.text
        # A button without any room asks for nothing.
        return icon_pixmap(self._name, color, side) if side > 0 else QPixmap()

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        painter.drawPixmap(rect.topLeft(), self.pixmap(QSize(side, side), mode, state))

    def clone(self) -> QIconEngine:
        return _Icon(self._name)


def icon_pixmap(name: str, color: str, side: int = ICON_SIDE) -> QPixmap:
    """Return an icon in one colour, `side` logical pixels, sharp on the densest screen there is."""
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    key, known = f"{name} {color} {side} {ratio}", QPixmap()
    if QPixmapCache.find(key, known):
        return known
    pixmap = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(_svg(name).replace("currentColor", color).encode())).render(
        painter, QRectF(0, 0, side, side)
    )
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


@cache
def _svg(name: str) -> str:
    return resources.files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8")
