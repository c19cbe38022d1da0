"""The one place where errors on the way to a bucket become sentences with a remedy."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from aiohttp import ClientError as ConnectionTrouble
from botocore.exceptions import BotoCoreError
from botocore.exceptions import NoCredentialsError
from botocore.exceptions import PartialCredentialsError
from botocore.exceptions import ProfileNotFound
from botocore.exceptions import SSLError

from pipeline.errors import StudioError
from pipeline.store.bucket.location import Location

NO_BUCKET: Final = frozenset({"NoSuchBucket"})
FULL: Final = frozenset({"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage"})
NO_KEY: Final = (NoCredentialsError, PartialCredentialsError, ProfileNotFound)
FAR: Final = (TimeoutError, ConnectionError, ConnectionTrouble, BotoCoreError)


@contextmanager
def reached(location: Location) -> Iterator[None]:
    """Turn what can go wrong on the way to a bucket into one StudioError.

    A missing object stays FileNotFoundError, since only the caller knows what that means, and what this machine's own
    disk says stays an OSError.
    """
    try:
        yield
    except FileNotFoundError as error:
        if _code(error) in NO_BUCKET:
            raise no_bucket(location) from error
        raise
    except (OSError, *FAR) as error:
        if not _code(error) and not isinstance(error, FAR):
            raise
        raise _explained(error, location) from error


def no_bucket(location: Location) -> StudioError:
    """Return the sentence about a bucket that is not there."""
    sentence = f"There is no bucket “{location.bucket}” at {location.host}; create it, or correct the files' address."
    return StudioError(sentence)


def _explained(error: Exception, location: Location) -> Exception:
    code = _code(error)
    if isinstance(error, NO_KEY):
        return StudioError(
            f"No key for {location} was found; put it into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a "
            "profile of your AWS configuration with ?profile=."
        )
    if isinstance(error, PermissionError):
        return StudioError(
            f"{location} refused access ({code or 'forbidden'}); check the key, that it may read, write, list and "
            "delete there, and this machine's clock."
        )
    if code in FULL:
        return StudioError(f"{location} is full; free some space there and continue, nothing is lost.")
    if isinstance(error, SSLError):
        return StudioError(f"{location.host} has no certificate that this machine trusts; check the address.")
    if code:
        return StudioError(f"{location} refused the request ({code}); try again, or ask who runs {location.host}.")
    return StudioError(
        f"{location.host} does not answer for {location} ({type(error).__name__}); check the network, then continue: "
        "nothing is lost."
    )


def _code(error: BaseException) -> str:
    """The code in the server's answer, "" where there was none."""
    response = getattr(error.__cause__, "response", None) or getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", "")) if isinstance(response, dict) else ""
