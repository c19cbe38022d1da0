"""Images whose files failed verification go back to the review queue, with the gate that failed named."""

import os
import socket
import uuid
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Final

from pipeline.errors import ConflictError
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.model import Entry
from pipeline.model import Gate
from pipeline.model import State
from pipeline.model import Step
from pipeline.settings import Settings
from pipeline.store.store import Store

STAGE: Final = "deliver"
"""The stage of the step that says for which platform an image was tried."""


def send_back(store: Store, entry: Entry, failed: Sequence[DeliveryReport], settings: Settings) -> bool:
    """Add a version that is the same but for the gates that its files failed, and waits for review.

    Nothing is taken back: the approval stands on the version before. Returns False where somebody else has the image
    or it has moved on since; then the next export says so again.
    """
    base = entry.version
    if base is None or not failed:
        return False
    gates = {
        failure.gate: Gate(failure.gate, False, f"as {report.file} for {report.platform}: {failure.detail}")
        for report in failed
        for failure in report.failures
    }
    steps = [
        Step(STAGE, report.platform, version("whitepoint"), settings=settings.fingerprint, detail=report.sentence())
        for report in failed
    ]
    kept = tuple(gate for gate in base.outcome.gates if gate.name not in gates)
    outcome = replace(
        base.outcome,
        state=State.REVIEW,
        gates=(*kept, *gates.values()),
        steps=(*base.outcome.steps, *steps),
        needs_sign_off=True,
    )
    owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    try:
        claim = store.claim_image(entry.record.id, owner=owner, lease_seconds=settings.line.lease_seconds)
        current = store.versions(entry.record.id)[-1]
        if current.id != base.id:
            store.release(owner)
            return False
        store.record(outcome, owner=owner, token=claim.token, parent=base.id)
    except ConflictError:
        store.release(owner)
        return False
    return True
