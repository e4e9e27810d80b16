from decimal import Decimal
from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.projections import (
    Line,
    read_projections,
    read_succession,
    write_projections,
    write_succession,
)
from careers.importers.records import Origin
from careers.models import Attainment, Edition, Projection, SocSuccession
from tests.careers.builders import make_edition
from tests.careers.importers.workbook_files import new_layout, old_layout, write_workbook

DOWNLOAD = (
    "Occupation Title,Occupation Code,Employment 2021,Employment 2031,"
    '"Employment Change, 2021-2031","Employment Percent Change, 2021-2031",'
    '"Occupational Openings, 2021-2031 Annual Average",Median Annual Wage 2021\n'
    '"Ward planners    * Bed Planner* Night Planner","=""11-9111""","1,449.8","1,531.6",81.8,5.6,'
    '136.4,">=208,000"\n'
    'Lamp lighters,"=""47-2111""",50.2,48.4,-1.8,-3.6,—,N/A\n'
)


@pytest.fixture
def download(tmp_path: Path) -> Path:
    path = tmp_path / "Employment Projections.csv"
    path.write_text(DOWNLOAD)
    return path


def test_it_reads_the_workbook_of_today(tmp_path: Path):
    found = read_projections(new_layout(tmp_path / "occupation.xlsx"))
    assert (found.label, found.growth_all, found.median_pay_all) == (
        "2024-34",
        Decimal("3.1"),
        49_500,
    )
    assert found.lines[1] == Line(
        soc="11-9111",
        title="Ward planners",
        jobs=309_400,
        jobs_projected=322_700,
        growth=Decimal("4.3"),
        openings=22_200,
        exits=9_500,
        transfers=11_400,
        change_yearly=1_330,
        median_pay=239_200,
        median_top_coded=True,
        wage_year=2024,
    )


def test_it_leaves_summaries_out_but_for_the_total(tmp_path: Path):
    found = read_projections(new_layout(tmp_path / "occupation.xlsx"))
    assert [line.soc for line in found.lines] == ["00-0000", "11-9111", "47-2111"]


def test_it_reads_a_dash_as_missing_and_a_title_without_its_footnote(tmp_path: Path):
    lighters = read_projections(new_layout(tmp_path / "occupation.xlsx")).lines[2]
    assert (lighters.title, lighters.median_pay, lighters.exits) == ("Lamp lighters", None, None)
    assert (lighters.growth, lighters.change_yearly) == (Decimal("-21.9"), -30)


def test_it_reads_the_workbook_of_before(tmp_path: Path):
    found = read_projections(old_layout(tmp_path / "occupation.xlsx"))
    planners = found.lines[1]
    assert (found.label, found.growth_all) == ("2016-26", Decimal("7.4"))
    assert (planners.title, planners.jobs, planners.jobs_projected) == (
        "Ward planners",
        10_000,
        11_000,
    )
    assert (planners.exits, planners.transfers, planners.change_yearly) == (800, 1_100, 100)


def test_it_does_not_call_the_wages_of_another_year_the_editions(tmp_path: Path):
    found = read_projections(old_layout(tmp_path / "occupation.xlsx"))
    assert found.lines[0].wage_year == 2017
    assert found.median_pay_all is None


def test_it_reads_schooling_where_the_workbook_has_it(tmp_path: Path):
    (planners,) = read_projections(old_layout(tmp_path / "occupation.xlsx")).schooling
    assert (planners.soc, planners.bachelor) == ("11-9111", Decimal(35))
    assert read_projections(new_layout(tmp_path / "new.xlsx")).schooling == ()


def test_it_reads_the_download_of_the_data_page(download: Path):
    found = read_projections(download)
    planners, lighters = found.lines
    assert found.label == "2021-31"
    assert (planners.soc, planners.title, planners.jobs) == ("11-9111", "Ward planners", 1_449_800)
    assert (planners.median_pay, planners.median_top_coded) == (208_000, True)
    assert (lighters.median_pay, lighters.openings, lighters.exits) == (None, None, None)
    assert lighters.change_yearly == -180


