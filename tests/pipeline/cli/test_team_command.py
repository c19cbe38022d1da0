"""The command on a team's studio: the same verbs, with the catalogue on a server."""

import numpy as np
import pytest
from PIL import Image
from team_server import TeamServer

pytestmark = pytest.mark.server


def test_every_step_of_a_batch_goes_through_a_server(
    whitepoint, team_server: TeamServer, team_database, tmp_path
) -> None:
    folder = tmp_path / "shared"
    team = str(team_server.place(team_database, folder))
    rgb = np.full((240, 240, 3), 235, np.uint8)
    rgb[60:180, 80:160] = (160, 30, 40)
    for place in (tmp_path / "photos", folder):
        place.mkdir()
    (folder / "settings.toml").write_text("[ingest]\nmin_longest_side = 1\n")
    Image.fromarray(rgb).save(tmp_path / "photos" / "mug.png")

    assert whitepoint("ingest", tmp_path / "photos", "--batch", "monday", studio=team).stdout.strip() == "monday"
    assert whitepoint("run", "monday", "--executor", "threads", "--workers", "1", studio=team).status == 0
    (image,) = whitepoint("status", "monday", "--json", studio=team).document["images"]
    assert image["file"] == "mug.png"
    assert image["error"] is None, image
    decided = whitepoint("decide", "mug.png", "redo", "--by", "Ann", "--reason", "halo", studio=team)
    assert decided.status == 0, decided.stderr
    assert whitepoint("undo", "--by", "Ann", studio=team).status == 0
    checked = whitepoint("check", studio=team)
    assert (checked.status, checked.stderr) == (0, "")
    assert "host=" not in checked.stdout
    assert whitepoint("backup", tmp_path / "kept", studio=team).status == 0
    refused = whitepoint("restore", tmp_path / "kept", studio=team)
    assert refused.status == 2
    assert "holds a studio already" in refused.stderr
    assert not (folder / "whitepoint.sqlite").exists()


def test_an_address_without_a_folder_or_a_server_is_one_sentence(whitepoint, tmp_path) -> None:
    lacking = whitepoint("status", studio="postgresql://ann:secret@127.0.0.1:1/db")
    assert lacking.status == 2
    assert "does not say where the files are" in lacking.stderr
    gone = whitepoint("status", studio=f"postgresql://ann:secret@127.0.0.1:1/db?files={tmp_path / 'shared'}")
    assert gone.status == 2
    assert "cannot be reached" in gone.stderr
    assert "secret" not in lacking.stderr + gone.stderr
