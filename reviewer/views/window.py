"""The window: where the panels lie, which keys they hear, and what may be dropped on them. No behaviour of its own."""

import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QEvent
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtGui import QDropEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QMainWindow
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.model import Card
from pipeline.settings import Settings
from reviewer.actions import install
from reviewer.actions import renew_keys
from reviewer.actions import tooltip
from reviewer.desk import Desk
from reviewer.images.display import Display
from reviewer.images.monitor import monitor_profile
from reviewer.images.pyramid import Pixels
from reviewer.language import translate
from reviewer.models.queue import QueueModel
from reviewer.models.sitting import Sitting
from reviewer.models.thumbnails import Thumbnails
from reviewer.models.thumbnails import thumbnail_names
from reviewer.views.around import Around
from reviewer.views.compare_panel import ComparePanel
from reviewer.views.decide_bar import DecideBar
from reviewer.views.decide_bar import key_cap
from reviewer.views.floor import Floor
from reviewer.views.header import HeaderBar
from reviewer.views.key_sheet import KeySheet
from reviewer.views.layering import WALKS
from reviewer.views.queue_panel import QueuePanel
from reviewer.views.retouch import Retouch
from reviewer.views.retouch_mode import RetouchMode
from reviewer.views.retouch_panel import RetouchPanel
from reviewer.views.retouch_sheet import RetouchSheet
from reviewer.views.score_panel import ScorePanel
from reviewer.views.session import Session
from reviewer.widgets.panes import ONION
from reviewer.widgets.panes import SIDE_BY_SIDE
from reviewer.widgets.panes import SPLIT
from reviewer.widgets.panes import Look
from reviewer.widgets.queue_list import QueueGrid

MINIMUM = (1280, 640)
FIRST_SIZE = (1440, 900)
TAP_SECONDS = 0.3
CARRIES = QT_TRANSLATE_NOOP("Window", "Zoom and place stay for the next image.")
FITS = QT_TRANSLATE_NOOP("Window", "Every image is shown whole first.")
MENU = ("sign_in", "close_batch", "run_panel", "settings", "keys", "tour", "logs")


