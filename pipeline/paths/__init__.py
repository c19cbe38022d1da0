"""Clipping paths as numbers: Bézier curves in the original's pixels, drawn, fitted, edited; nothing of files.

A point (x, y) counts from the picture's upper left corner; pixel centres lie at .5, as everywhere.
"""

from pipeline.paths.curves import Node
from pipeline.paths.curves import Path
from pipeline.paths.curves import Point
from pipeline.paths.curves import Subpath
from pipeline.paths.raster import coverage

__all__ = ["Node", "Path", "Point", "Subpath", "coverage"]
