"""What lies around the review: taking photos in, the line's panel, settings, help and the log."""

from collections.abc import Callable
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtCore import Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QWidget

from pipeline.model import Selection
from pipeline.model import State
from pipeline.settings import Settings
from reviewer.desk import Desk
from reviewer.language import translate
from reviewer.models.sitting import Sitting
from reviewer.reports import FOLDER
from reviewer.theme import install_theme
from reviewer.views.tour import Tour
from reviewer.views.words import reason_title


class Around(QObject):
    """Opens what the person asks for; each of it at most once.

    Attributes:
        open_url: shows a file or folder in the system's own way.
        batch: says which batch the window shows, image: which image, 0 for none; parts: finds what the tour explains.
        tour: while it goes on.

    Signals:
        file_chosen(Judged): that finished file shall be shown.
        led(str, str, Selection): in that batch ("" for all), the list of that name shall show what is selected.
        settings_saved(Settings): the studio's settings are others now.
        keys_changed: commands have other keys.
        look_changed: theme or stillness are others.
        told(str): one sentence the person should read.
    """

    file_chosen = Signal(object)
    led = Signal(str, str, object)
    settings_saved = Signal(object)
    keys_changed = Signal()
    look_changed = Signal()
    told = Signal(str)

    def __init__(self, window: QWidget, desk: Desk, settings: Settings, sitting: Sitting) -> None:
        super().__init__(window)
        self._window, self._desk, self._settings, self._sitting = window, desk, settings, sitting
        self.open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.batch: Callable[[], str] = str
        self.image: Callable[[], int] = int
        self.parts: dict[str, Callable[[], QWidget]] = {}
        self.tour: Tour | None = None
        self._open: dict[str, QDialog] = {}

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the commands do, by their names."""
        return {
            "open": self.choose_folder,
            "run_panel": self.show_run,
            "check_files": self.check_files,
            "listing": self.show_listing,
            "deliver": self.show_delivery,
            "release": self.show_release,
            "dashboard": self.show_dashboard,
            "settings": self.show_settings,
            "logs": self.show_logs,
            "tour": self.start_tour,
        }

    def dialog(self, name: str) -> QDialog | None:
        """Return the dialog of that name while it is open."""
        return self._open.get(name)

    def choose_folder(self) -> None:
        """Ask for a folder of photos and show what it would come to."""
        folder = QFileDialog.getExistingDirectory(self._window, translate("Window", "Open a folder of product photos"))
        if folder:
            self.take_in([Path(folder)])

    def take_in(self, paths: Sequence[Path]) -> None:
        """Show what these files and folders would come to, instead of the ones before."""
        earlier = self._open.get("intake")
        if earlier is not None:
            earlier.close()
        # Late, as all dialogs: what few minutes need shall not be paid for by every start.
        from reviewer.views.intake_dialog import IntakeDialog

        self._show("intake", lambda: IntakeDialog(self._desk, paths, self._window))

    def drop(self, paths: Sequence[Path]) -> None:
        """Take photos in; where all of it are files that left this studio, check them instead."""
        dropped = tuple(paths)
        if any(path.is_dir() for path in dropped):
            self.take_in(dropped)
            return
        self._desk.judging.known(dropped, lambda ours: self.check_files(dropped) if ours else self.take_in(dropped))

    def check_files(self, paths: Sequence[Path] = ()) -> None:
        """Show the list of finished files that are judged, with these added."""
        from reviewer.views.checked_files import CheckedFiles

        self._show("checked", self._make_checked)
        dialog = self._open["checked"]
        if paths and isinstance(dialog, CheckedFiles):
            dialog.add(paths)

    def _make_checked(self) -> QDialog:
        from reviewer.views.checked_files import CheckedFiles

        dialog = CheckedFiles(self._desk, self._settings.platforms, self._window)
        dialog.shown.connect(self.file_chosen)
        return dialog

    def show_listing(self) -> None:
        """Show the image at hand as a shopper will see it."""
        from reviewer.views.listing_dialog import ListingDialog

        if not self.image():
            return
        self._show("listing", lambda: ListingDialog(self._desk, self._settings.platforms, self._window))
        self.follow_image()

    def follow_image(self) -> None:
        """Have the open preview show the image at hand, if there is one."""
        dialog, image = self._open.get("listing"), self.image()
        if dialog is not None and image:
            dialog.show_image(image)

    def show_delivery(self) -> None:
        """Show what a delivery of the batch would be, and its places and names."""
        from reviewer.views.delivery_dialog import DeliveryDialog

        if self.batch():
            folder = Path.home() / translate("Delivery", "Deliveries")
            make = partial(DeliveryDialog, self._desk, self.batch(), self._settings.platforms, folder, self._window)
            self._show("delivery", make)

    def show_release(self) -> None:
        """Show the waves of the batch and what their samples say."""
        from reviewer.views.release_dialog import ReleaseDialog

        if not self.batch():
            return
        self._show("release", self._make_release)
        dialog = self._open["release"]
        if isinstance(dialog, ReleaseDialog):
            dialog.follow(self.batch())

    def _make_release(self) -> QDialog:
        from reviewer.views.release_dialog import ReleaseDialog

        dialog = ReleaseDialog(self._desk, self.batch(), self._window)
        audit = Selection(state=State.AUDIT.value)
        dialog.audit_asked.connect(lambda batch: self.led.emit(batch, "review", audit))
        return dialog

    def show_dashboard(self) -> None:
        """Show the figures of the batch or of all."""
        # Late: plots take half a second to import.
        from reviewer.views.dashboard import Dashboard

        def make() -> QDialog:
            dialog = Dashboard(self._desk, self.batch(), self._settings.reasons, self._window)
            dialog.led.connect(self.led)
            return dialog

        self._show("dashboard", make)

    def show_run(self) -> None:
        """Show how the line stands with the batch that is shown."""
        from reviewer.views.run_panel import RunPanel

        self._show("run", lambda: RunPanel(self._desk, self.batch(), self._window))

    def show_settings(self) -> None:
        """Show the settings."""
        self._show("settings", self._make_settings)

    def _make_settings(self) -> QDialog:
        from reviewer.views.keys_page import KeysPage
        from reviewer.views.look_page import LookPage
        from reviewer.views.models_page import ModelsPage
        from reviewer.views.settings_dialog import SettingsDialog

        look = LookPage(self._sitting)
        look.changed.connect(self._take_up_look)
        keys = KeysPage(self._sitting, self._reserved_keys())
        keys.changed.connect(self.keys_changed)
        pages: dict[str, QWidget] = {
            translate("Settings", "Look and language"): look,
            translate("Keys", "Keyboard"): keys,
            translate("Models", "Cut-out networks"): ModelsPage(self._desk, self._settings),
        }
        dialog = SettingsDialog(self._sitting.studio, pages, self._window)
        dialog.saved.connect(self.settings_saved)
        return dialog

    def _reserved_keys(self) -> dict[str, str]:
        """Return the keys no command may have: those of reasons and the dialogs' own."""
        reasons = {reason.key: reason_title(reason) for reason in self._settings.reasons.values()}
        leave = translate("Keys", "leave or go on")
        return {**reasons, **dict.fromkeys(("Esc", "Tab", "Shift+Tab", "Return", "Enter"), leave)}

    def start_tour(self) -> None:
        """Start the tour, from its first stop."""
        if self.tour is not None:
            self.tour.end()
        self.tour = Tour(self._window, self.parts)
        self.tour.ended.connect(self._tour_ended)

    def welcome(self, samples: Path) -> None:
        """Show the sample shoot and start the tour, the first time somebody opens an empty studio."""
        if self._sitting.toured:
            return
        self._desk.start_batch([samples], name=translate("Tour", "Sample shoot"))
        self.start_tour()

    def _tour_ended(self) -> None:
        self._sitting.remember_tour()
        if self.tour is not None:
            self.tour.deleteLater()
        self.tour = None

    def show_logs(self) -> None:
        """Show the folder of logs and reports, so that one can be attached."""
        folder = self._sitting.studio / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        if not self.open_url(QUrl.fromLocalFile(str(folder))):
            self.told.emit(translate("Window", "The logs lie in {folder}.").format(folder=folder))

    def tell_report(self, file: Path) -> None:
        """Say that a mistake of this program was noted, and where."""
        words = translate("Window", "A mistake in this program was noted in {file}; the menu shows its folder.")
        self.told.emit(words.format(file=file.name))

    def _take_up_look(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            install_theme(application, self._sitting.theme, calm=self._sitting.calm)
        self.look_changed.emit()

    def _show(self, name: str, make: Callable[[], QDialog]) -> None:
        dialog = self._open.get(name)
        if dialog is None:
            dialog = self._open[name] = make()
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.destroyed.connect(lambda: self._forget(name, dialog))
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _forget(self, name: str, dialog: QDialog) -> None:
        if self._open.get(name) is dialog:
            del self._open[name]
