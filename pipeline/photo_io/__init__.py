"""Every format, both directions: the only home of Pillow decoding, tifffile, imagecodecs, rawpy and pi-heif.

Reading: `gatekeeper` (headers, refusals), `decode` (masters), `display` (copies for the screen). Writing and judging
what was written: `encode`, `delivered`.
"""

from pipeline.photo_io.decode import read_photo
from pipeline.photo_io.display import read_display
from pipeline.photo_io.display import read_preview
from pipeline.photo_io.display import read_samples
from pipeline.photo_io.display import read_wide
from pipeline.photo_io.gatekeeper import read_header
from pipeline.photo_io.header import PhotoHeader

__all__ = ["PhotoHeader", "read_display", "read_header", "read_photo", "read_preview", "read_samples", "read_wide"]
