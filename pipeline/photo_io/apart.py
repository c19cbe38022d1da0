"""A program of its own in a child process: a file that crashes libheif or LibRaw must cost one photo, never the window.

Reads a file from standard input and writes one line of JSON about its main picture: with the arguments `SECONDS heic`
about a HEIC, with `SECONDS raw` about a camera's RAW; with `SECONDS heic pixels` the decoded samples follow. It may use
so many seconds of processor time, whatever else the machine does. Ends with UNREADABLE where the file cannot be read.
Imports nothing of the pipeline, and of the two libraries the one it needs.
"""

import base64
import json
import sys

MEMORY_BYTES = 6 << 30
UNREADABLE = 3
TROUBLE = (OSError, ValueError, EOFError, SyntaxError, RuntimeError, IndexError, MemoryError)


def main() -> int:
    """Describe, and with `pixels` decode, what stands on standard input."""
    _limit_resources(int(sys.argv[1]))
    try:
        facts, samples = _raw() if sys.argv[2] == "raw" else _heic(sys.argv[3:] == ["pixels"])
    except TROUBLE:
        return UNREADABLE
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + samples)
    return 0


def _heic(with_pixels: bool) -> tuple[dict, bytes]:
    import pi_heif

    # Thumbnails, depth maps and auxiliary pictures are never used, and each is one more way to go wrong.
    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    file = pi_heif.open_heif(sys.stdin.buffer.read(), convert_hdr_to_8bit=False)
    picture = file[file.primary_index]
    samples = bytes(picture.data) if with_pixels else b""
    return {"mode": picture.mode, "size": picture.size, "pages": len(file)} | _info(picture.info), samples


def _raw() -> tuple[dict, bytes]:
    import rawpy

    try:
        with rawpy.RawPy() as raw:
            raw.open_buffer(sys.stdin.buffer)
            sizes = raw.sizes
    except rawpy.LibRawError as error:
        raise ValueError(str(error)) from error
    return {"width": sizes.iwidth, "height": sizes.iheight, "flip": sizes.flip}, b""


def _info(info: dict) -> dict:
    nclx = info.get("nclx_profile") or {}
    blobs = {name: info.get(name) or b"" for name in ("exif", "xmp", "icc_profile")}
    texts = {name: base64.b64encode(blob).decode() for name, blob in blobs.items()}
    return texts | {"depth": int(info.get("bit_depth", 8)), "primaries": nclx.get("color_primaries")}


def _limit_resources(seconds: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limits; the time limit of the parent remains.
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hardest = resource.getrlimit(limit)[1]
        most = value if hardest == resource.RLIM_INFINITY else min(value, hardest)
        resource.setrlimit(limit, (most, hardest))


if __name__ == "__main__":
    sys.exit(main())
