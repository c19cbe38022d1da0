"""A program of its own, run by `heic` in a child process: a file that crashes libheif must cost one photo only.

Reads a HEIC file from standard input; writes one line of JSON about its main picture and, with the argument `pixels`,
the decoded samples after it. Ends with UNREADABLE where the file cannot be read. Imports nothing of the pipeline.
"""

import base64
import json
import sys

import pi_heif

MEMORY_BYTES = 6 << 30
CPU_SECONDS = 60
UNREADABLE = 3


def main() -> int:
    """Describe, and with `pixels` decode, what stands on standard input."""
    _limit_resources()
    # Thumbnails, depth maps and auxiliary pictures are never used, and each is one more way to go wrong.
    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    try:
        file = pi_heif.open_heif(sys.stdin.buffer.read(), convert_hdr_to_8bit=False)
        picture = file[file.primary_index]
        samples = bytes(picture.data) if sys.argv[1:] == ["pixels"] else b""
        facts = {"mode": picture.mode, "size": picture.size, "pages": len(file)} | _info(picture.info)
    except (OSError, ValueError, EOFError, SyntaxError, RuntimeError, IndexError, MemoryError):
        return UNREADABLE
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + samples)
    return 0


def _info(info: dict) -> dict:
    nclx = info.get("nclx_profile") or {}
    blobs = {name: info.get(name) or b"" for name in ("exif", "xmp", "icc_profile")}
    texts = {name: base64.b64encode(blob).decode() for name, blob in blobs.items()}
    return texts | {"depth": int(info.get("bit_depth", 8)), "primaries": nclx.get("color_primaries")}


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limits; the time limit of the parent remains.
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        hardest = resource.getrlimit(limit)[1]
        most = value if hardest == resource.RLIM_INFINITY else min(value, hardest)
        resource.setrlimit(limit, (most, hardest))


if __name__ == "__main__":
    sys.exit(main())
