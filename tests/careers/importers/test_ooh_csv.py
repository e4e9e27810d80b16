import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from careers.importers import ooh_csv
from careers.importers.files import BadFile, read_bytes, read_text
from careers.importers.handbook import Handbook
from careers.importers.ooh_csv import read_slices, write_slices
from careers.importers.ooh_xml import read_handbook
from tests.careers.importers.handbook_xml import occupation, similar_table, this_edition, write

ROOT = Path(__file__).parents[3]
OFFICIAL = ROOT.parent / "shared/data/ooh/ooh-2024-34.xml.xz"
with_official_files = pytest.mark.skipif(
    not OFFICIAL.exists() or "TEST_DATABASE_URL" in os.environ,
    reason="the official files are not here, or this ran on the other database",
)


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    """Of two profiles, one of them with nothing but a name."""
    facts = ("socs", "annual", "hourly", "education", "experience", "training", "jobs", "growth")
    bare = dict.fromkeys([*facts, "outlook", "change", "where", "pay", "publish_date"], "")
    bare |= {"video_link": "", "outlook_body": "<p>Needs go on.</p>"}
    links = similar_table(["military/sea-farers"])
    full = occupation(similar=links, growth="-3", title="“Wards”, &amp; Co.", socs="11-9111")
    other = occupation("sea-farers", code="B902", group="military", **bare)
    return read_handbook(write(tmp_path / "x.xml", [full, other]))


def test_it_reads_back_what_it_wrote(tmp_path: Path, handbook: Handbook):
    write_slices(handbook, tmp_path / "ooh")
    found = read_slices(tmp_path / "ooh")
    assert found == handbook
    assert not found.has_sections
    assert found.profiles[0].sections == ()


def test_it_notices_any_difference(tmp_path: Path, handbook: Handbook):
    """Without this the comparison of the whole file would prove nothing."""
    write_slices(handbook, tmp_path / "ooh")
    first, second = handbook.profiles
    for changed in (
        replace(first, growth=-4),
        replace(first, codes=()),
        replace(first, percentiles=()),
        replace(first, shares=first.shares[::-1]),
    ):
        assert read_slices(tmp_path / "ooh") != replace(handbook, profiles=(changed, second))


def test_it_writes_the_same_bytes_for_the_same_handbook(tmp_path: Path, handbook: Handbook):
    for name in ("one", "two"):
        write_slices(handbook, tmp_path / name)
    for file in ooh_csv.FILES:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_it_writes_facts_and_no_sentence(tmp_path: Path):
    handbook = read_handbook(this_edition(tmp_path / "x.xml"))
    write_slices(handbook, tmp_path / "ooh")
    for file in ooh_csv.FILES:
        if file.endswith(".csv"):
            assert "plan " not in (tmp_path / "ooh" / file).read_text().lower()


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("guides.csv", "61250", "lots", "guides.csv, line 2: invalid literal for int"),
        ("guides.csv", "901,", "9x1,", "guides.csv, line 2: '9x1' is not a profile number"),
        ("guides.csv", "29.45", "x", "guides.csv, line 2: "),
        ("guides.csv", ",slug,", ",name,", "guides.csv, line 1: lacks the column slug"),
        ("edition.csv", "2024,", "x,", "edition.csv, line 2: "),
        ("edition.csv", "2025-09-29", "9/29/2025", "edition.csv, line 2: Invalid isoformat"),
        ("codes.csv", "901,", "777,", "ooh: profile 777 is not in guides.csv"),
        ("percentiles.csv", "34100", "x", "percentiles.csv, line 2: "),
        ("similar.csv", "901,", "901,extra,", "similar.csv, line 2: has 3 cells"),
    ],
)
def test_it_refuses_a_slice_it_cannot_read(tmp_path, handbook, file, old, new, reason):
    write_slices(handbook, tmp_path / "ooh")
    path = tmp_path / "ooh" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(BadFile) as error:
        read_slices(tmp_path / "ooh")
    assert str(error.value).startswith(reason)


