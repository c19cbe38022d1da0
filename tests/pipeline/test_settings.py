import dataclasses
from pathlib import Path

import pytest

from pipeline.errors import NotFoundError
from pipeline.errors import SettingsError
from pipeline.settings import load_settings


def own(studio: Path, text: str) -> Path:
    (studio / "settings.toml").write_text(text, "utf-8")
    return studio


def test_the_shipped_settings_load_and_have_a_stable_fingerprint() -> None:
    first, second = load_settings(), load_settings()
    assert first == second
    assert first.fingerprint == second.fingerprint
    assert len(first.fingerprint) == 16


def test_a_studio_overrides_single_keys_and_the_fingerprint_says_so(tmp_path: Path) -> None:
    settings = load_settings(own(tmp_path, "[scoring]\napprove_from = 95"))
    assert settings.scoring.approve_from == 95.0
    assert settings.scoring.review_from == load_settings().scoring.review_from
    assert settings.fingerprint != load_settings().fingerprint
    assert settings.sources[-1].endswith("settings.toml")


def test_an_unknown_key_is_refused_with_its_name_and_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"unknown key “aprove_from”; the nearest known name is “approve_from”"):
        load_settings(own(tmp_path, "[scoring]\naprove_from = 95.0"))


def test_an_unknown_section_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="unknown key “scorings”"):
        load_settings(own(tmp_path, "[scorings]\napprove_from = 95.0"))


@pytest.mark.parametrize("value", ['"high"', "true", "[1]"])
def test_a_value_of_the_wrong_type_is_refused_with_its_place(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="approve_from must be float"):
        load_settings(own(tmp_path, f"[scoring]\napprove_from = {value}"))


def test_broken_toml_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_settings(own(tmp_path, "[scoring"))


def test_a_new_platform_needs_every_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is missing"):
        load_settings(own(tmp_path, '[platforms.own_shop]\ntitle = "Own shop"'))


def test_an_unknown_platform_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="“amazon_main”"):
        load_settings().platform("amazon_mian")


def test_every_reason_has_a_key_of_its_own_for_each_action() -> None:
    reasons = load_settings().reasons.values()
    for action in ("reject", "redo"):
        keys = [reason.key for reason in reasons if action in reason.actions]
        assert len(keys) == len(set(keys)) > 0


def test_settings_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        load_settings().scoring.approve_from = 0.0  # type: ignore[misc]
