"""What came back from a worker: an outcome, a sentence about what went wrong with one image, or a lost worker."""

import logging
from concurrent.futures import CancelledError
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from pebble import ProcessExpired

from pipeline.errors import ClusterError
from pipeline.errors import StudioError
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.sentences import say
from pipeline.settings import Settings


class WorkerLostError(Exception):
    """A task was lost with its worker or its scheduler, which the image may have nothing to do with."""


class PoisonousError(Exception):
    """Several workers died over the same task."""


LOST: Final = (ProcessExpired, BrokenProcessPool, WorkerLostError)

log = logging.getLogger(__name__)


def is_lost(future: Future[Outcome]) -> bool:
    """Tell whether the worker of a finished task died under it, which the image may have nothing to do with."""
    return not future.cancelled() and isinstance(future.exception(), LOST)


def answer(record: ImageRecord, future: Future[Outcome], settings: Settings) -> Outcome:
    """Return the outcome of a finished task, or a failed one with a sentence where it ended otherwise.

    Even a mistake of this program costs only the image it happened with; where it happened goes into the log. Raises
    StudioError or ClusterError where not the image failed but the studio or the machines: no other would fare better.
    """
    try:
        return future.result()
    except (StudioError, ClusterError):
        raise
    except (Exception, CancelledError) as error:
        sentence = what_happened(record, error, settings)
    return Outcome(image=record.id, state=State.FAILED, seconds=0.0, settings=settings.fingerprint, error=sentence)


def what_happened(record: ImageRecord, error: BaseException, settings: Settings) -> str:
    """Return the sentence about a task of this image that ended with `error`; a mistake of ours goes into the log."""
    if isinstance(error, PoisonousError):
        return say("poisonous", file=record.file)
    if isinstance(error, TimeoutError):
        return say("too_slow", file=record.file, seconds=f"{settings.line.seconds_per_image:.0f}")
    if isinstance(error, LOST):
        return say("worker_lost", file=record.file)
    if isinstance(error, MemoryError):
        return say("worker_memory", file=record.file)
    if isinstance(error, CancelledError):
        return say("cancelled", file=record.file)
    log.error("Image %d met a bug.", record.id, exc_info=error)
    words = " ".join(str(error).split())[:200]
    return say("bug", file=record.file, error=f"{type(error).__name__}: {words}")
