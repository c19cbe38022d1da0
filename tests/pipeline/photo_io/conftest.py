"""Photos made for the reading tests: four coloured quadrants, RAW files, hand-made profiles."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tifffile

from pipeline.settings import Ingest
from pipeline.settings import load_settings

DATA = Path(__file__).parent / "data"

_XYZ_TO_SRGB = ((32405, -15371, -4985), (-9693, 18760, 416), (556, -2040, 10572))
"""Ten-thousandths, as the rationals of ColorMatrix1."""


@pytest.fixture(scope="session")
def limits() -> Ingest:
    """The shipped limits."""
    return load_settings().ingest


@pytest.fixture(scope="session")
def quadrants() -> np.ndarray:
    """uint8 48×64×3 sRGB: red, green above blue, white; no orientation leaves it as it is."""
    picture = np.empty((48, 64, 3), np.uint8)
    picture[:24, :32], picture[:24, 32:] = (200, 40, 40), (40, 180, 60)
    picture[24:, :32], picture[24:, 32:] = (40, 60, 200), (255, 255, 255)
    return picture


@pytest.fixture(scope="session")
def heic() -> Callable[[str], Path]:
    """Small HEIC files; this project cannot write the format, so they were made once with libheif and x265."""
    return lambda name: DATA / f"{name}.heic"


@pytest.fixture
def make_dng(tmp_path: Path) -> Callable[..., Path]:
    """Write linear sRGB light (float H×W×3, 0..1) as a Bayer DNG of a camera whose colours are sRGB's."""

    def make(light: np.ndarray, *, orientation: int = 1, name: str = "photo.dng") -> Path:
        mosaic = np.empty(light.shape[:2])
        for row, column, channel in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 2)):
            mosaic[row::2, column::2] = light[row::2, column::2, channel]
        matrix = [part for line in _XYZ_TO_SRGB for number in line for part in (number, 10000)]
        tags = [
            (271, 2, 0, "Whitepoint", True),
            (272, 2, 0, "Test camera", True),
            (274, 3, 1, orientation, True),
            (33421, 3, 2, (2, 2), True),
            (33422, 1, 4, bytes((0, 1, 1, 2)), True),
            (50706, 1, 4, bytes((1, 4, 0, 0)), True),
            (50708, 2, 0, "Test camera", True),
            (50714, 3, 1, 64, True),
            (50717, 3, 1, 4095, True),
            (50721, 10, 9, matrix, True),
            (50728, 5, 3, (1, 1) * 3, True),
            (50778, 3, 1, 21, True),
        ]
        path = tmp_path / name
        levels = np.rint(64 + np.clip(mosaic, 0, 1) * (4095 - 64)).astype(np.uint16)
        tifffile.imwrite(path, levels, photometric=32803, planarconfig=1, extratags=tags, metadata=None, software=False)
        return path

    return make


@pytest.fixture(scope="session")
def cmyk_profile() -> bytes:
    """An ICC profile of an ideal press: each ink subtracts its complement; a table of 2⁴ nodes to Lab."""
    nodes = np.stack(np.meshgrid(*[[0, 255]] * 4, indexing="ij"), axis=-1).reshape(-1, 4)
    light = (255 - nodes[:, :3]) * (255 - nodes[:, 3:]) / 255
    # Only black, white and greys matter here: L from the mean, a and b neutral or pulled by two inks.
    lab = np.stack([light.mean(axis=1), 128 + (light[:, 0] - light[:, 1]) / 4, 128 + (light[:, 1] - light[:, 2]) / 4])
    identity = b"".join(int(v).to_bytes(4, "big", signed=True) for v in (65536, 0, 0, 0, 65536, 0, 0, 0, 65536))
    ramp = bytes(range(256))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + ramp * 4
    table += np.rint(lab.T).clip(0, 255).astype(np.uint8).tobytes() + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table})


def _profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    white = b"XYZ " + bytes(4) + b"".join(v.to_bytes(4, "big") for v in (63190, 65536, 54061))
    description = b"desc" + bytes(4) + (5).to_bytes(4, "big") + b"test\0" + bytes(78)
    tags = {b"desc": description, b"wtpt": white, b"cprt": b"text" + bytes(4) + b"none\0", **tags}
    directory, body = len(tags).to_bytes(4, "big"), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        directory += name + (start + len(body)).to_bytes(4, "big") + len(data).to_bytes(4, "big")
        body += data + bytes(-len(data) % 4)
    head = bytearray(128)
    head[0:4] = (start + len(body)).to_bytes(4, "big")
    head[8:12] = (0x02400000).to_bytes(4, "big")
    head[12:24] = kind + space + connection
    head[36:40] = b"acsp"
    head[68:80] = b"".join(v.to_bytes(4, "big") for v in (63190, 65536, 54061))
    return bytes(head) + directory + body
