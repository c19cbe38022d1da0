"""The client's sheet: what is right is used, what is wrong is said by its line, nothing is lost silently."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.batch.codes import is_gtin
from pipeline.batch.sheet import Sheet
from pipeline.batch.sheet import match_rows
from pipeline.batch.sheet import read_sheet

HEADER = "file,sku,asin,gtin,category,tags,shoot,client,reference,inside"


def sheet_of(folder: Path, data: str | bytes) -> Sheet:
    path = folder / "sheet.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_sheet(path)


def test_every_column_arrives(tmp_path: Path) -> None:
    line = "a.jpg,WP-1,b0abcdefgh,2000000010014,Cosmetics Tube,White-on-white; glossy|,table 1,ACME,ref.jpg,in.jpg"
    sheet = sheet_of(tmp_path, f"{HEADER}\n{line}\n")
    (row,) = sheet.rows
    assert sheet.problems == ()
    assert (row.line, row.file, row.tags) == (2, "a.jpg", ("white_on_white", "glossy"))
    assert row.values == {
        "sku": "WP-1",
        "asin": "B0ABCDEFGH",
        "gtin": "2000000010014",
        "category": "cosmetics_tube",
        "shoot": "table 1",
        "client": "ACME",
        "reference": "ref.jpg",
        "inside": "in.jpg",
    }


def test_unknown_columns_are_kept_as_notes(tmp_path: Path) -> None:
    (row,) = sheet_of(tmp_path, "File,Shelf No,sku\na.jpg,B 12,7\n").rows
    assert row.notes == {"shelf_no": "B 12"}
    assert row.values == {"sku": "7"}


@pytest.mark.parametrize(
    "data",
    [
        "\ufefffile;sku;tags\r\nbär.jpg;1;a,b\r\n".encode(),
        "file;sku;tags\r\nbär.jpg;1;a,b\r\n".encode("cp1252"),
        "file\tsku\ttags\nbär.jpg\t1\ta,b\n".encode("utf-16"),
        'file,sku,tags\n"bär.jpg",1,"a,b"\n'.encode(),
        'tags,FILE ,sku\r"a,b",ba\u0308r.jpg,1\r'.encode(),
    ],
    ids=["bom and semicolons", "windows-1252", "excel's unicode text", "quoted", "old line ends and decomposed"],
)
def test_sheets_come_as_programs_write_them(tmp_path: Path, data: bytes) -> None:
    sheet = sheet_of(tmp_path, data)
    assert sheet.problems == ()
    assert [(row.file, row.values, row.tags) for row in sheet.rows] == [("bär.jpg", {"sku": "1"}, ("a", "b"))]


def test_bad_rows_are_skipped_and_said_by_line(tmp_path: Path) -> None:
    lines = [
        "file,sku,asin,gtin",
        "good.jpg,1,,",
        ",2,,",
        "",
        "asin.jpg,3,X123,",
        "gtin.jpg,4,,2000000010015",
        "long.jpg,5,,,extra",
        'multi.jpg,"6\nstill 6",,',
        "gtin2.jpg,7,,12ab",
    ]
    sheet = sheet_of(tmp_path, "\n".join(lines))
    assert [row.file for row in sheet.rows] == ["good.jpg", "multi.jpg"]
    assert sheet.problems == (
        "sheet.csv line 3: no file named; row skipped.",
        "sheet.csv line 5: “X123” is no ASIN (B and nine letters or digits, or an ISBN-10); row skipped.",
        "sheet.csv line 6: “2000000010015” is no GTIN (8, 12, 13 or 14 digits, the last one a check digit); "
        "row skipped.",
        "sheet.csv line 7: 5 cells under 4 columns; row skipped.",
        "sheet.csv line 10: “12ab” is no GTIN (8, 12, 13 or 14 digits, the last one a check digit); row skipped.",
    )


def test_a_sheet_without_a_file_column_is_refused_whole(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "name,sku\na.jpg,1\n")
    assert sheet.rows == ()
    assert sheet.problems == ("sheet.csv has no column “file”, so nothing of it was used; add one.",)


def test_a_sheet_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    assert "cannot be read" in read_sheet(tmp_path).problems[0]


def test_rows_find_their_file_by_path_name_or_stem(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "file\nRed/A.JPG\nb.jpg\nred\\c\n./d.jpg\ne\n")
    files = ["red/a.jpg", "blue/a.jpg", "blue/b.jpg", "red/c.tif", "d.jpg", "e.nef"]
    matched = match_rows(sheet, files)
    assert {file: row.line for file, row in matched.rows.items()} == {
        "red/a.jpg": 2,
        "blue/b.jpg": 3,
        "red/c.tif": 4,
        "d.jpg": 5,
        "e.nef": 6,
    }
    assert matched.problems == ()


def test_a_row_for_no_file_for_two_or_for_one_again_is_said(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "file\nmissing.jpg\na.jpg\nred/a.jpg\nRED/a.jpg\n")
    matched = match_rows(sheet, ["red/a.jpg", "blue/a.jpg"])
    assert list(matched.rows) == ["red/a.jpg"]
    assert matched.problems == (
        "sheet.csv line 2: there is no photo “missing.jpg”; row skipped.",
        "sheet.csv line 3: there is no photo “a.jpg”; row skipped.",
        "sheet.csv line 5: “red/a.jpg” was already in line 4; row skipped.",
    )


@pytest.mark.parametrize("gtin", ["4006381333931", "96385074", "036000291452", "10012345678902", "2000000010014"])
def test_real_gtins_are_known(gtin: str) -> None:
    assert is_gtin(gtin)


@given(st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(place: int, shift: int) -> None:
    digits = list("4006381333931")
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert not is_gtin("".join(digits))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"file,sku\n", b"\xff\xfe", b'file;sku\n"']))
def test_any_bytes_are_survived(tmp_path: Path, data: bytes, start: bytes) -> None:
    sheet = sheet_of(tmp_path, start + data)
    for problem in sheet.problems:
        assert problem.isprintable()
    for row in sheet.rows:
        assert row.file


def test_files_that_differ_in_capitals_only_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("file,sku\nup.jpg,LOW\nUP.JPG,HIGH\nUp.jpg,NONE\n", "utf-8")
    matched = match_rows(read_sheet(tmp_path / "sheet.csv"), ["up.jpg", "UP.JPG"])
    assert {file: row.values["sku"] for file, row in matched.rows.items()} == {"up.jpg": "LOW", "UP.JPG": "HIGH"}
    assert len(matched.problems) == 1
