"""1:1 is one image pixel on one device pixel at every scale of the screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_at_one_to_one_all_pixels_are_the_files_at_every_device_scale(scale) -> None:
    script = Path(__file__).with_name("show_one_to_one.py")
    root = Path(__file__).resolve().parents[3]
    environment = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    command = [sys.executable, str(script)]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    ratio, equal = (float(word) for word in found.stdout.split())
    assert ratio == float(scale)
    assert equal == 1.0
