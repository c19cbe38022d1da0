"""The platforms of these tests ask for fewer pixels, which changes nothing but the time."""

import pytest

from pipeline.settings import Settings


@pytest.fixture(scope="session")
def settings(small_settings: Settings) -> Settings:
    return small_settings
