"""The studio: the only SQL, migrations and content-addressed files."""

from pipeline.store.files import Files
from pipeline.store.records import Claim
from pipeline.store.records import Delivery
from pipeline.store.records import Finding
from pipeline.store.store import Store

__all__ = ["Claim", "Delivery", "Files", "Finding", "Store"]