def test_it_sums_the_growth_of_all_where_no_line_gives_it(download: Path):
    assert read_projections(download).growth_all == Decimal("5.3")  # 1,500.0 to 1,580.0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,b\n1,2\n", "line 1: lacks the column Occupation Title, Occupation Code"),
        ("Occupation Title,Occupation Code\nx,1\n", "line 1: has no columns “Employment” of two"),
        (DOWNLOAD.replace("81.8", "many"), "line 2: 'many' is not an amount"),
        (DOWNLOAD.replace("47-2111", "lamps"), "line 3: 'lamps' is not an occupation code"),
        (DOWNLOAD.replace("Median Annual", "Mean"), "line 1: lacks the column Median Annual Wage"),
        ("<html></html>", "line 1: is a web page or XML, not a table"),
    ],
)
def test_it_refuses_a_download_it_cannot_read(download: Path, content: str, reason: str):
    download.write_text(content)
    with pytest.raises(BadFile) as error:
        read_projections(download)
    assert str(error.value).startswith(f"Employment Projections.csv, {reason}")


def test_it_refuses_a_workbook_about_something_else(tmp_path: Path):
    path = write_workbook(tmp_path / "x.xlsx", {"Sheet": [["a", "b"]]})
    with pytest.raises(BadFile, match="has no table with jobs, openings and median pay"):
        read_projections(path)


def test_it_refuses_a_workbook_with_a_cell_that_is_no_amount(tmp_path: Path):
    from openpyxl import load_workbook

    path = new_layout(tmp_path / "x.xlsx")
    book = load_workbook(path)
    book["Table 1.2"]["D5"] = "a lot"
    book.save(path)
    with pytest.raises(BadFile, match=r"x\.xlsx, line 5: 'a lot' is not an amount"):
        read_projections(path)


def test_it_reads_each_pair_of_the_crosswalk_once(tmp_path: Path):
    path = tmp_path / "crosswalk.csv"
    head = "SOCCode2010,SOCTitle2010,SOCCode2018,SOCTitle2018\n"
    path.write_text(f"{head}11-2031,A,11-2032,B\n11-2031,A,11-2033,C\n11-2031,A,11-2033,C\n")
    assert read_succession(path) == [("11-2031", "11-2032"), ("11-2031", "11-2033")]
    path.write_text(f"{head}11-2031,A,none,B\n")
    with pytest.raises(BadFile, match=r"line 2: .* are not two SOC codes"):
        read_succession(path)


@pytest.mark.django_db
def test_it_writes_lines_and_schooling_under_their_edition(tmp_path: Path):
    path = old_layout(tmp_path / "occupation.xlsx")
    assert write_projections(read_projections(path), Origin(path)).added == 4
    edition = Edition.objects.get()
    assert (edition.label, edition.growth_all, edition.median_pay_all) == (
        "2016–26",
        Decimal("7.4"),
        None,
    )
    assert Projection.objects.get(soc="11-9111").openings == 2_000
    assert Attainment.objects.get().master == 24
    assert not write_projections(read_projections(path), Origin(path)).any


@pytest.mark.django_db
def test_it_says_the_growth_of_all_more_exactly_than_the_handbook(tmp_path: Path):
    edition = make_edition(2024, growth_all=Decimal(3), median_pay_all=49_500)
    path = new_layout(tmp_path / "occupation.xlsx")
    write_projections(read_projections(path), Origin(path))
    edition.refresh_from_db()
    assert edition.growth_all == Decimal("3.1")
    assert edition.reference_period == "May 2024"


@pytest.mark.django_db
def test_it_leaves_schooling_when_another_file_has_none(tmp_path: Path, download: Path):
    path = old_layout(tmp_path / "occupation.xlsx")
    write_projections(read_projections(path), Origin(path))
    write_projections(read_projections(download), Origin(download))
    assert Attainment.objects.count() == 1
    assert set(Projection.objects.values_list("edition__base_year", flat=True)) == {2016, 2021}


@pytest.mark.django_db
def test_it_makes_the_crosswalk_what_the_file_says(tmp_path: Path):
    path = tmp_path / "crosswalk.csv"
    path.write_text("x")
    write_succession([("11-2031", "11-2032"), ("11-2031", "11-2033")], Origin(path))
    changes = write_succession([("11-2031", "11-2032")], Origin(path))
    assert (changes.gone, changes.same) == (1, 1)
    assert SocSuccession.objects.get().soc_2018 == "11-2032"
