"""The four import commands, as a person runs them."""

import gzip
import lzma
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from careers.models import ImportRecord, Version
from schoolfinder.models import Field, FieldOccupation, Place, ProgramEarnings, School, Zip
from tests.schoolfinder.builders import make_field, make_school
from tests.schoolfinder.importers.samples import cip, hd, write_rows

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str | Path) -> None:
    call_command(command, *map(str, arguments))


def zipped(path: Path) -> Path:
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, path.name)
    return packed


def packed(path: Path, packer: str) -> Path:
    content = path.read_bytes()
    target = path.with_name(f"{path.name}.{packer}")
    target.write_bytes(gzip.compress(content) if packer == "gz" else lzma.compress(content))
    return target


def test_it_imports_schools_from_a_zip_as_nces_ships_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import_ipeds", zipped(hd(tmp_path, {}, {})))
    assert School.objects.count() == 2
    said = capsys.readouterr().out
    assert said == "ipeds-directory 2024-25: 2 added, 0 changed, 0 gone, 0 as before\n"


def test_it_says_that_nothing_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = hd(tmp_path, {})
    run("import_ipeds", path)
    capsys.readouterr()
    run("import_ipeds", path)
    assert capsys.readouterr().out == "ipeds-directory 2024-25: nothing changed (1 rows)\n"


def test_it_takes_states_in_small_letters(tmp_path: Path) -> None:
    path = hd(tmp_path, {"STABBR": "VT"}, {"STABBR": "ND"})
    run("import_ipeds", path, "--states", "vt", "wy")
    assert [school.state for school in School.objects.all()] == ["VT"]


def test_it_refuses_a_state_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="XX is no state"):
        run("import_ipeds", hd(tmp_path, {}), "--states", "XX")


def test_it_imports_fields_and_the_crosswalk(tmp_path: Path) -> None:
    links = [{"CIP2020Code": "51.3801", "SOC2018Code": "29-1141"}]
    run("import_cip", write_rows(tmp_path / "cip2020_soc2018.csv", links), cip(tmp_path))
    assert (Field.objects.count(), FieldOccupation.objects.count()) == (7, 1)


def test_it_imports_the_scorecard(tmp_path: Path) -> None:
    make_school(unitid=900001)
    make_field("51.3801")
    row = {
        "UNITID": "900001",
        "CIPCODE": "5138",
        "CREDLEV": "3",
        "EARN_MDN_1YR": "61000",
        "NET_PRICE": "9000",
    }
    run("import_scorecard", write_rows(tmp_path / "field_of_study_sample_2026-03.csv", [row]))
    assert School.objects.get().net_price == 9000
    assert ProgramEarnings.objects.get().after_1y == 61000


def test_it_imports_zips_and_cities(tmp_path: Path) -> None:
    point = {"city": "Fargo", "state": "ND", "lat": 46.9, "lon": -96.8}
    run(
        "import_geo",
        write_rows(tmp_path / "zips.csv", [point | {"zip": "58102", "kind": "zcta"}]),
        write_rows(tmp_path / "places.csv", [point | {"geonameid": 1, "population": 2}]),
    )
    assert (Zip.objects.count(), Place.objects.count()) == (1, 1)


# Bad files: one clear line, nothing changed --------------------------------------------------


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "line 1: lacks the column UNITID"),
        (b"UNITID,INSTNM\r\n900001,Prairie\r\n", "line 1: lacks the column IALIAS"),
        (b"<!DOCTYPE html><title>Page not found</title>", "is a web page or XML"),
        (b"UNITID\x00", "line 1: holds a NUL character"),
        (b"\x1f\x8b\x08 not a gzip", "cannot be unpacked"),
        (b"\xfd7zXZ\x00 not an xz", "cannot be unpacked"),
        (b"PK\x03\x04 not a zip", "cannot be unpacked"),
        ("UNITID,INSTNM".encode("utf-16"), "NUL"),
    ],
)
def test_it_refuses_what_is_no_directory(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "hd2024.csv"
    path.write_bytes(content)
    assert_refused(path, complaint)


def test_it_refuses_a_table_that_was_cut_off_in_a_line(tmp_path: Path) -> None:
    path = hd(tmp_path, {}, {}, {})
    path.write_bytes(path.read_bytes()[:-40])
    assert_refused(path, r"hd2024\.csv, line 4: has \d+ cells; 29 were expected")


@pytest.mark.parametrize("packer", ["gz", "xz"])
def test_it_refuses_a_packed_table_that_was_cut_off(tmp_path: Path, packer: str) -> None:
    path = packed(hd(tmp_path, *[{}] * 50), packer)
    path.write_bytes(path.read_bytes()[:-20])
    assert_refused(path, rf"hd2024\.csv\.{packer}: cannot be unpacked")


def test_it_refuses_an_open_quote(tmp_path: Path) -> None:
    path = hd(tmp_path, {}, {})
    path.write_bytes(path.read_bytes() + b'900003,"Prairie')
    assert_refused(path, r"hd2024\.csv, line 4: ")


def test_it_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert_refused(tmp_path / "hd2024.csv", "there is no such file")


def test_it_refuses_a_folder(tmp_path: Path) -> None:
    (tmp_path / "hd2024.csv").mkdir()
    assert_refused(tmp_path / "hd2024.csv", "cannot be")


def assert_refused(path: Path, complaint: str) -> None:
    """With one line that begins with the file's name, and without a trace in the database."""
    make_school(unitid=100001, name="Already Here")
    version = Version.objects.number_of(Version.DATA)
    with pytest.raises(CommandError, match=complaint) as refusal:
        run("import_ipeds", path)
    assert str(refusal.value).startswith(f"{path.name}")
    assert "\n" not in str(refusal.value)
    assert list(School.objects.values_list("name", "retired_at")) == [("Already Here", None)]
    assert not ImportRecord.objects.exists()
    assert Version.objects.number_of(Version.DATA) == version


# Killed half-way -----------------------------------------------------------------------------

KILLED_BEFORE_THE_COMMIT = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from careers.importers.sync import Difference
from schoolfinder.models import School

def die(self):
    assert School.objects.count() == 3  # all written, none committed
    os.kill(os.getpid(), signal.SIGKILL)

Difference.verify = die
call_command("import_ipeds", sys.argv[1])
"""


@pytest.mark.django_db(transaction=True)
def test_it_leaves_no_trace_when_it_is_killed_half_way(tmp_path: Path) -> None:
    make_school(unitid=100001, name="Already Here")
    path = hd(tmp_path, {}, {})
    there = {"DATABASE_URL": own_database(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_BEFORE_THE_COMMIT, str(path)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | there
        | {"DATABASE_URL": own_database(), "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert list(School.objects.values_list("name", "retired_at")) == [("Already Here", None)]
    assert not ImportRecord.objects.exists()
    run("import_ipeds", path)  # and no lock is left behind
    assert School.objects.open().count() == 2


def own_database() -> str:
    """The address of the test database, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
    return f"postgres://{who}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
