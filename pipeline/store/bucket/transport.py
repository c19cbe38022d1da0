"""The way to one bucket: requests by the names of files, each bounded in time and tries, errors as sentences."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import Final

import s3fs

from pipeline.settings.storing import Storage
from pipeline.store.bucket.location import Location
from pipeline.store.bucket.trouble import no_bucket
from pipeline.store.bucket.trouble import reached

ANYWHERE: Final = "us-east-1"
"""What servers beside Amazon's take for a region when none is told."""
KEYS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE")
MEGABYTE: Final = 2**20
AT_ONCE: Final = 2
"""Parts of one file that travel together."""


@dataclass(frozen=True)
class Thing:
    """An object: its name below the prefix, its size in bytes, and when it was put there (ns UTC)."""

    name: str
    bytes: int
    put_at: int


class Bucket:
    """One bucket. May be used from several threads; it connects when it is first asked.

    Every method raises StudioError with one sentence where the bucket cannot be reached or refuses.
    """

    def __init__(self, location: Location, limits: Storage) -> None:
        self.location, self._part = location, limits.part_megabytes * MEGABYTE
        keys = tuple(os.environ.get(name, "") for name in KEYS)
        with reached(location):
            self._fs = _connection(location.endpoint, location.region, location.profile, limits, keys)

    def find(self, name: str) -> Thing | None:
        """Return what is known of the object of that name, None where there is none."""
        try:
            with reached(self.location):
                said = self._ask("head_object", Key=self.location.key(name))
        except FileNotFoundError:
            return None
        return Thing(name, said["ContentLength"], _nanoseconds(said["LastModified"]))

    def things(self, prefix: str) -> Iterator[Thing]:
        """Every object whose name begins with `prefix`, in order of the names."""
        start, more = len(self.location.key("")), {}
        while True:
            with reached(self.location):
                page = self._ask("list_objects_v2", Prefix=self.location.key(prefix), **more)
            for said in page.get("Contents", ()):
                yield Thing(said["Key"][start:], said["Size"], _nanoseconds(said["LastModified"]))
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def put(self, name: str, source: Path) -> None:
        """Make the file at `source` the object of that name, in one step."""
        with reached(self.location):
            self._fs.put_file(str(source), self._path(name), chunksize=self._part, max_concurrency=AT_ONCE)

    def put_bytes(self, name: str, data: bytes) -> None:
        """Make `data` the object of that name, in one step."""
        with reached(self.location):
            self._fs.pipe_file(self._path(name), data, chunksize=self._part, max_concurrency=AT_ONCE)

    def get(self, name: str, target: Path) -> None:
        """Write the object of that name to `target`. Raises FileNotFoundError where there is none."""
        with reached(self.location):
            self._fs.get_file(self._path(name), str(target), chunksize=self._part, max_concurrency=1)

    def get_bytes(self, name: str) -> bytes | None:
        """Return the object of that name, None where there is none."""
        try:
            with reached(self.location):
                return self._fs.cat_file(self._path(name))
        except FileNotFoundError:
            return None

    def sha256(self, name: str) -> str | None:
        """Read the object of that name, all of it, and return its SHA-256; None where there is none."""
        digest = hashlib.sha256()
        try:
            with (
                reached(self.location),
                self._fs.open(self._path(name), "rb", block_size=self._part, cache_type="none") as stream,
            ):
                while chunk := stream.read(self._part):
                    digest.update(chunk)
        except FileNotFoundError:
            return None
        return digest.hexdigest()

    def freshen(self, name: str) -> None:
        """Let the object of that name count as put now. Raises FileNotFoundError where there is none."""
        key = self.location.key(name)
        at = {"freshened": datetime.now(UTC).isoformat()}
        source = {"Bucket": self.location.bucket, "Key": key}
        with reached(self.location):
            self._ask("copy_object", Key=key, CopySource=source, MetadataDirective="REPLACE", Metadata=at)

    def move(self, name: str, to: str) -> None:
        """Give an object another name; a crash leaves it under both. Raises FileNotFoundError where there is none."""
        with reached(self.location):
            self._fs.cp_file(self._path(name), self._path(to))
        self.remove(name)

    def remove(self, name: str) -> None:
        """Remove the object of that name, if there is one."""
        with reached(self.location):
            self._ask("delete_object", Key=self.location.key(name))

    def sweep(self, older_than: float) -> int:
        """Give up uploads in parts that began longer ago than so many seconds; return how many there were."""
        oldest, given_up = datetime.now(UTC) - timedelta(seconds=older_than), 0
        with reached(self.location):
            said = self._ask("list_multipart_uploads", Prefix=self.location.key(""))
            for upload in said.get("Uploads", ()):
                if upload["Initiated"] < oldest:
                    self._ask("abort_multipart_upload", Key=upload["Key"], UploadId=upload["UploadId"])
                    given_up += 1
        return given_up

    def refuse_absent(self) -> None:
        """Raise StudioError where there is no such bucket: an object in it would be missed for another reason."""
        try:
            with reached(self.location):
                self._ask("head_bucket")
        except FileNotFoundError as error:
            raise no_bucket(self.location) from error

    def _ask(self, request: str, **values: Any) -> dict[str, Any]:
        return self._fs.call_s3(request, Bucket=self.location.bucket, **values)

    def _path(self, name: str) -> str:
        return f"{self.location.bucket}/{self.location.key(name)}"


@lru_cache(maxsize=4)
def _connection(endpoint: str, region: str, profile: str, limits: Storage, _: tuple[str, ...]) -> s3fs.S3FileSystem:
    """One for each server and key: it takes a sixth of a second to make, and keeps its connections open."""
    region = region or (ANYWHERE if endpoint else "")
    made = s3fs.S3FileSystem(
        endpoint_url=endpoint or None,
        profile=profile or None,
        client_kwargs={"region_name": region} if region else {},
        config_kwargs={
            "connect_timeout": limits.connect_seconds,
            "read_timeout": limits.answer_seconds,
            "retries": {"total_max_attempts": limits.tries, "mode": "standard"},
            "s3": {"addressing_style": "path"} if endpoint else {},
        },
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    # botocore counts the tries: two counts would multiply.
    made.retries = 1
    return made


def _nanoseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000) * 10**6
