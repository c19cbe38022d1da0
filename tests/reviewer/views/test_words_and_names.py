"""Every sentence of the window can be translated, German fits, and every control has a name for a screen reader."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QLocale
from PySide6.QtCore import Qt
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QAbstractScrollArea
from PySide6.QtWidgets import QAbstractSpinBox
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QScrollBar
from PySide6.QtWidgets import QWidget

from reviewer.language import LANGUAGES
from reviewer.language import language_of
from reviewer.views.key_sheet import KeySheet
from reviewer.views.retouch_sheet import RetouchSheet
from reviewer.views.words import SHIPPED_REASONS
from reviewer.views.words import reason_title
from reviewer.widgets.coach import Ring
from reviewer.widgets.fact_list import FactList

TRANSLATIONS = Path(__file__).resolve().parents[3] / "resources" / "translations"
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QAbstractSpinBox)
MARK = "⟦"


class Marked(QTranslator):
    """Puts a mark before everything that asks for a translation."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context, text, disambiguation=None, n=-1) -> str:
        return f"{MARK}{text.replace('%Ln', str(n))}"


def everything(window, qtbot) -> Iterator[QWidget]:
    """The window, then each of its dialogs."""
    yield window
    for command, name in (("settings", "settings"), ("run_panel", "run")):
        window.actions_by_name[command].trigger()
        dialog = window.around.dialog(name)
        if name == "settings":
            for row in range(dialog.pages.count()):
                if not row or isinstance(dialog.pages.item(row).data(Qt.ItemDataRole.UserRole), QWidget):
                    dialog.pages.setCurrentRow(row)
                    yield dialog
            dialog.search.setText("gap")
        else:
            qtbot.waitUntil(lambda dialog=dialog: dialog.body.widget() is not None)
        yield dialog
        dialog.close()
    window.around.take_in([Path(__file__).parent])
    yield window.around.dialog("intake")
    window.around.dialog("intake").close()
    window.show_keys()
    (sheet,) = window.findChildren(KeySheet)
    yield sheet
    sheet.close()
    window.actions_by_name["repair"].trigger()
    qtbot.waitUntil(lambda: window.repair.active)
    yield window
    window.repair_mode.actions["hole"].trigger()
    yield window
    window.show_keys()
    (sheet,) = window.findChildren(RetouchSheet)
    yield sheet
    sheet.close()
    window.repair.leave()
    window.actions_by_name["tour"].trigger()
    while window.around.tour is not None:
        yield window
        window.around.tour.forward()


def parts(root: QWidget) -> list[QWidget]:
    return [widget for widget in (root, *root.findChildren(QWidget)) if widget.isVisibleTo(root) or widget is root]


def own(widget: QWidget) -> bool:
    """Whether it is ours, and no inner part of one of Qt's own controls."""
    inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)
    parent = widget.parentWidget()
    while parent is not None and not inner:
        inner = isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit) or type(parent).__name__ == (
            "QKeySequenceEdit"
        )
        inner = inner or (isinstance(parent, QAbstractItemView) and isinstance(widget, QAbstractButton | QHeaderView))
        parent = parent.parentWidget()
    return not inner


def plain(text: str) -> str:
    if not re.search(r"<[a-z]", text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


@pytest.fixture
def marked(qapp, themed) -> Iterator[None]:
    translator = Marked()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def said(widget: QWidget) -> Iterator[str]:
    """Every text of a widget that a person can see or hear."""
    yield widget.toolTip()
    yield widget.accessibleName()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if widget.isWindow():
        yield widget.windowTitle()


KNOWN_DATA = re.compile(
    r"Whitepoint|shoot|test_|SKU|item-|toys|client|views|Halo|offscreen|Deutsch|English|1:1|200%|sRGB|embedded"
    r"|QWidget|Inter|px|RGB|It fell over|Slot|every background pixel"
)


def is_data(text: str, settings_words: set[str]) -> bool:
    return text in settings_words or bool(KNOWN_DATA.search(text)) or not re.search(r"[A-Za-z]{3}", text)


def test_every_sentence_of_the_window_asks_for_its_translation(qtbot, marked, show, studio) -> None:
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.current is not None)
    reasons = {reason.title for reason in studio.settings.reasons.values()}
    escaped: set[str] = set()
    for root in everything(window, qtbot):
        rows = {words for row in root.findChildren(QWidget) if hasattr(row, "field") for words in _row_words(row)}
        for widget in parts(root):
            if own(widget):
                texts = (plain(text) for text in said(widget))
                escaped |= {
                    f"{type(widget).__name__}: {text}"
                    for text in texts
                    if MARK not in text and not is_data(text, rows | reasons)
                }
    assert not escaped


def _row_words(row: QWidget) -> Iterator[str]:
    """What a setting is called and what is said of it comes out of its file."""
    for child in (row, *row.findChildren(QWidget)):
        yield from said(child)


