"""The words for where an image stands, who works on it and what they may say: every enumeration."""

from enum import StrEnum


class Complexity(StrEnum):
    """How hard an expert would find the cut-out."""

    SIMPLE = "simple"
    MEDIUM = "medium"
    COMPLEX = "complex"


class Route(StrEnum):
    """Who makes the result: the machine alone, or a person starting from the machine's draft."""

    AUTOMATIC = "automatic"
    HUMAN = "human"


class Verdict(StrEnum):
    """The score's opinion; never the last word."""

    APPROVE = "approve"
    REVIEW = "review"
    REDO = "redo"


class Queue(StrEnum):
    """What an image waits for, and so who looks at it next."""

    EDIT = "edit"
    REVIEW = "review"
    REDO = "redo"
    AUDIT = "audit"
    SIGN_OFF = "sign_off"


class Action(StrEnum):
    """What a person can decide about a version."""

    APPROVE = "approve"
    REJECT = "reject"
    REDO = "redo"
    SIGN_OFF = "sign_off"
    RETRACT = "retract"


class Role(StrEnum):
    """What a person may do; a senior signs off."""

    EDITOR = "editor"
    SENIOR = "senior"


class State(StrEnum):
    """Where an image stands; a view over versions and decisions, never a stored field."""

    NEW = "new"
    PROCESSING = "processing"
    EDIT = "edit"
    REVIEW = "review"
    REDO = "redo"
    APPROVED = "approved"
    REJECTED = "rejected"
    FAILED = "failed"
    AUDIT = "audit"
    SIGN_OFF = "sign_off"
    READY = "ready"
    DELIVERED = "delivered"
    RECALLED = "recalled"
