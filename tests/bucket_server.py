"""A real S3-compatible server for tests: SeaweedFS on the loopback, in a process of its own."""

import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen

import s3fs

HOST = "127.0.0.1"
OWNER, READER, NOBODY = "owner", "reader", "nobody"
SECRET = "no-secret"
GRPC = 10_000
"""Each of the server's ports has a second one, so much higher."""
START_SECONDS, LOOK_SECONDS = 60, 0.05
ACCESS = {OWNER: ["Admin", "Read", "Write", "List", "Tagging"], READER: ["Read", "List"]}


@dataclass(frozen=True)
class Server:
    """Where it answers, and the bucket that is there."""

    endpoint: str
    bucket: str = "studio"

    def address(self, prefix: str, bucket: str = "") -> str:
        """Return the address of a folder in the bucket, as `--files` takes it."""
        return f"s3://{bucket or self.bucket}/{prefix}?endpoint={self.endpoint}"

    def keys(self, who: str = OWNER) -> dict[str, str]:
        """Return the environment of somebody who may use it, or who may not."""
        nothing = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null"}
        return nothing | {"AWS_ACCESS_KEY_ID": who, "AWS_SECRET_ACCESS_KEY": SECRET}


def program() -> Path | None:
    """Return the server's program, None where it is not installed."""
    beside = Path(sys.executable).parent / "weed"
    found = beside if beside.is_file() else shutil.which("weed")
    return Path(found) if found else None


@contextmanager
def running(weed: Path) -> Iterator[Server]:
    """Start the server, make its bucket, and end it with everything in it."""
    with tempfile.TemporaryDirectory(prefix="whitepoint-bucket-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        identities = [
            {"name": who, "credentials": [{"accessKey": who, "secretKey": SECRET}], "actions": actions}
            for who, actions in ACCESS.items()
        ]
        (folder / "s3.json").write_text(json.dumps({"identities": identities}))
        master, volume, filer, s3 = _free_ports(4)
        command = [
            *(weed, "server", f"-dir={folder}", f"-ip={HOST}", f"-ip.bind={HOST}", f"-master.port={master}"),
            *(f"-volume.port={volume}", f"-filer.port={filer}", "-s3", f"-s3.port={s3}", "-s3.port.iceberg=0"),
            *("-s3.port.lance=0", f"-filer.localSocket={folder / 'filer'}", f"-s3.localSocket={folder / 's3'}"),
            "-master.telemetry=false",
            *(f"-s3.config={folder / 's3.json'}", "-s3.autoCreateBucket=false"),
            *("-master.volumeSizeLimitMB=64", "-volume.max=20"),
        ]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            server = Server(f"http://{HOST}:{s3}")
            _wait_until_it_keeps(server, process, folder / "log")
            yield server
        finally:
            # What it holds is thrown away: nothing needs to be brought to an end.
            process.kill()
            process.wait()
            for port in (master, volume, filer, s3):
                for left in Path("/tmp").glob(f"seaweedfs-*-{port + GRPC}.sock"):
                    left.unlink(missing_ok=True)


def _wait_until_it_keeps(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    pause, fs = (
        Event(),
        s3fs.S3FileSystem(
            key=OWNER,
            secret=SECRET,
            endpoint_url=server.endpoint,
            client_kwargs={"region_name": "us-east-1"},
            skip_instance_cache=True,
        ),
    )
    for _ in range(round(START_SECONDS / LOOK_SECONDS)):
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{server.endpoint}/healthz", timeout=1):
                fs.makedirs(server.bucket, exist_ok=True)
                fs.pipe_file(f"{server.bucket}/first", b"first")
                return
        except (URLError, OSError):
            pause.wait(LOOK_SECONDS)
    raise RuntimeError(f"the S3-compatible server did not start: {log.read_text(errors='replace')[-800:]}")


def _free_ports(count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        port = random.randrange(20_000, 30_000)
        if port not in found and _is_free(port) and _is_free(port + GRPC):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0
