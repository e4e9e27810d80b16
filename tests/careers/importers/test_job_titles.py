import lzma
from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.job_titles import (
    OnetTitle,
    initial,
    read_index,
    read_onet_titles,
    write_index,
    write_onet_titles,
)
from careers.importers.records import Origin
from careers.models import ImportRecord, JobTitle
from tests.careers.builders import make_code, make_edition, make_figures, make_guide

HEADER = "O*NET-SOC Code\tTitle\tAlternate Title\tShort Title\tSource(s)\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "titles.tsv"
    path.write_text(
        HEADER
        + "11-9111.00\tWard Planners\tBed Planner\t\t08\n"
        + "11-9111.01\tNight Ward Planners\tBed Planner\t\t08\n"
        + "13-1021.00\tGrain Buyers\tGrain Buyer\tGB\t10\n"
        + "55-1011.00\tNobody's\tUnknown Title\t\t10\n"
    )
    return path


def test_it_reads_onet_titles_by_soc_code(file: Path):
    assert read_onet_titles(file)[:2] == [
        OnetTitle("11-9111", "Bed Planner"),
        OnetTitle("11-9111", "Bed Planner"),
    ]


def test_it_reads_a_packed_file(tmp_path: Path):
    path = tmp_path / "index.csv.xz"
    path.write_bytes(lzma.compress(b"profile,title\n047,21 Dealer\n"))
    assert read_index(path) == [("047", "21 Dealer")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Code\tTitle\n", "line 1: lacks the column O*NET-SOC Code, Alternate Title"),
        (HEADER + "11-9111\tA\tB\t\t\n", "line 2: '11-9111' is not an O*NET-SOC code"),
        (HEADER + "11-9111.00\tA\n", "line 2: has 2 cells; 5 were expected"),
    ],
)
def test_it_refuses_what_it_cannot_read(tmp_path: Path, content: str, reason: str):
    path = tmp_path / "titles.tsv"
    path.write_text(content)
    with pytest.raises(BadFile) as error:
        read_onet_titles(path)
    assert str(error.value) == f"titles.tsv, {reason}"


@pytest.mark.parametrize(
    ("title", "letter"), [("CPA", "C"), ("3D Animator", "#"), ("élève", "E"), ("'Cellist", "#")]
)
def test_it_files_a_title_under_its_letter(title, letter):
    assert initial(title) == letter


@pytest.mark.django_db
def test_it_gives_titles_to_the_guide_of_their_code(file: Path):
    planners, buyers = make_guide("ward-planners"), make_guide("buyers")
    edition = make_figures(planners).edition
    make_code(planners, "11-9111", edition=edition)
    make_code(buyers, "13-1020", edition=edition)  # broad: it covers 13-1021
    changes = write_onet_titles(read_onet_titles(file), Origin(file), "29.3")
    assert changes.added == 2  # Bed Planner once, and nobody's title not at all
    assert set(JobTitle.objects.values_list("guide__slug", "title", "soc", "initial")) == {
        ("ward-planners", "Bed Planner", "11-9111", "B"),
        ("buyers", "Grain Buyer", "13-1021", "G"),
    }
    assert not write_onet_titles(read_onet_titles(file), Origin(file), "29.3").any
    assert ImportRecord.objects.get().source == "job-titles-onet"


@pytest.mark.django_db
def test_it_goes_by_the_codes_of_the_newest_edition(file: Path):
    old, new = make_guide("old-planners"), make_guide("new-planners")
    for guide, year in ((old, 2019), (new, 2024)):
        edition = make_figures(guide, make_edition(year)).edition
        make_code(guide, "11-9111", edition=edition)
    write_onet_titles(read_onet_titles(file), Origin(file))
    assert JobTitle.objects.get().guide == new


@pytest.mark.django_db
def test_it_leaves_titles_of_other_sources_alone(tmp_path: Path, file: Path):
    guide = make_guide("ward-planners", profile="901")
    edition = make_figures(guide).edition
    make_code(guide, "11-9111", edition=edition)
    write_onet_titles(read_onet_titles(file), Origin(file))
    path = tmp_path / "index.csv"
    path.write_text("profile,title\n901,Bed Planner\n999,Of no guide\n")
    assert write_index(read_index(path), Origin(path)).added == 1
    assert sorted(JobTitle.objects.values_list("source", flat=True)) == ["handbook", "onet"]


@pytest.mark.django_db
def test_it_refuses_a_title_that_cannot_be_one(tmp_path: Path):
    make_guide("ward-planners", profile="901")
    path = tmp_path / "index.csv"
    path.write_text(f"profile,title\n901,{'x' * 201}\n")
    with pytest.raises(BadFile, match="is no job title"):
        write_index(read_index(path), Origin(path))
