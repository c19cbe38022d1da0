"""What stands in the place of the pictures when there are none: an empty studio, a busy line, a failed image."""

from pipeline.model import Entry
from pipeline.model import State
from reviewer.actions import tooltip
from reviewer.desk import Progress
from reviewer.models.queue import QueueModel
from reviewer.views.compare_panel import ComparePanel
from reviewer.views.words import progress_words

FORMATS = "JPEG, PNG, WebP, TIFF, HEIC and camera raw. The originals are copied and never changed."


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
        compare.show_page("photos", "Reading your photos", progress_words(progress))
    elif queue.total == 0:
        compare.show_page("photos", "Drop a folder of product photos here", FORMATS, "Open folder", tooltip("open"))
    elif queue.search:
        compare.show_page(
            "search", f"Nothing matches “{queue.search}”", "Esc in the search field shows the list again."
        )
    elif progress.running:
        compare.show_page("photos", "The line is at work", "Images appear here as soon as they wait for you.")
    else:
        compare.show_page("approve", f"Nothing in “{queue.filter.title}”", _elsewhere(queue))


def _elsewhere(queue: QueueModel) -> str:
    waiting = {"review": "to review", "edit": "to edit", "redo": "to redo", "sign_off": "to sign off"}
    parts = [f"{queue.counts[name]:,} {words}" for name, words in waiting.items() if queue.counts[name]]
    if not parts:
        return "Nothing in this batch waits for a person."
    return f"Still waiting: {', '.join(parts)}. Choose a list on the left."


def _show_failed(compare: ComparePanel, entry: Entry) -> None:
    sentence = entry.error or "The line gave no reason."
    if entry.state is State.REJECTED:
        compare.show_page("failed", "This file cannot be used", sentence)
    else:
        compare.show_page("failed", "This image failed", sentence, "Try again", tooltip("retry"))
