"""The words of the window in the person's language: Qt's translations, English in the code, German beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from PySide6.QtCore import QCoreApplication
from PySide6.QtCore import QLibraryInfo
from PySide6.QtCore import QLocale
from PySide6.QtCore import QTranslator

from pipeline.errors import BugError

SYSTEM = "system"
LANGUAGES: Mapping[str, str] = {SYSTEM: "", "en": "English", "de": "Deutsch"}
"""By the name that is kept; each language is called what its speakers call it."""

_GERMAN_MARKS = str.maketrans({",": ".", ".": ",", "%": "\N{NO-BREAK SPACE}%"})


@dataclass(frozen=True)
class Spoken:
    """The translators that are at work; kept alive by who installed them."""

    language: str
    translators: tuple[QTranslator, ...]


def translate(context: str, text: str, disambiguation: str | None = None) -> str:
    """Return a text of the window in the person's language.

    The name is what Qt's lupdate looks for; the texts must be literals, or marked by QT_TRANSLATE_NOOP.
    """
    return QCoreApplication.translate(context, text, disambiguation)


def counted(text: str, disambiguation: str, n: int) -> str:
    """Return a text in which `%Ln` stands for `n`, with the right plural in the person's language.

    Its name is given to Qt's lupdate as an alias of `tr` (see the Makefile).
    """
    return QCoreApplication.translate("", text, disambiguation, n)


def numeral(written: str) -> str:
    """Return numbers as Python wrote them ("1,024.5", "3.2%") with the marks that the person reads."""
    return written.translate(_GERMAN_MARKS) if speaks_german() else written


def quoted(words: str) -> str:
    """Return words in the quotation marks of the person's language."""
    return f"„{words}“" if speaks_german() else f"“{words}”"


def speaks_german() -> bool:
    """Say whether the window speaks German: the line writes its own sentences in English."""
    return QLocale().language() == QLocale.Language.German


def language_of(choice: str, system: QLocale | None = None) -> str:
    """Return "en" or "de" for a choice; the system's own language where we speak it, else English."""
    if choice != SYSTEM and choice in LANGUAGES:
        return choice
    wanted = QLocale.languageToCode((system or QLocale.system()).language())
    return wanted if wanted in LANGUAGES else "en"


def speak(application: QCoreApplication, choice: str, before: Spoken | None = None) -> Spoken:
    """Have all texts that are made from now on in that language, Qt's own dialogs included."""
    for translator in before.translators if before else ():
        application.removeTranslator(translator)
    language = language_of(choice)
    QLocale.setDefault(QLocale(language))
    installed = []
    qt = QTranslator()
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        installed.append(qt)
    own = QTranslator()
    # The translator reads the file while it lives, so it gets the file itself and not bytes that Python may free.
    if not own.load(str(resources.files("resources").joinpath("translations", f"whitepoint_{language}.qm"))):
        raise BugError(f"The translation “{language}” does not ship with this program.")
    installed.append(own)
    for translator in installed:
        application.installTranslator(translator)
    return Spoken(language, tuple(installed))
