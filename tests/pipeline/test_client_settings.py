"""A client's own settings: found by name, checked when read, part of the fingerprint."""

import dataclasses
import hashlib
import re
from importlib import resources
from pathlib import Path

import pytest

from pipeline.errors import NotFoundError
from pipeline.errors import SettingsError
from pipeline.settings import Client
from pipeline.settings import load_settings
from pipeline.settings import settings_from_text
from pipeline.settings.platforms import fits_name


def own(studio: Path, text: str, name: str = "Acme") -> Path:
    (studio / "clients").mkdir(exist_ok=True)
    (studio / "clients" / f"{name}.toml").write_text(text, "utf-8")
    return studio


def test_a_client_has_a_file_or_a_table_and_a_stranger_the_usual(tmp_path: Path) -> None:
    own(tmp_path, 'shadow = "natural"')
    (tmp_path / "settings.toml").write_text('[clients.Other]\nshadow = "contact"', "utf-8")
    settings = load_settings(tmp_path)
    assert settings.client("acme ").shadow == "natural"
    assert settings.client("Other").shadow == "contact"
    assert settings.client("nobody") == Client() == settings.client("")
    assert settings.sources[-1].endswith("Acme.toml")
    assert settings.fingerprint != load_settings().fingerprint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('shadow = "soft"', "it can be none, natural, contact"),
        ('shadwo = "none"', "unknown key “shadwo”; the nearest known name is “shadow”"),
        ("reference = [[50.0, 0.0]]", r"give L\*, a\*, b\* of each"),
        ("reference = [[150.0, 0.0, 0.0]]", r"give L\*, a\*, b\* of each"),
        ('reference_image = "gone.png"', "cannot be read"),
        ('reference = [[50.0, 0.0, 0.0]]\nreference_image = "gone.png"', "give one of them"),
    ],
)
def test_what_does_not_fit_is_one_sentence_with_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        load_settings(own(tmp_path, text))
    assert "Acme" in str(caught.value)


def test_a_reference_photo_is_found_beside_the_file_and_known_by_its_bytes(tmp_path: Path) -> None:
    own(tmp_path, 'reference_image = "mug.png"')
    (tmp_path / "clients" / "mug.png").write_bytes(b"first")
    first = load_settings(tmp_path)
    assert first.client("Acme").reference_image == str(tmp_path / "clients" / "mug.png")
    assert first.client("Acme").reference_sha256 == hashlib.sha256(b"first").hexdigest()
    (tmp_path / "clients" / "mug.png").write_bytes(b"second")
    assert load_settings(tmp_path).fingerprint != first.fingerprint


def test_stored_settings_come_back_the_same_with_their_clients(tmp_path: Path) -> None:
    settings = load_settings(own(tmp_path, 'shadow = "contact"\nreference = [[52.0, 40.5, -3.0]]'))
    again = settings_from_text(settings.text, "the record")
    assert again.fingerprint == settings.fingerprint
    assert again.client("Acme").reference == ((52.0, 40.5, -3.0),)


def test_a_client_changes_single_rules_of_a_platform_and_adds_one_of_its_own(tmp_path: Path) -> None:
    whole = resources.files("resources").joinpath("platforms.toml").read_text("utf-8")
    start = whole.index("[platforms.etsy]")
    outlet = whole[start : whole.index("[platforms.", start + 1)].replace("etsy", "outlet")
    changed = '[platforms.amazon_main]\nfill_high = 0.9\nname_pattern = "{sku}.{variant}"\n\n'
    settings = load_settings(own(tmp_path, changed + outlet))
    assert settings.platform("amazon_main", "ACME").fill_high == 0.9
    assert settings.platform("amazon_main").fill_high == 0.95
    assert settings.platform("outlet", "acme").best_side == 2000
    settings.check_platform("outlet")
    with pytest.raises(NotFoundError, match="There is no platform “outlet”"):
        settings.platform("outlet")
    assert settings_from_text(settings.text, "stored").fingerprint == settings.fingerprint


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('background = "beige"', "background of platform “shopify” is “beige”"),
        ('name_pattern = "{product.__class__}"', "name_pattern of platform “shopify”"),
        ('name_regex = "["', "it is no regular expression"),
        ("bit_depth = 16", "srgb has 8 bits"),
        ('formats = ["jpeg"]\nbackground = "transparent"', "transparency needs png or webp"),
        ('dated = "last week"', "give the day as 2026-11-22"),
        ("aspect = nan", "aspect must be a number"),
        ("max_megapixels = inf", "max_megapixels must be a number"),
        ("aspect = 1e-9", "aspect or code_digits"),
        (f"aspect = {'9' * 400}", "aspect must be a number"),
        (f"dpi = {'9' * 5000}", "is not valid TOML"),
        (f"dpi = {'[' * 5000}", "is not valid TOML"),
        ("max_bytes = -1", "max_bytes of platform “shopify” is “-1”"),
        ("side = 999999", "no side is above"),
        ('name_pattern = "{sku}{number:>9999999999}"', "only digits can be asked for"),
        ("fill_hihg = 1", "unknown key “fill_hihg”; the nearest known name is “fill_high”"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_its_key(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "settings.toml").write_text(f"[platforms.shopify]\n{line}\n")
    with pytest.raises(SettingsError, match=re.escape(said)):
        load_settings(tmp_path)


def test_a_pattern_that_never_comes_to_an_end_is_named() -> None:
    rules = dataclasses.replace(load_settings().platform("shopify"), name_regex="(a|a|[a-z])*[89]")
    assert fits_name("a9", rules)
    with pytest.raises(SettingsError, match="never comes to an end"):
        fits_name("a" * 60, rules)
