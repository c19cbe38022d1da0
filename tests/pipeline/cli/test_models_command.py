"""`whitepoint models`: its list, its exit statuses, and a studio that it does not make."""

from pathlib import Path


def test_the_list_says_licence_size_hash_and_place_of_every_network(whitepoint, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("REMBG_HOME", str(tmp_path / "rembg"))
    finished = whitepoint("models", "list", "--json")
    assert finished.status == 0
    listed = {model["name"]: model for model in finished.document}
    embedded, isnet = listed["embedded"], listed["isnet-general-use"]
    assert embedded["installed"]
    assert len(embedded["sha256"]) == 64
    assert Path(embedded["path"]).stat().st_size == embedded["bytes"]
    assert not isnet["installed"]
    assert isnet["place"] == str(tmp_path / "rembg/models/isnet-general-use/isnet-general-use.onnx")
    assert isnet["licence"].startswith("unknown")
    assert not (tmp_path / "studio").exists()


def test_verify_says_no_by_its_status_when_a_file_is_not_the_published_one(whitepoint, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("REMBG_HOME", str(tmp_path))
    assert whitepoint("models", "verify").status == 0
    wrong = tmp_path / "models" / "u2netp" / "u2netp.onnx"
    wrong.parent.mkdir(parents=True)
    wrong.write_bytes(b"no network")
    finished = whitepoint("models", "verify", "--json")
    assert finished.status == 1
    assert {row["name"]: row["passed"] for row in finished.document} == {"embedded": True, "u2netp": False}


def test_a_wrong_file_is_refused_in_one_sentence(whitepoint, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("REMBG_HOME", str(tmp_path / "rembg"))
    (tmp_path / "file").write_bytes(b"no network")
    finished = whitepoint("models", "install", "u2netp", "--from", tmp_path / "file")
    assert (finished.status, finished.stdout) == (2, "")
    assert len(finished.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "rembg/models/u2netp/u2netp.onnx").exists()
