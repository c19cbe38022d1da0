"""What a client's settings must be, beyond their types: known words, colours that exist, a photo that is there."""

import dataclasses
import hashlib
from pathlib import Path
from typing import Final

from pipeline.errors import SettingsError
from pipeline.settings.platforms import check_platform
from pipeline.settings.sections import Client

SHADOWS: Final = ("none", "natural", "contact")
LIMITS: Final = ((0.0, 100.0), (-128.0, 128.0), (-128.0, 128.0))
"""Of L*, a* and b*."""


def checked_client(name: str, client: Client, folder: Path | None, where: str) -> Client:
    """Return `client` with its reference photo (relative to `folder`) found and hashed.

    Raises SettingsError naming the file `where` it stands, the client and the key.
    """
    if client.shadow not in SHADOWS:
        known = ", ".join(SHADOWS)
        raise SettingsError(f"{where}: shadow of client “{name}” is “{client.shadow}”; it can be {known}.")
    for patch in client.reference:
        if len(patch) != 3 or not all(low <= value <= high for value, (low, high) in zip(patch, LIMITS, strict=True)):
            raise SettingsError(f"{where}: reference of client “{name}” has {list(patch)}; give L*, a*, b* of each.")
    for platform, rules in client.platforms.items():
        check_platform(platform, rules, f"{where}: client “{name}”")
    client = _with_credentials(name, client, folder, where)
    if client.reference and client.reference_image:
        raise SettingsError(f"{where}: client “{name}” has reference and reference_image; give one of them.")
    if not client.reference_image:
        return client
    path = (folder or Path()) / Path(client.reference_image).expanduser()
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SettingsError(
            f"{where}: reference_image of client “{name}”, {path}, cannot be read ({error.strerror}); correct the path."
        ) from error
    return dataclasses.replace(client, reference_image=str(path), reference_sha256=digest)


def _with_credentials(name: str, client: Client, folder: Path | None, where: str) -> Client:
    """Return `client` with the paths of its certificate and key found."""
    if not client.c2pa_certificate and not client.c2pa_key:
        return client
    found = {}
    for setting in ("c2pa_certificate", "c2pa_key"):
        path = (folder or Path()) / Path(getattr(client, setting)).expanduser()
        if not path.is_file():
            raise SettingsError(f"{where}: {setting} of client “{name}” is no file ({path}); give both, or neither.")
        found[setting] = str(path)
    return dataclasses.replace(client, **found)
