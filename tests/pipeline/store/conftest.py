"""A studio for every test of the store, on a memory disk where there is one: these tests sync thousands of times."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store.store import Store

MEMORY_DISK = Path("/dev/shm")


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder of its own."""
    place = MEMORY_DISK if MEMORY_DISK.is_dir() else None
    path = Path(tempfile.mkdtemp(prefix="whitepoint-", dir=place))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def studio(folder: Path) -> Path:
    """Where a studio will be; it does not exist yet."""
    return folder / "studio"


@pytest.fixture
def store(studio: Path) -> Iterator[Store]:
    """An open, empty studio."""
    with Store(studio) as opened:
        yield opened