def test_german_and_english_are_complete_and_built() -> None:
    for name in ("de", "en"):
        source, built = TRANSLATIONS / f"whitepoint_{name}.ts", TRANSLATIONS / f"whitepoint_{name}.qm"
        unfinished = [
            message.findtext("source")
            for message in ElementTree.parse(source).getroot().iter("message")
            if message.find("translation").get("type") == "unfinished"
        ]
        assert not unfinished
        assert QTranslator().load(str(built))


def test_the_sources_hold_no_sentence_that_german_lacks(tmp_path) -> None:
    root = TRANSLATIONS.parents[1]
    fresh = tmp_path / "fresh.ts"
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    paths = [*sorted((root / "reviewer").rglob("*.py")), root / "pipeline" / "sentences.py"]
    sources = [str(path) for path in paths]
    command = [str(tool), *sources, "-tr-function-alias", "tr+=counted,QT_TRANSLATE_NOOP+=marked", "-ts", str(fresh)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert sentences(fresh) == sentences(TRANSLATIONS / "whitepoint_de.ts")


def sentences(file: Path) -> set[tuple[str, str]]:
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in ElementTree.parse(file).getroot().iter("context")
        for message in context.iter("message")
        if message.find("translation").get("type") not in ("vanished", "obsolete")
    }


def test_plurals_and_placeholders_survive_translation() -> None:
    for message in ElementTree.parse(TRANSLATIONS / "whitepoint_de.ts").getroot().iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        wanted = set(re.findall(r"\{\w+\}", source))
        for form in forms:
            assert set(re.findall(r"\{\w+\}", form)) == wanted, source
        assert "%Ln" not in source or "%Ln" in forms[-1]


def test_german_fits_everywhere(qtbot, german, show, studio) -> None:
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.current is not None)
    assert QCoreApplication.translate("Window", "Approve") == "Freigeben"
    for root in everything(window, qtbot):

        def all_fits(root=root) -> None:
            # Layouts settle in the event loop, so what is clipped for good is what stays so.
            assert not {f"{type(w).__name__}: {w.text()}" for w in parts(root) if own(w) and is_clipped(w)}

        qtbot.waitUntil(all_fits, timeout=3000)


def test_the_keys_fit_a_small_screen(qtbot, german, show, studio) -> None:
    window = show(studio)
    window.show_keys()
    (sheet,) = window.findChildren(KeySheet)
    room = sheet.sizeHint()
    assert room.width() <= 1366
    assert room.height() <= 740
    sheet.close()


def is_clipped(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 2
        ignored = widget.sizePolicy().horizontalPolicy() == widget.sizePolicy().Policy.Ignored
        return not ignored and widget.sizeHint().width() > widget.width() + 1
    if isinstance(widget, QAbstractButton) and widget.text():
        small = widget.font()
        hint = widget.sizeHint().width()
        if type(widget).__name__ == "FilterButton":
            small.setPixelSize(11)
            return QFontMetrics(small).horizontalAdvance(widget.text()) > widget.width()
        return hint > widget.width() + 1
    return False


def test_every_control_has_a_name_and_says_what_it_does(qtbot, show, studio) -> None:
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.current is not None)
    nameless: set[str] = set()
    tipless: set[str] = set()
    for root in everything(window, qtbot):
        for widget in parts(root):
            if not own(widget) or not isinstance(widget, CONTROLS):
                continue
            label = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or label):
                nameless.add(f"{type(widget).__name__} {widget.objectName()} {widget.toolTip()}")
            if isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and not widget.toolTip():
                tipless.add(f"{type(widget).__name__} {label or widget.accessibleName()}")
    assert not nameless
    assert not tipless


def test_lists_of_findings_are_read_aloud(qtbot, show, studio) -> None:
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.current is not None)
    for rows in window.score.findChildren(FactList):
        if rows.height():
            assert rows.accessibleName()
            assert rows.accessibleDescription()
    assert isinstance(window.score, QAbstractScrollArea)


def test_a_ring_never_takes_the_mouse_from_what_it_rings(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert Ring(parent).testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


@pytest.mark.parametrize(("system", "spoken"), [("de_AT", "de"), ("de_DE", "de"), ("en_GB", "en"), ("fr_FR", "en")])
def test_the_system_s_language_is_spoken_where_we_speak_it(system: str, spoken: str) -> None:
    assert language_of("system", QLocale(system)) == spoken
    assert language_of("klingon", QLocale(system)) == spoken
    assert set(LANGUAGES) == {"system", "en", "de"}


def test_the_shipped_reasons_are_spoken_in_german(german, studio) -> None:
    for reason in studio.settings.reasons.values():
        assert reason.title in SHIPPED_REASONS
        assert reason_title(reason) != reason.title
