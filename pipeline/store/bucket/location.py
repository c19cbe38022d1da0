"""Where in which bucket a studio's files lie: `s3://BUCKET/PREFIX?endpoint=…&region=…&profile=…`."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl
from urllib.parse import urlsplit

from pipeline.errors import KnownError
from pipeline.settings import nearest

SCHEME: Final = "s3"
WORDS: Final = ("endpoint", "region", "profile")
EXAMPLE: Final = "s3://BUCKET/FOLDER?endpoint=https://HOST"
BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True)
class Location:
    """A bucket, the folder in it ("" for all of it), and who serves it ("" for Amazon, or as your account says).

    Keys never stand here: they come from the environment, or from a profile of the AWS configuration.
    """

    bucket: str
    prefix: str
    endpoint: str = ""
    region: str = ""
    profile: str = ""

    def __str__(self) -> str:
        return f"{SCHEME}://{self.bucket}/{self.prefix}".rstrip("/")

    @property
    def host(self) -> str:
        """Who serves the bucket, for a sentence."""
        return self.endpoint or "Amazon S3"

    def key(self, name: str) -> str:
        """Return the key of the object that is called `name` among the files."""
        return f"{self.prefix}/{name}" if self.prefix else name


def is_remote(text: str) -> bool:
    """Tell whether a place for files is an address, not a folder."""
    return "://" in text


def parse(text: str) -> Location:
    """Read a bucket's address. Raises KnownError with the remedy for any that is none, or that holds a key."""
    try:
        parts = urlsplit(text)
        words = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise KnownError(f"“{text}” is no address of a bucket; give {EXAMPLE}.") from error
    if parts.scheme != SCHEME or parts.fragment:
        raise KnownError(f"Files lie in a folder or in an S3-compatible bucket, not in “{text}”; give {EXAMPLE}.")
    if "@" in parts.netloc:
        raise KnownError("A key does not belong into an address; put it into AWS_ACCESS_KEY_ID or an AWS profile.")
    if not BUCKET.fullmatch(parts.netloc):
        raise KnownError(f"“{parts.netloc}” is no name of a bucket; give {EXAMPLE}.")
    for word in words:
        if word not in WORDS:
            raise KnownError(f"The address of a bucket has no “{word}”{nearest(word, WORDS)}.")
    if (endpoint := words.get("endpoint", "")) and not re.fullmatch(r"https?://[^/?#@\s]+/?", endpoint):
        raise KnownError(f"“{endpoint}” is no endpoint; give its address, as https://HOST:PORT.")
    return Location(parts.netloc, parts.path.strip("/"), **words)
