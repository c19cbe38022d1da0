"""A second opinion on delivered files: read with Pillow, tifffile and numpy alone, by rules written out here.

Nothing of the pipeline is imported: who verifies with the code that made a file believes one mistake twice.
The rules are those of the platforms' pages, copied by hand; what only secondary sources say is not asked.
"""

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import tifffile
from PIL import Image
from PIL import ImageCms
from scipy.ndimage import maximum_filter


@dataclass(frozen=True)
class Rule:
    """One platform: formats by Pillow's name, pure white or white at the frame, sides, fill, bytes, name."""

    formats: tuple[str, ...]
    name: str
    pure: bool = False
    least: int = 1
    shorter: int = 1
    most: int = 20_000
    megapixels: float = 1000.0
    aspect: float = 0.0
    fill: tuple[float, float] = (0.0, 1.0)
    size: int = 1 << 31
    deep: bool = False


ANY: Final = r"[A-Za-z0-9._-]+\.(jpg|png|webp)"
RULES: Final = {
    "amazon_main": Rule(
        ("JPEG", "PNG"), r"[A-Z0-9]+\.(MAIN|PT\d\d)\.(jpg|png)", True, 1000, most=10_000, fill=(0.85, 0.95)
    ),
    "amazon_secondary": Rule(("JPEG", "PNG"), r"[A-Z0-9]+\.PT\d\d\.(jpg|png)", least=1000, most=10_000),
    "shopify": Rule(("JPEG", "PNG", "WEBP"), ANY, most=5000, megapixels=25),
    "google_shopping": Rule(("JPEG", "WEBP"), ANY, shorter=500, megapixels=64, size=16_000_000),
    "print_catalog": Rule(("TIFF",), r"[A-Za-z0-9._-]+\.tif", True, 1000, fill=(0.80, 0.95), deep=True),
    "ebay": Rule(("JPEG", "PNG"), ANY, least=500, most=7500, size=12_000_000),
    "walmart": Rule(("JPEG", "PNG"), r"\d{14}(_\d+)?\.(jpg|png)", True, 1500, aspect=1.0, size=5_000_000),
    "zalando": Rule(("JPEG",), r"[A-Za-z0-9._-]+\.jpg", least=1100, shorter=762, aspect=1801 / 2600, size=20_000_000),
    "etsy": Rule(("JPEG", "PNG"), ANY, shorter=635),
    "meta_shop": Rule(("JPEG", "PNG"), ANY, shorter=500, aspect=1.0, size=8_000_000),
}
REACH: Final = {"JPEG": 10, "PNG": 0, "TIFF": 0}
"""How far a JPEG 4:4:4 may stray from the product, in pixels across or down."""


def complaints(path: Path, platform: str, mask: np.ndarray) -> list[str]:
    """Return what speaks against a file; `mask` is where the product is in it (uint8 H×W, above 0), read elsewhere."""
    rule = RULES[platform]
    with Image.open(path) as image:
        kind, (width, height), said = image.format, image.size, _of_file(image, path, rule)
        pixels = np.asarray(image.convert("RGB")) if not rule.deep else tifffile.imread(path)
    white = 65535 if rule.deep else 255
    if rule.deep and (pixels.dtype != np.uint16 or pixels.shape != (height, width, 3)):
        return [*said, f"it holds {pixels.shape} {pixels.dtype}"]
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    if rule.pure:
        far = maximum_filter(mask, 2 * REACH[kind] + 1) == 0
        if not (pixels[far] == white).all():
            said.append(f"{np.count_nonzero((pixels[far] != white).any(axis=-1))} background pixels are off white")
        said += [] if (border == white).all() else ["the frame is off white"]
    elif border.min() < 250:
        said.append("the frame is not white")
    return said + _of_product(pixels < white * 0.5, mask, rule)


def _of_file(image: Image.Image, path: Path, rule: Rule) -> list[str]:
    width, height = image.size
    checks = {
        f"a {image.format}": image.format in rule.formats,
        f"named {path.name}": re.fullmatch(rule.name, path.name) is not None,
        f"mode {image.mode}": image.mode == "RGB",
        f"{path.stat().st_size} bytes": path.stat().st_size <= rule.size,
        f"{width} × {height}": rule.least <= max(width, height) <= rule.most and min(width, height) >= rule.shorter,
        "too many pixels": width * height <= rule.megapixels * 1e6,
        f"aspect {width / height:.4f}": not rule.aspect or abs(width / height / rule.aspect - 1) < 0.005,
        "an orientation tag": image.getexif().get(274, 1) == 1,
        "a place": not image.getexif().get_ifd(0x8825),
        "several pictures": getattr(image, "n_frames", 1) == 1,
    }
    if image.format == "JPEG":
        checks["subsampled"] = image.layer[0][1:3] == image.layer[1][1:3]
    profile = image.info.get("icc_profile")
    wanted = "adobe" if rule.deep else "srgb"
    name = ImageCms.getProfileDescription(ImageCms.getOpenProfile(io.BytesIO(profile))) if profile else "none"
    checks[f"profile {name}"] = wanted in name.lower().replace(" ", "")
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or image.getexif().get(700) or b""
    xmp = xmp.encode() if isinstance(xmp, str) else bytes(xmp)
    checks["no DigitalSourceType"] = b"cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced" in xmp
    return [f"it is {what}" for what, fine in checks.items() if not fine]


def _of_product(dark: np.ndarray, mask: np.ndarray, rule: Rule) -> list[str]:
    """Fill by the mask's box, and that nothing dark lies outside the mask."""
    rows, columns = np.nonzero(mask >= 128)
    height, width = mask.shape
    fill = max((np.ptp(columns) + 1) / width, (np.ptp(rows) + 1) / height)
    said = [] if rule.fill[0] - 1e-9 <= fill <= rule.fill[1] + 1e-9 else [f"it fills {fill:.3f}"]
    if (dark.any(axis=-1) & (mask == 0)).any():
        said.append("something dark lies beside the product")
    return said
