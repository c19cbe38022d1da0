"""The settings as a form sees them: every key is there, what is typed is checked, and the file is never left broken."""

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import load_settings
from pipeline.settings.overrides import Field
from pipeline.settings.overrides import parsed
from pipeline.settings.overrides import setting_groups
from pipeline.settings.overrides import shown
from pipeline.settings.overrides import write_settings


def field(path: str, studio: Path | None = None) -> Field:
    fields = {each.key: each for group in setting_groups(studio) for each in group.fields}
    return fields[path]


def test_every_number_of_the_shipped_table_is_in_the_form() -> None:
    settings = load_settings()
    assert field("scoring.approve_from").value == settings.scoring.approve_from
    assert field("scoring.flags.halo").value == settings.scoring.flags["halo"]
    assert field("tools.matting.band").value == settings.tools.matting.band
    assert field("platforms.amazon_main.fill_low").value == settings.platforms["amazon_main"].fill_low


def test_what_the_file_says_beside_a_key_is_said_in_the_form() -> None:
    assert field("grouping.gap_seconds").words == "a longer rest of the camera is another shoot"
    assert field("shadow.clearance").words


def test_every_value_reads_back_as_itself() -> None:
    for group in setting_groups(None):
        for each in group.fields:
            assert parsed(each, each.text) == each.value, each.key


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("grouping.gap_seconds", "soon"),
        ("grouping.gap_seconds", "-1"),
        ("grouping.gap_seconds", "nan"),
        ("line.workers", "2.5"),
        ("line.workers", ""),
        ("platforms.amazon_main.quality_ladder", "95, best"),
        ("tools.evidence.weigh_others", "perhaps"),
    ],
)
def test_what_does_not_fit_is_one_sentence_with_the_key(key: str, text: str) -> None:
    with pytest.raises(SettingsError) as error:
        parsed(field(key), text)
    assert key in str(error.value)
    assert str(error.value).count(".") <= key.count(".") + 1 + text.count(".")


def test_a_changed_key_is_written_and_everything_else_in_the_file_stays(tmp_path: Path) -> None:
    own = tmp_path / "settings.toml"
    own.write_text("# our studio\n[review]\ngrace_seconds = 30  # we are quick\n", "utf-8")
    settings = write_settings(tmp_path, {("scoring", "flags", "halo"): 20.0, ("review", "grace_seconds"): 45})
    assert (settings.scoring.flags["halo"], settings.review.grace_seconds) == (20.0, 45)
    text = own.read_text("utf-8")
    assert "# our studio" in text
    assert "# we are quick" in text
    assert load_settings(tmp_path).fingerprint == settings.fingerprint
    assert field("scoring.flags.halo", tmp_path).shipped == load_settings().scoring.flags["halo"]


def test_back_to_the_shipped_value_takes_the_key_out_of_the_file(tmp_path: Path) -> None:
    write_settings(tmp_path, {("scoring", "flags", "halo"): 20.0, ("review", "grace_seconds"): 45})
    write_settings(tmp_path, {("scoring", "flags", "halo"): None, ("review", "grace_seconds"): None})
    assert (tmp_path / "settings.toml").read_text("utf-8").strip() == ""
    assert load_settings(tmp_path).fingerprint == load_settings().fingerprint


def test_a_list_is_written_as_a_list(tmp_path: Path) -> None:
    extensions = field("ingest.extensions")
    settings = write_settings(tmp_path, {extensions.path: parsed(extensions, ".jpg, .png")})
    assert settings.ingest.extensions == (".jpg", ".png")
    assert shown(field("ingest.extensions", tmp_path).value) == ".jpg, .png"


def test_what_would_be_refused_is_not_written(tmp_path: Path) -> None:
    write_settings(tmp_path, {("review", "grace_seconds"): 45})
    before = (tmp_path / "settings.toml").read_bytes()
    with pytest.raises(SettingsError, match="grace_second"):
        write_settings(tmp_path, {("review", "grace_second"): 1})
    assert (tmp_path / "settings.toml").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]
