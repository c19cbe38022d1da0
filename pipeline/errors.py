"""Two kinds of trouble: the world's, which an editor can mend, and ours, which must be loud."""


class KnownError(Exception):
    """Something outside our control went wrong; `str(error)` is one sentence with what, why and the remedy."""


class BadImageError(KnownError):
    """One image cannot be used; the sentence can be sent to the client and the batch goes on."""


class StudioError(KnownError):
    """The studio folder or its database cannot be used: missing, read-only, full, locked, newer or damaged."""


class ClusterError(KnownError):
    """The machines that should process images cannot be reached; no other image would fare better."""


class SettingsError(KnownError):
    """A settings file names an unknown key, lacks one, or gives a value of the wrong type or range."""


class NotFoundError(KnownError):
    """A batch, image, version or platform of that name does not exist."""


class ConflictError(KnownError):
    """Somebody else wrote first: the image moved on since it was looked at."""


class BugError(Exception):
    """An assumption of this program does not hold; never shown as a user's mistake."""
