"""Content Credentials (C2PA) for a finished file, by a certificate of the client's own; computed here, offline.

The signature covers the file's bytes, so signing comes last: whoever changes a byte afterwards breaks it. It names the
time and draws random numbers: a signed file is never the same bytes twice.
"""

import io
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any
from typing import Final

from pipeline.errors import KnownError

MEDIA_TYPES: Final = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "tiff": "image/tiff"}
SOURCE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
ALGORITHM: Final = b"es256"


def sign(data: bytes, *, format: str, name: str, source_type: str, certificate: Path, key: Path) -> bytes:
    """Return `data` (a file of that format) with a signed statement of how the picture was made.

    Args:
        name: the file's title.
        source_type: IPTC's name for how the picture was made; "" is stated as captured by a camera.
        certificate: PEM with the signer's certificate first and its chain after it (P-256, for ES256).
        key: PEM (PKCS#8) with its private key.

    Raises KnownError where the extra is not installed or certificate and key do not fit.
    """
    c2pa = _library()
    statement = {
        "claim_generator_info": [{"name": "Whitepoint", "version": version("whitepoint")}],
        "title": name,
        "format": MEDIA_TYPES[format],
        "assertions": [{"label": "c2pa.actions", "data": {"actions": _actions(source_type)}}],
    }
    signed = io.BytesIO()
    try:
        credentials = (ALGORITHM, certificate.read_bytes(), key.read_bytes(), None)
        signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(*credentials))
        c2pa.Builder(statement).sign(signer, MEDIA_TYPES[format], io.BytesIO(data), signed)
    except (OSError, c2pa.C2paError) as error:
        said = " ".join(str(error).split())
        raise KnownError(
            f"{name} cannot be signed with {certificate} ({said}); correct certificate and key."
        ) from error
    return signed.getvalue()


def read_credentials(data: bytes, format: str) -> dict[str, Any] | None:
    """Return what a file's Content Credentials say and whether they hold ("validation_state"), None without any."""
    c2pa = _library()
    try:
        with c2pa.Reader(MEDIA_TYPES[format], io.BytesIO(data)) as reader:
            return json.loads(reader.json())
    except c2pa.C2paError.ManifestNotFound:
        return None


def _actions(source_type: str) -> list[dict[str, str]]:
    created = {"action": "c2pa.created", "digitalSourceType": SOURCE + (source_type or "digitalCapture")}
    return [created, {"action": "c2pa.edited"}]


def _library() -> Any:
    try:
        import c2pa
    except ImportError as error:
        raise KnownError("Signing needs an extra part: pip install 'whitepoint[c2pa]', or sign nothing.") from error
    return c2pa