class MainWindow(QMainWindow):
    """The review window.

    Attributes:
        session: what happens in it; the panels are its parts.
        repair: what is painted by hand.
        around: settings, intake, help and the log.

    Signals:
        report_written(Path): a mistake of this program was noted in that file; may come from any thread.
    """

    report_written = Signal(object)

    def __init__(self, desk: Desk, settings: Settings, sitting: Sitting) -> None:
        super().__init__()
        self.setWindowTitle("Whitepoint")
        self.setAcceptDrops(True)
        self.setMinimumSize(*MINIMUM)
        self.resize(*FIRST_SIZE)
        self._desk, self._settings, self._sitting = desk, settings, sitting
        self.around = Around(self, desk, settings, sitting)
        self.thumbnails = Thumbnails(desk.thumbnail, self)
        self.header, self.compare, self.score, self.bar = HeaderBar(), ComparePanel(), ScorePanel(settings), DecideBar()
        self.queue_panel, self.grid = QueuePanel(self._thumbnail), QueueGrid(self._thumbnail)
        self._lay_out()
        self.session = Session(
            desk,
            settings,
            header=self.header,
            queue_panel=self.queue_panel,
            compare=self.compare,
            score=self.score,
            bar=self.bar,
            queue=QueueModel(desk.lists, self),
            thumbnails=self.thumbnails,
            parent=self,
        )
        self.floor = Floor(self.session, desk, settings, sitting, self.header, self.grid)
        self.repair = Retouch(self.session, desk, self.repair_panel)
        self.actions_by_name = install(self, self._handlers())
        review = (self.compare, self.bar, self.score)
        self.repair_mode = RetouchMode(self, self.repair, desk, self.actions_by_name, review)
        self._connect()
        self._space_at, self._follows_screen = 0.0, False
        self.compare.canvas.recall(Look.of(sitting.look))
        self.compare.show_look(self.compare.canvas.look())
        if not sitting.geometry.isEmpty():
            self.restoreGeometry(sitting.geometry)
        self.compare.stack.currentWidget().setFocus()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.compare, 1)
        middle.addWidget(self.bar)
        middle.addWidget(self.grid, 1)
        self.grid.hide()
        self.repair_panel = RetouchPanel()
        self.repair_panel.hide()
        middle.addWidget(self.repair_panel, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.queue_panel)
        row.addLayout(middle, 1)
        row.addWidget(self.score)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)
        self.setCentralWidget(body)

    def _handlers(self) -> dict[str, Callable[[], None]]:
        session, canvas, deciding = self.session, self.compare.canvas, self.session.deciding
        return {
            "approve": deciding.approve,
            "reject": deciding.reject,
            "redo": deciding.redo,
            "sign_off": deciding.sign_off,
            "client_changed": deciding.client_changed,
            "undo": session.undo,
            "redo_decision": session.redo_decision,
            "next": lambda: session.step(1),
            "previous": lambda: session.step(-1),
            "first": lambda: session.jump(0),
            "last": lambda: session.jump(-1),
            "find": self._find,
            "filter_review": lambda: session.choose_filter("review"),
            "filter_all": lambda: session.choose_filter("all"),
            "toggle_zoom": canvas.toggle_zoom,
            "fit": canvas.fit,
            "actual": lambda: canvas.zoom_to(1.0),
            "double": lambda: canvas.zoom_to(2.0),
            "zoom_in": lambda: canvas.zoom_by(1),
            "zoom_out": lambda: canvas.zoom_by(-1),
            "side_by_side": lambda: self._set_mode(SIDE_BY_SIDE),
            "split": lambda: self._set_mode(SPLIT),
            "onion": lambda: self._set_mode(ONION),
            "onion_more": lambda: canvas.change_onion(1),
            "onion_less": lambda: canvas.change_onion(-1),
            "carry": self._toggle_carrying,
            "minimap": self._toggle_minimap,
            **{kind: partial(session.layering.walk, kind) for kind in WALKS},
            "next_place": lambda: session.pointing.step(1),
            "previous_place": lambda: session.pointing.step(-1),
            **self.around.handlers(),
            **self.floor.handlers(),
            "repair": self.repair.enter,
            "retry": session.retry,
            "full_screen": self._toggle_full_screen,
            "keys": self.show_keys,
        }

    def _connect(self) -> None:
        buttons = {**self.compare.tools, **self.bar.steps, **self.bar.decisions, "grid": self.queue_panel.grid_button}
        for name, button in buttons.items():
            button.clicked.connect(self.actions_by_name[name].trigger)
        self.header.open_asked.connect(self.around.choose_folder)
        for name in MENU:
            self.header.menu.addAction(self.actions_by_name[name])
        self.around.batch = lambda: self.session.batch_at_hand
        self.around.parts = self._parts()
        self.around.keys_changed.connect(self._take_up_keys)
        self.around.look_changed.connect(self._take_up_look)
        self._take_up_look()
        self.around.told.connect(self.compare.toast.say)
        self.report_written.connect(self.around.tell_report)
        self.header.watch_asked.connect(self.switch_watching)
        self._desk.watcher.changed.connect(self.header.show_watching)
        self.header.cancel_asked.connect(self._desk.cancel)
        self.header.continue_asked.connect(self.session.continue_line)
        self.header.keys_asked.connect(self.show_keys)
        self.around.settings_saved.connect(self.floor.take_up)
        self.floor.sit_down()

    def _take_up_look(self) -> None:
        self.compare.toast.stays = self._sitting.calm

    def _take_up_keys(self) -> None:
        """Have the commands, and what is said of them, with their new keys."""
        renew_keys(self.actions_by_name)
        for name, button in {**self.compare.tools, **self.bar.steps, **self.bar.decisions}.items():
            button.setToolTip(tooltip(name))
        for name, decision in self.bar.decisions.items():
            decision.set_key(key_cap(name))
        self.header.open_button.setToolTip(tooltip("open"))
        self.header.keys_button.setToolTip(tooltip("keys"))
        self.queue_panel.search.setToolTip(tooltip("find"))

    def _parts(self) -> dict[str, Callable[[], QWidget]]:
        """Return what the tour explains."""
        return {
            "lists": lambda: self.queue_panel,
            "pictures": lambda: self.compare.stack,
            "evidence": lambda: self.compare.tools["white"],
            "score": lambda: self.score,
            "decide": lambda: self.bar,
            "open": lambda: self.header.open_button,
            "menu": lambda: self.header.menu_button,
        }

    def switch_watching(self) -> None:
        """Ask for a folder to watch, or watch no more."""
        watcher = self._desk.watcher
        if watcher.state.folder is not None:
            watcher.stop()
            return
        folder = QFileDialog.getExistingDirectory(self, translate("Window", "Watch a folder for new product photos"))
        if folder:
            watcher.start(Path(folder))
        else:
            self.header.show_watching(watcher.state)

    def show_keys(self) -> None:
        """Show the keyboard sheet over the window."""
        sheet = RetouchSheet(self) if self.repair.active else KeySheet(self._settings, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _thumbnail(self, card: Card) -> Pixels | None:
        found = (self.thumbnails.picture(sha) for sha in thumbnail_names(card))
        return next((picture for picture in found if picture is not None), None)

    def _set_mode(self, mode: str) -> None:
        canvas = self.compare.canvas
        # A second press on the same key leads back.
        canvas.set_mode(SIDE_BY_SIDE if mode == canvas.mode else mode)
        self.compare.show_look(canvas.look())

    def _toggle_carrying(self) -> None:
        canvas = self.compare.canvas
        canvas.carries = not canvas.carries
        self.compare.show_look(canvas.look())
        self.compare.toast.say(translate("Window", CARRIES if canvas.carries else FITS))

    def _toggle_minimap(self) -> None:
        canvas = self.compare.canvas
        canvas.set_minimap(not canvas.with_minimap)
        self.compare.show_look(canvas.look())

    def _find(self) -> None:
        self.queue_panel.search.setFocus()
        self.queue_panel.search.selectAll()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _leave(self) -> None:
        """Escape ends what was entered last: the marked places, else the full screen."""
        if not self.session.pointing.clear() and self.isFullScreen():
            self._toggle_full_screen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        canvas = self.compare.canvas
        if event.isAutoRepeat():
            return
        if event.text() == "\\":
            canvas.set_blink(True)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Space:
            self._space_at, self._space_view = time.monotonic(), canvas.view
            canvas.set_panning_key(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        canvas = self.compare.canvas
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Backslash or event.text() == "\\":
            canvas.set_blink(False)
        elif event.key() == Qt.Key.Key_Space:
            canvas.set_panning_key(False)
            if time.monotonic() - self._space_at < TAP_SECONDS and canvas.view == self._space_view:
                canvas.toggle_zoom()
        else:
            super().keyReleaseEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None and not self._follows_screen:
            self._follows_screen = True
            handle.screenChanged.connect(self._look_at_monitor)
            self._look_at_monitor()

    def _look_at_monitor(self) -> None:
        """Take up the profile of the monitor the window lies on."""
        screen, screens = self.screen(), QGuiApplication.screens()
        number = screens.index(screen) if screen in screens else 0
        display = Display(monitor_profile(number, QGuiApplication.platformName()))
        self._desk.pictures.show_on(display)
        self.compare.show_display(managed=display.managed, name=screen.name())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.compare.canvas.set_blink(False)
            self.compare.canvas.set_panning_key(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.around.take_in(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._sitting.remember_geometry(self.saveGeometry())
        self._sitting.remember_look(asdict(self.compare.canvas.look()))
        self.session.close()
        self.repair.leave()
        self._desk.close()
        super().closeEvent(event)
