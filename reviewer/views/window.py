"""The window: where the panels lie, which keys they hear, and what may be dropped on them. No behaviour of its own."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtGui import QDropEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog
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
from reviewer.views.floor import Floor
from reviewer.views.header import HeaderBar
from reviewer.views.key_sheet import KeySheet
from reviewer.views.layering import WALKS
from reviewer.views.leading import Leading
from reviewer.views.queue_panel import QueuePanel
from reviewer.views.score_panel import ScorePanel
from reviewer.views.session import Session
from reviewer.views.viewing import Viewing
from reviewer.widgets.panes import Look
from reviewer.widgets.queue_list import QueueGrid

MINIMUM = (1280, 640)
FIRST_SIZE = (1440, 900)
MENU = (
    *("sign_in", "sign_out", "close_batch", "listing", "deliver", "release", "dashboard", "run_panel", "check_files"),
    *("settings", "keys", "tour", "logs"),
)

if TYPE_CHECKING:
    from pipeline.run.judge import Judged
    from reviewer.views.repair_room import RepairRoom
    from reviewer.views.retouch import Retouch
    from reviewer.views.retouch_mode import RetouchMode
    from reviewer.views.retouch_panel import RetouchPanel


class MainWindow(QMainWindow):
    """The review window.

    Attributes:
        session: what happens in it; the panels are its parts.
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
        self.viewing = Viewing(self.compare, self)
        self.floor = Floor(self.session, desk, settings, sitting, self.header, self.grid)
        self.actions_by_name = install(self, self._handlers())
        self._connect()
        self._follows_screen = False
        self.compare.canvas.recall(Look.of(sitting.look))
        self.compare.show_look(self.compare.canvas.look())
        if not sitting.geometry.isEmpty():
            self.restoreGeometry(sitting.geometry)
        self.compare.stack.currentWidget().setFocus()

    def _lay_out(self) -> None:
        middle = self._middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.compare, 1)
        middle.addWidget(self.bar)
        middle.addWidget(self.grid, 1)
        self.grid.hide()
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

    @cached_property
    def _room(self) -> "RepairRoom":
        # Late: it costs a tenth of the start, and many sittings never need it.
        from reviewer.views.repair_room import furnish

        return furnish(self, self._middle, self.session, self._desk, self.actions_by_name)

    @property
    def has_repair_room(self) -> bool:
        """Say whether anybody asked for the repair room yet."""
        return "_room" in self.__dict__

    @property
    def repair(self) -> "Retouch":
        """What is painted by hand; the repair room is made when it is first asked for."""
        return self._room.retouch

    @property
    def repair_panel(self) -> "RetouchPanel":
        """Where it is painted."""
        return self._room.panel

    @property
    def repair_mode(self) -> "RetouchMode":
        """What switches between reviewing and repairing."""
        return self._room.mode

    def _handlers(self) -> dict[str, Callable[[], None]]:
        session, deciding = self.session, self.session.deciding
        return {
            "approve": deciding.approve,
            "reject": deciding.reject,
            "redo": deciding.redo,
            "sign_off": deciding.sign_off,
            "client_changed": deciding.client_changed,
            "clear": deciding.clear,
            "undo": session.undo,
            "redo_decision": session.redo_decision,
            "next": lambda: session.step(1),
            "previous": lambda: session.step(-1),
            "first": lambda: session.jump(0),
            "last": lambda: session.jump(-1),
            "find": self._find,
            "filter_review": lambda: session.choose_filter("review"),
            "filter_all": lambda: session.choose_filter("all"),
            **self.viewing.handlers(),
            **{kind: partial(session.layering.walk, kind) for kind in WALKS},
            "next_place": lambda: session.pointing.step(1),
            "previous_place": lambda: session.pointing.step(-1),
            **self.around.handlers(),
            **self.floor.handlers(),
            "repair": lambda: self.repair.enter(),
            "retry": session.tending.retry,
            "stay": session.toggle_staying,
            "panels": self._toggle_panels,
            "full_screen": self._toggle_full_screen,
            "keys": self.show_keys,
        }

    def _connect(self) -> None:
        buttons = {**self.compare.tools, **self.bar.steps, **self.bar.decisions, **self.queue_panel.buttons}
        buttons |= {"take_over": self.bar.take_over, "dashboard": self.header.figures_button}
        for name, button in buttons.items():
            button.clicked.connect(self.actions_by_name[name].trigger)
        self.header.open_asked.connect(self.around.choose_folder)
        for name in MENU:
            self.header.menu.addAction(self.actions_by_name[name])
        self.around.batch = lambda: self.session.batch_at_hand
        self.around.image = lambda: self.session.current or 0
        self.compare.canvas.appeared.connect(self.around.follow_image)
        self.around.parts = self._parts()
        self.around.keys_changed.connect(self._take_up_keys)
        self.around.look_changed.connect(self._take_up_look)
        self._take_up_look()
        self.around.file_chosen.connect(self._show_file)
        self.around.led.connect(Leading(self.session).lead)
        self.around.told.connect(self.compare.toast.say)
        self.report_written.connect(self.around.tell_report)
        self.header.watch_asked.connect(self.switch_watching)
        self._desk.watcher.changed.connect(self.header.show_watching)
        self.header.cancel_asked.connect(self._desk.cancel)
        self.header.continue_asked.connect(self.session.tending.go_on)
        self.header.keys_asked.connect(self.show_keys)
        self.around.settings_saved.connect(self.floor.take_up)
        self.floor.sit_down()

    def _take_up_look(self) -> None:
        self.compare.toast.stays = self._sitting.calm

    def _take_up_keys(self) -> None:
        """Have the commands, and what is said of them, with their new keys."""
        renew_keys(self.actions_by_name)
        if self.has_repair_room:
            self.repair_mode.take_up_keys()
        self.bar.say_keys()
        self.header.open_button.setToolTip(tooltip("open"))
        self.header.keys_button.setToolTip(tooltip("keys"))
        self.header.figures_button.setToolTip(tooltip("dashboard"))
        self.queue_panel.say_keys()
        self.compare.say_keys()

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
        sheet = self._sheet()
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _sheet(self) -> QDialog:
        if self.has_repair_room and self.repair.active:
            from reviewer.views.retouch_sheet import RetouchSheet

            return RetouchSheet(self.repair.tool, self)
        return KeySheet(self._settings, self)

    def _thumbnail(self, card: Card) -> Pixels | None:
        # Plainly: the grid asks for every tile of every frame.
        for sha in thumbnail_names(card):
            picture = self.thumbnails.picture(sha)
            if picture is not None:
                return picture
        return None

    def _show_file(self, judged: "Judged") -> None:
        """Show a finished file; the keys are the window's again."""
        self.session.show_delivered(judged)
        self.activateWindow()
        self.compare.canvas.setFocus()

    def _find(self) -> None:
        self.queue_panel.search.setFocus()
        self.queue_panel.search.selectAll()

    def _toggle_panels(self) -> None:
        """Show the pictures alone, or what lies around them again."""
        panels = (self.header, self.queue_panel, self.score)
        alone = self.header.isHidden()
        for panel in panels:
            panel.setVisible(alone)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _leave(self) -> None:
        """Escape ends what was entered last: blinking, the marked places, a finished file, else the full screen."""
        left = self.viewing.rest() or self.session.pointing.clear() or self.session.leave_delivered()
        if not left and self.isFullScreen():
            self._toggle_full_screen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() or self.viewing.press(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and not self.viewing.release(event):
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
            self.viewing.rest()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.around.drop(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._sitting.remember_geometry(self.saveGeometry())
        self._sitting.remember_look(asdict(self.compare.canvas.look()))
        self.session.close()
        if self.has_repair_room:
            self.repair.leave()
        self._desk.close()
        super().closeEvent(event)
