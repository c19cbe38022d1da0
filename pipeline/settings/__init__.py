"""Every opinionated number: `resources/*.toml` read into frozen typed records. An unknown key is an error.

The studio's own `settings.toml`, where it exists, overrides single keys; `Settings.fingerprint` is stored with each
result, so that one can tell which numbers made it.
"""

from pipeline.settings.effective import Settings
from pipeline.settings.effective import nearest
from pipeline.settings.loading import load_settings
from pipeline.settings.loading import platform_from_table
from pipeline.settings.loading import settings_from_text
from pipeline.settings.photo_sections import CleanUp
from pipeline.settings.photo_sections import Shadow
from pipeline.settings.releasing import Release
from pipeline.settings.releasing import Retention
from pipeline.settings.repairing import Hair
from pipeline.settings.sections import Category
from pipeline.settings.sections import Classify
from pipeline.settings.sections import Client
from pipeline.settings.sections import Color
from pipeline.settings.sections import Evidence
from pipeline.settings.sections import Framing
from pipeline.settings.sections import Grouping
from pipeline.settings.sections import Ingest
from pipeline.settings.sections import Line
from pipeline.settings.sections import Matting
from pipeline.settings.sections import Naming
from pipeline.settings.sections import OnnxModel
from pipeline.settings.sections import OutlineRule
from pipeline.settings.sections import Platform
from pipeline.settings.sections import Ramp
from pipeline.settings.sections import Reason
from pipeline.settings.sections import Review
from pipeline.settings.sections import Routing
from pipeline.settings.sections import Scoring
from pipeline.settings.sections import Tools
from pipeline.settings.sections import Training
from pipeline.settings.sections import Watch
from pipeline.settings.storing import Storage

__all__ = [
    "Category",
    "Classify",
    "CleanUp",
    "Client",
    "Color",
    "Evidence",
    "Framing",
    "Grouping",
    "Hair",
    "Ingest",
    "Line",
    "Matting",
    "Naming",
    "OnnxModel",
    "OutlineRule",
    "Platform",
    "Ramp",
    "Reason",
    "Release",
    "Retention",
    "Review",
    "Routing",
    "Scoring",
    "Settings",
    "Shadow",
    "Storage",
    "Tools",
    "Training",
    "Watch",
    "load_settings",
    "nearest",
    "platform_from_table",
    "settings_from_text",
]
