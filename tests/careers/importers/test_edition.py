import time
from pathlib import Path

import pytest

from careers.importers.edition import load
from careers.importers.files import BadFile
from careers.importers.handbook_writer import write_handbook
from careers.importers.job_titles import read_onet_titles, write_onet_titles
from careers.importers.oews import read_wages, write_wages
from careers.importers.ooh_xml import read_handbook
from careers.importers.projections import read_projections, write_projections
from careers.importers.records import Origin
from careers.models import (
    Attainment,
    Edition,
    Figures,
    FormerSlug,
    GlossaryTerm,
    Guide,
    GuideCode,
    ImportRecord,
    IndustryPay,
    IndustryShare,
    JobTitle,
    OfficialGroup,
    PayPercentiles,
    PlainVersion,
    Projection,
    Section,
    SimilarGuide,
    SocSuccession,
    Version,
    WageEstimate,
)
from tests.careers.importers.embedded import write_embedded
from tests.careers.importers.handbook_xml import next_edition, occupation, write
from tests.careers.importers.workbook_files import new_layout

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[3]
OFFICIAL = ROOT.parent / "shared/data/ooh/ooh-2024-34.xml.xz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_embedded(tmp_path)


def loaded(folder: Path) -> list[str]:
    lines: list[str] = []
    load(folder, lines.append)
    return lines


def official(path: Path) -> None:
    write_handbook(read_handbook(path), Origin(path))


def test_it_loads_every_part(folder: Path):
    lines = loaded(folder)
    planners = Guide.objects.get(slug="ward-planners")
    assert planners.topic.slug == "wards"
    assert [topic.slug for topic in planners.topics.all()] == ["lamps"]
    assert Guide.objects.get(slug="lamp-lighters").topic.slug == "lamps"
    assert planners.plain.summary
    assert Figures.objects.count() == 2
    assert Projection.objects.count() == 2
    assert Attainment.objects.count() == 1
    assert SocSuccession.objects.count() == 1
    assert WageEstimate.objects.count() == 12
    assert set(JobTitle.objects.filter(source="onet").values_list("title", flat=True)) == {
        *("Bed Planner", "Wick Trimmer")
    }
    assert JobTitle.objects.get(title="3rd Lighter").initial == "#"
    assert GlossaryTerm.objects.count() == 3
    assert Section.objects.count() == 0
    assert len(lines) >= 9


def test_it_changes_nothing_the_second_time(folder: Path):
    loaded(folder)
    version = Version.objects.number_of(Version.DATA)
    records = list(ImportRecord.objects.order_by("pk").values())
    lines: list[str] = []
    assert not load(folder, lines.append).any
    assert all("nothing changed" in line or "as loaded before" in line for line in lines)
    assert Version.objects.number_of(Version.DATA) == version
    assert list(ImportRecord.objects.order_by("pk").values()) == records


def test_it_says_the_growth_of_all_as_the_projections_do(folder: Path):
    loaded(folder)
    assert str(Edition.objects.get(base_year=2024).growth_all) == "3.1"


def test_it_neither_retires_nor_renames_guides_of_a_newer_handbook(folder: Path, tmp_path: Path):
    official(next_edition(tmp_path / "next.xml"))
    before = list(Guide.objects.order_by("profile").values("profile", "slug", "title"))
    loaded(folder)
    current = Guide.objects.current().order_by("profile")
    assert list(current.values("profile", "slug", "title")) == before
    assert Guide.objects.get(profile="902").retired_at is not None
    assert Guide.objects.get(profile="903").topic.slug == "lamps"
    assert FormerSlug.objects.count() == 0
    assert set(Figures.objects.values_list("guide__profile", "edition__base_year")) == {
        *(("901", 2024), ("902", 2024), ("901", 2025), ("903", 2025))
    }


def test_the_official_file_adds_text_and_leaves_equal_figures(folder: Path):
    loaded(folder)
    path = folder / "handbook.xml"
    changes = write_handbook(read_handbook(path), Origin(path))
    assert (changes.added, changes.changed, changes.gone) == (12, 0, 0)
    assert Section.objects.count() == 12


def test_it_keeps_what_an_official_file_corrected(folder: Path, tmp_path: Path):
    loaded(folder)
    corrected = [
        occupation(annual="61260"),
        occupation("lamp-lighters", code="B902", socs="47-2111", group="management"),
    ]
    official(write(tmp_path / "corrected.xml", corrected))
    lines = loaded(folder)
    assert "The handbook of 2024-34: kept as imported from the official file" in lines
    assert Figures.objects.get(guide__profile="901").median_pay_annual == 61_260


