import gzip
import lzma
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.importers.files import BadFile, read_bytes, read_table, read_text, sha256, unquoted

TABLE = "UNITID,NAME\n100654,Alabama A & M\n"


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def packed_zip(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


@pytest.mark.parametrize(
    "pack", [lambda b: b, gzip.compress, lzma.compress], ids=["plain", "gz", "xz"]
)
def test_it_unpacks_by_what_the_file_is_not_by_its_name(tmp_path: Path, pack):
    assert read_bytes(written(tmp_path / "file.csv", pack(b"content"))) == b"content"


def test_it_takes_the_one_table_of_an_archive(tmp_path: Path):
    path = packed_zip(tmp_path / "hd.zip", hd2024__csv=TABLE)
    assert read_text(path) == TABLE


def test_it_prefers_the_revised_table_of_an_archive(tmp_path: Path):
    path = packed_zip(tmp_path / "c.zip", c2023_a__csv="old", c2023_a_rv__csv="revised")
    assert read_text(path) == "revised"


def test_it_refuses_an_archive_of_several_tables(tmp_path: Path):
    with pytest.raises(BadFile, match=r"both.zip: holds 2 data files"):
        read_bytes(packed_zip(tmp_path / "both.zip", a__csv="1", b__csv="2"))


@pytest.mark.parametrize(
    "broken",
    [gzip.compress(b"x" * 5000, mtime=0)[:-9], lzma.compress(b"x" * 5000)[:-9], b"PK\x03\x04oops"],
)
def test_it_says_that_a_packed_file_is_broken(tmp_path: Path, broken: bytes):
    with pytest.raises(BadFile, match=r"^broken.csv: cannot be unpacked"):
        read_bytes(written(tmp_path / "broken.csv", broken))


def test_it_refuses_a_bomb_without_unpacking_it_whole(tmp_path: Path):
    path = written(tmp_path / "bomb.xz", lzma.compress(bytes(3_000_000)))
    with pytest.raises(BadFile, match="unpacks to more than 1 MB"):
        read_bytes(path, most=1024 * 1024)


def test_it_says_that_a_file_is_missing(tmp_path: Path):
    with pytest.raises(BadFile, match=r"none.csv: there is no such file"):
        read_bytes(tmp_path / "none.csv")


def test_it_reads_utf_8_with_a_mark_and_the_older_latin(tmp_path: Path):
    assert read_text(written(tmp_path / "a", "\ufeffé".encode())) == "é"
    assert read_text(written(tmp_path / "b", "Añasco – PR".encode("cp1252"))) == "Añasco – PR"


def test_it_gives_rows_with_their_lines(tmp_path: Path):
    path = written(tmp_path / "hd.csv", 'UNITID,NAME\r\n1,"A,\r\nB"\r\n\r\n 2 , C \r\n')
    rows = list(read_table(path, ["UNITID"]))
    assert rows == [(3, {"UNITID": "1", "NAME": "A,\r\nB"}), (5, {"UNITID": "2", "NAME": "C"})]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("NAME\nx\n", "hd.csv, line 1: lacks the column UNITID"),
        ("", "hd.csv, line 1: lacks the column UNITID"),
        ("UNITID,NAME\n1,x\n2\n", "hd.csv, line 3: has 1 cells; 2 were expected"),
        ("UNITID,NAME\n1,x\n2,\x00\n", "hd.csv, line 3: holds a NUL character"),
        ("<!doctype html><title>Sorry</title>", "hd.csv, line 1: is a web page or XML"),
        ('UNITID,NAME\n1,"x\n', "hd.csv, line 2: unexpected end of data"),
    ],
)
def test_it_names_file_and_line_of_what_is_wrong(tmp_path: Path, content: str, said: str):
    with pytest.raises(BadFile) as error:
        list(read_table(written(tmp_path / "hd.csv", content), ["UNITID"]))
    assert str(error.value).startswith(said)


@pytest.mark.parametrize(
    ("cell", "value"), [('="01.0000"', "01.0000"), (" 7 ", "7"), ("=1", "=1"), ('="', '="')]
)
def test_it_takes_a_spreadsheets_quotes_off_a_code(cell: str, value: str):
    assert unquoted(cell) == value


@settings(deadline=None)  # a busy machine is no defect
@given(st.binary(max_size=400))
def test_it_reads_any_bytes_or_says_why_not(tmp_path_factory, content: bytes):
    path = written(tmp_path_factory.mktemp("wild") / "wild.csv", content)
    try:
        list(read_table(path, ["A"]))
    except BadFile as error:
        assert str(error).startswith("wild.csv")
        assert "\n" not in str(error)


def test_it_knows_a_file_by_its_bytes(tmp_path: Path):
    assert sha256(written(tmp_path / "a", "x")) == sha256(written(tmp_path / "b", "x"))
    assert sha256(written(tmp_path / "a", "x")) != sha256(written(tmp_path / "c", "y"))
