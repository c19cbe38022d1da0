"""What stands in the place of the pictures when there are none: an empty studio, a busy line, a failed image."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.model import Entry
from pipeline.model import State
from reviewer.actions import tooltip
from reviewer.desk import Progress
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.models.queue import QueueModel
from reviewer.views.compare_panel import ComparePanel
from reviewer.views.refusal_words import refusal_words
from reviewer.views.words import progress_words

FORMATS = QT_TRANSLATE_NOOP(
    "Window", "JPEG, PNG, WebP, TIFF, HEIC and camera raw. The originals are copied and never changed."
)


def show_state(compare: ComparePanel, entry: Entry | None, queue: QueueModel, progress: Progress) -> bool:
    """Show a page of words where there are no pictures for this entry; returns whether it did."""
    if entry is None:
        _show_empty(compare, queue, progress)
        return True
    if has_page(entry):
        _show_failed(compare, entry)
        return True
    compare.show_pictures()
    return False


def has_page(entry: Entry) -> bool:
    """Say whether words stand in the place of this image's pictures."""
    return entry.error is not None or entry.state is State.FAILED


def _show_empty(compare: ComparePanel, queue: QueueModel, progress: Progress) -> None:
    if queue.total == 0 and progress.running:
        compare.show_page("photos", translate("Window", "Reading your photos"), progress_words(progress))
    elif queue.total == 0:
        compare.show_page(
            "photos",
            translate("Window", "Drop a folder of product photos here"),
            translate("Window", FORMATS),
            translate("Window", "Open folder"),
            tooltip("open"),
        )
    elif queue.search:
        compare.show_page(
            "search",
            translate("Window", "Nothing matches “{text}”").format(text=queue.search),
            translate("Window", "Esc in the search field shows the list again."),
        )
    elif progress.running:
        compare.show_page(
            "photos",
            translate("Window", "The line is at work"),
            translate("Window", "Images appear here as soon as they wait for you."),
        )
    else:
        compare.show_page(
            "approve",
            translate("Window", "Nothing in “{list}”").format(list=translate("Lists", queue.filter.title)),
            _elsewhere(queue),
        )


def _elsewhere(queue: QueueModel) -> str:
    waiting = {
        "review": translate("Window", "to review"),
        "edit": translate("Window", "to edit"),
        "redo": translate("Window", "to redo"),
        "sign_off": translate("Window", "to sign off"),
    }
    # What this list still counts was decided a moment ago.
    others = [name for name in waiting if queue.counts[name] and name != queue.filter.name]
    parts = [f"{numeral(f'{queue.counts[name]:,}')} {words}" for name, words in waiting.items() if name in others]
    if not parts:
        return translate("Window", "Nothing in this batch waits for a person.")
    return translate("Window", "Still waiting: {lists}. Choose a list on the left.").format(lists=", ".join(parts))


def _show_failed(compare: ComparePanel, entry: Entry) -> None:
    sentence = refusal_words(entry) or translate("Window", "The line gave no reason.")
    if entry.state is State.REJECTED:
        compare.show_page("failed", translate("Window", "This file cannot be used"), sentence)
    else:
        compare.show_page(
            "failed",
            translate("Window", "This image failed"),
            sentence,
            translate("Window", "Try again"),
            tooltip("retry"),
        )