@pytest.mark.parametrize("count", [0, 2])
def test_it_refuses_any_other_number_of_editions(tmp_path, handbook, count):
    write_slices(handbook, tmp_path / "ooh")
    path = tmp_path / "ooh" / "edition.csv"
    header, row = path.read_text().splitlines()
    path.write_text("\n".join([header, *[row] * count]) + "\n")
    with pytest.raises(BadFile, match=f"holds {count} editions"):
        read_slices(tmp_path / "ooh")


def test_it_refuses_a_folder_without_its_files(tmp_path: Path):
    with pytest.raises(BadFile, match=r"edition\.csv: there is no such file"):
        read_slices(tmp_path)


# The embedded edition itself -----------------------------------------------------------------


@pytest.fixture(scope="module")
def embedded() -> Handbook:
    return read_slices(ROOT / "fixtures/ooh")


def test_it_holds_the_facts_of_the_whole_edition(embedded: Handbook):
    profiles = embedded.profiles
    assert embedded.label == "2024-34"
    assert len(profiles) == len({profile.slug for profile in profiles}) == 342
    assert len({soc for profile in profiles for soc, _ in profile.codes}) == 603
    assert len({profile.group for profile in profiles}) == 25
    assert sum(len(profile.similar) for profile in profiles) == 2_594
    assert {
        name: sum(getattr(profile, name) is not None for profile in profiles)
        for name in ("median_pay_annual", "median_pay_hourly", "jobs", "growth", "openings")
    } == {
        "median_pay_annual": 335,
        "median_pay_hourly": 325,
        "jobs": 341,
        "growth": 341,
        "openings": 341,
    }


def test_it_holds_percentiles_with_unit_and_member(embedded: Handbook):
    counts = [len(profile.percentiles) for profile in embedded.profiles]
    assert {count: counts.count(count) for count in set(counts)} == {0: 2, 1: 288, 2: 52}
    for profile in embedded.profiles:
        named = {bool(row.member) for row in profile.percentiles}
        assert named <= {len(profile.percentiles) > 1}
    by_slug = {profile.slug: profile for profile in embedded.profiles}
    assert by_slug["actors"].percentiles[0].unit == "hour"
    assert by_slug["physicians-and-surgeons"].pay_at_least == 239_200
    fishers = by_slug["fishers-and-related-fishing-workers"]
    assert fishers.percentiles[0].period == "May 2017"
    hourly = [p for p in embedded.profiles if {row.unit for row in p.percentiles} == {"hour"}]
    assert sum(len(profile.percentiles) == 1 for profile in hourly) == 18


def test_it_links_only_to_its_own_profiles(embedded: Handbook):
    slugs = {profile.slug for profile in embedded.profiles}
    assert {slug for profile in embedded.profiles for slug in profile.similar} <= slugs


def cells_of(path: Path) -> Iterator[str]:
    delimiter = "\t" if ".tsv" in path.name else ","
    for row in csv.reader(io.StringIO(read_text(path)), delimiter=delimiter):
        yield from row


@pytest.mark.parametrize("folder", ["ooh", "onet", "oews", "projections"])
def test_it_holds_names_and_figures_and_no_sentence(folder: str):
    for path in (ROOT / "fixtures" / folder).iterdir():
        for cell in cells_of(path):
            assert len(cell) <= 140
            assert not re.search(r"[a-z]{3}\.(\s|$)", cell)


@with_official_files
def test_it_cuts_the_same_slices_again(tmp_path: Path):
    """Compared unpacked: another version of the packer may give other bytes."""
    script = [sys.executable, "script/cut_careers", OFFICIAL.parents[1], tmp_path]
    subprocess.run(script, cwd=ROOT, check=True, capture_output=True)
    cut = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*sv*"))
    assert len(cut) == 16
    for path in cut:
        assert read_bytes(tmp_path / path) == read_bytes(ROOT / "fixtures" / path)


@with_official_files
def test_it_gives_equal_rows_for_the_official_file_and_the_embedded_slices(embedded: Handbook):
    official = read_handbook(OFFICIAL)
    for ours, theirs in zip(embedded.profiles, official.profiles, strict=True):
        assert ours == theirs
    assert embedded == official