def test_it_keeps_wages_projections_and_titles_of_official_files(folder: Path, tmp_path: Path):
    loaded(folder)
    state = folder / "oews/oews-2025-05-state.csv.xz"
    write_wages(read_wages(state, "2025-05")[:3], Origin(state), "2025-05", {"11-9111"})
    titles = folder / "onet/onet-29.3-alternate-titles.tsv.xz"
    write_onet_titles(read_onet_titles(titles)[:1], Origin(titles), "30.2")
    workbook = new_layout(tmp_path / "occupation.xlsx")
    write_projections(read_projections(workbook), Origin(workbook))
    kept = [
        line for line in loaded(folder) if line.endswith("kept as imported from the official file")
    ]
    assert [line.split(":")[0] for line in kept] == [
        "The projections of 2024-34",
        "oews-state 2025-05",
        "job-titles-onet 29.3",
    ]
    assert WageEstimate.objects.by_state().count() == 1
    assert JobTitle.objects.filter(source="onet").count() == 1


def test_it_gives_titles_to_other_guides_when_a_newer_handbook_moves_codes(folder, tmp_path):
    loaded(folder)
    moved = [
        occupation("ward-planners", code="A901", socs="47-2111"),
        occupation("lamp-lighters", code="A902", socs="11-9111"),
    ]
    years = {"current_year": "2025", "projection_year": "2035", "reference_period": "May 2025"}
    official(write(tmp_path / "next.xml", moved, **years))
    loaded(folder)
    assert JobTitle.objects.get(title="Bed Planner").guide.slug == "lamp-lighters"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("ooh/guides.csv", r"guides\.csv: there is no such file"),
        ("oews/oews-2025-05-state.csv.xz", None),
        ("onet/onet-29.3-alternate-titles.tsv.xz", "onet: holds no onet-"),
        ("projections/editions.csv", r"editions\.csv: there is no such file"),
    ],
)
def test_it_names_a_part_that_is_missing(folder: Path, file: str, reason: str | None):
    (folder / file).unlink()
    if reason is None:
        loaded(folder)  # other wages are there
        assert WageEstimate.objects.by_state().count() == 0
    else:
        with pytest.raises(BadFile, match=reason):
            loaded(folder)


def test_it_refuses_wages_that_do_not_say_their_release(folder: Path):
    (folder / "oews/oews-2024-05-national.csv").rename(folder / "oews/oews-national.csv")
    with pytest.raises(BadFile, match="does not say its release"):
        loaded(folder)


@pytest.mark.whole_nation
def test_it_loads_the_whole_embedded_edition():
    """Once, with the second run and the official text: the one long test of this package."""
    start = time.process_time()
    loaded(ROOT / "fixtures")
    first = time.process_time() - start
    assert {
        model.__name__: model.objects.count()
        for model in (Figures, GuideCode, OfficialGroup, SimilarGuide, PayPercentiles)
    } == {
        "Figures": 342,
        "GuideCode": 603,
        "OfficialGroup": 25,
        "SimilarGuide": 2_594,
        "PayPercentiles": 392,
    }
    assert (IndustryShare.objects.count(), IndustryPay.objects.count()) == (1_753, 1_610)
    assert JobTitle.objects.filter(source="handbook").count() == 4_533
    assert JobTitle.objects.filter(source="onet").count() == 31_419  # of 32,911 rows
    assert WageEstimate.objects.by_state().count() == 26_995
    assert set(WageEstimate.objects.national().values_list("release", flat=True)) == {
        *("2024-05", "2025-05")
    }
    assert [
        (edition.label, str(edition.growth_all)) for edition in Edition.objects.newest_first()
    ] == [("2024–34", "3.1"), ("2021–31", "5.3"), ("2019–29", "3.7"), ("2016–26", "7.4")]
    assert Guide.objects.filter(topic=None).count() == 0
    assert PlainVersion.objects.count() >= 12
    managers = Guide.objects.get(slug="medical-and-health-services-managers")
    assert managers.topic.slug == "health-administration"
    physicians = Figures.objects.get(guide__slug="physicians-and-surgeons")
    assert (physicians.median_pay_annual, physicians.pay_at_least) == (None, 239_200)
    start = time.process_time()
    assert all("changed" in line or "before" in line for line in loaded(ROOT / "fixtures"))
    second = time.process_time() - start
    assert first < 25  # seconds of our own processor time; measured: 9
    assert second < 6  # measured: 1.7
    if OFFICIAL.exists():
        changes = write_handbook(read_handbook(OFFICIAL), Origin(OFFICIAL))
        assert (changes.added, changes.changed, changes.gone) == (2_052, 0, 0)
