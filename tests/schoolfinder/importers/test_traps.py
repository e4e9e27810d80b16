"""What breaks a naive importer, by the numbers of the list that came with the data."""

from pathlib import Path

import pytest

from careers.importers.files import BadFile, read_table
from schoolfinder.importers.admissions import import_admissions
from schoolfinder.importers.completions import import_completions, read_graduates
from schoolfinder.importers.directory import import_directory, read_directory
from schoolfinder.importers.field_of_study import import_field_of_study, read_earnings
from schoolfinder.importers.fields import import_fields
from schoolfinder.importers.places import read_places
from schoolfinder.importers.scorecard import import_scorecard
from schoolfinder.importers.tuition import import_tuition, read_tuition
from schoolfinder.importers.zips import read_zips
from schoolfinder.models import Program, ProgramEarnings, School, Zip
from tests.schoolfinder.importers.samples import by_unitid, c_a, cip, hd, write_rows

RN = "51.3801"


@pytest.fixture
def school(db: None, tmp_path: Path) -> School:
    """Prairie College, 900001, with the CIP beside it."""
    import_fields(cip(tmp_path))
    import_directory(hd(tmp_path, {}))
    return School.objects.get()


def completions(folder: Path, *years: tuple[tuple[object, ...], ...]) -> list[Path]:
    """Files of the years up to 2024."""
    return [c_a(folder, 2025 - len(years) + n, *awards) for n, awards in enumerate(years)]


# 1. Totals, and codes that look like numbers -------------------------------------------------


def test_01_it_leaves_out_the_totals_of_a_school(school: School, tmp_path: Path) -> None:
    year = ((900001, "99", 5, 12), (900001, RN, 5, 12))
    import_completions(completions(tmp_path, year, year, year))
    assert [p.field_id for p in Program.objects.all()] == [RN]
    assert Program.objects.get().graduates_3y == 36


def test_01_it_keeps_the_leading_zero_of_a_code(school: School, tmp_path: Path) -> None:
    year = ((900001, "01.0999", 5, 3),)
    import_completions(completions(tmp_path, year, year, year))
    assert Program.objects.get().field_id == "01.0999"


def test_01_it_refuses_a_code_that_a_spreadsheet_took_for_a_number(tmp_path: Path) -> None:
    path = c_a(tmp_path, 2024, (900001, RN, 5, 3), (900001, "1.0999", 5, 3))
    with pytest.raises(BadFile, match=r"c2024_a\.csv, line 3: CIPCODE is '1\.0999'"):
        read_graduates({2024: path})


def test_01_it_reads_codes_that_are_quoted_for_a_spreadsheet(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "crosswalk.csv", [{"CIPCode2020": '="01.0000"'}])
    assert list(read_table(path, ["CIPCode2020"])) == [(2, {"CIPCode2020": "01.0000"})]


# 2. Raw completions: second majors, imputation flags -----------------------------------------


def test_02_it_counts_a_graduate_once_in_the_first_major(school: School, tmp_path: Path) -> None:
    year = ((900001, RN, 5, 10), (900001, RN, 5, 4, 2), (900001, "51.3808", 5, 2, 2))
    import_completions(completions(tmp_path, year, year, year))
    program = Program.objects.get()
    assert (program.field_id, program.graduates) == (RN, [10, 10, 10])


def test_02_it_passes_over_imputation_flags_and_other_columns(tmp_path: Path) -> None:
    path = c_a(tmp_path, 2024, (900001, RN, 5, 10), XCTOTALT="R", XCTOTALM="Z", CTOTALM="4")
    assert read_graduates({2024: path}) == {(900001, RN, 5): [10]}


# 3. Zero counts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("graduates", "kept", "is_new"),
    [
        ([3, 0, 0, 0, 5], True, False),
        ([9, 9, 1, 0, 0], True, False),  # none this year, some lately
        ([9, 9, 0, 0, 0], False, False),  # none for three years: a catalogue carried along
        ([0, 0, 0, 0, 0], False, False),
        ([None, None, None, None, 0], True, True),  # first listed: new
        ([None, None, None, 0, 0], False, False),  # listed for a second year without anybody
        ([None, None, None, None, 4], True, False),  # a first year with graduates is no promise
        ([9, 9, 9, 9, None], False, False),  # no longer listed
    ],
)
def test_03_it_keeps_a_program_with_graduates_lately_or_a_new_one(
    school: School, tmp_path: Path, graduates: list[int | None], kept: bool, is_new: bool
) -> None:
    other = (900001, "51.3808", 5, 1)
    years = [
        (other,) if number is None else (other, (900001, RN, 5, number)) for number in graduates
    ]
    import_completions(completions(tmp_path, *years))
    found = Program.objects.filter(field=RN).first()
    assert (found is not None) == kept
    if found:
        assert (found.graduates, found.is_new) == (graduates, is_new)
        assert found.graduates_latest == graduates[-1]
        assert found.graduates_3y == sum(number or 0 for number in graduates[2:])


def test_03_it_tells_no_graduates_from_not_listed(school: School, tmp_path: Path) -> None:
    years = [((900001, RN, 5, 0),), ((900001, "51.3808", 5, 1),), ((900001, RN, 5, 2),)]
    import_completions(completions(tmp_path, *years))
    assert Program.objects.get().graduates == [0, None, 2]


# 4. Branch campuses repeat the earnings of the main campus -----------------------------------


def test_04_it_marks_earnings_that_campuses_share(db: None, tmp_path: Path) -> None:
    import_fields(cip(tmp_path))
    campuses = [{"OPEID": "00123400"}, {"OPEID": "00123401"}, {"OPEID": "00999900"}]
    import_directory(hd(tmp_path, *campuses))
    row = {"CIPCODE": "5138", "CREDLEV": "3", "EARN_MDN_1YR": "61000"}
    rows = [{"UNITID": str(unitid)} | row for unitid in (900001, 900002, 900003)]
    import_field_of_study([write_rows(tmp_path / "field_of_study_2026-03.csv", rows)])
    shared = ProgramEarnings.objects.values_list("school_id", "is_shared").order_by("school_id")
    assert list(shared) == [(900001, True), (900002, True), (900003, False)]


def test_04_it_does_not_mark_campuses_whose_earnings_differ(db: None, tmp_path: Path) -> None:
    import_fields(cip(tmp_path))
    import_directory(hd(tmp_path, {"OPEID": "00123400"}, {"OPEID": "00123401"}))
    rows = [
        {"UNITID": "900001", "CIPCODE": "5138", "CREDLEV": "3", "EARN_MDN_1YR": "61000"},
        {"UNITID": "900002", "CIPCODE": "5138", "CREDLEV": "3", "EARN_MDN_1YR": "62000"},
    ]
    import_field_of_study([write_rows(tmp_path / "field_of_study_2026-03.csv", rows)])
    assert not ProgramEarnings.objects.filter(is_shared=True).exists()


# 5. Closed and closing schools ---------------------------------------------------------------


def test_05_it_retires_a_closed_school_and_marks_a_closing_one(db: None, tmp_path: Path) -> None:
    closed = {"CYACTIVE": "3", "ACT": "D", "CLOSEDAT": "12/31/2023"}
    closing = {"ACT": "M", "CLOSEDAT": "06/30/2025"}
    import_directory(hd(tmp_path, {}, closed, closing))
    status = {s.unitid: (s.status, s.retired_at is None) for s in School.objects.all()}
    assert status == {
        900001: ("active", True),
        900002: ("closed", False),
        900003: ("closing", True),
    }
    dates = School.objects.exclude(closed_on=None).values_list("unitid", "closed_on")
    assert {unitid: str(day) for unitid, day in dates} == {
        900002: "2023-12-31",
        900003: "2025-06-30",
    }


def test_05_it_keeps_the_page_of_a_school_that_closes_later(db: None, tmp_path: Path) -> None:
    import_directory(hd(tmp_path, {}, {}))
    import_directory(hd(tmp_path, {}, {"CYACTIVE": "3", "ACT": "D"}, year=2025))
    import_directory(hd(tmp_path, {}, year=2026))  # and in the year after it is not even listed
    assert School.objects.get(pk=900002).status == School.Status.CLOSED
    assert list(School.objects.open().values_list("unitid", flat=True)) == [900001]


def test_05_it_opens_a_school_that_was_restored(db: None, tmp_path: Path) -> None:
    import_directory(hd(tmp_path, {}, {"CYACTIVE": "3", "ACT": "D"}))
    import_directory(hd(tmp_path, {}, {"ACT": "R"}, year=2025))
    assert School.objects.open().count() == 2


# 6. Administrative units and child campuses --------------------------------------------------


def test_06_it_leaves_out_administrative_units_and_child_campuses(tmp_path: Path) -> None:
    path = hd(tmp_path, {"SECTOR": "0"}, {"CYACTIVE": "3", "ACT": "G"}, {})
    assert [school.unitid for school in read_directory(path)] == [900003]


# 7. Coordinates ------------------------------------------------------------------------------


def test_07_it_takes_points_beyond_the_date_line_side(tmp_path: Path) -> None:
    path = hd(tmp_path, {"LONGITUD": "171.381439", "LATITUDE": "7.103998", "STABBR": "MH"})
    school = next(read_directory(path))
    assert (school.lat, school.lon) == (7.104, 171.3814)


def test_07_it_keeps_the_point_where_the_zip_says_otherwise(tmp_path: Path) -> None:
    """The point is what distance is counted from; the ZIP is only shown."""
    path = hd(tmp_path, {"ZIP": "30127", "LATITUDE": "35.96", "LONGITUD": "-83.92"})
    school = next(read_directory(path))
    assert (school.zip, school.lat) == ("30127", 35.96)


@pytest.mark.parametrize(("column", "cell"), [("LATITUDE", "95.1"), ("LONGITUD", "-2000")])
def test_07_it_refuses_a_point_that_is_not_on_earth(tmp_path: Path, column: str, cell: str) -> None:
    with pytest.raises(BadFile, match=f"line 2: {column} is"):
        list(read_directory(hd(tmp_path, {column: cell})))


def test_07_it_lets_schools_share_a_point(db: None, tmp_path: Path) -> None:
    import_directory(hd(tmp_path, {}, {}))
    assert School.objects.filter(lat=46.877).count() == 2


# 8. Names ------------------------------------------------------------------------------------


def test_08_it_keeps_two_schools_of_one_name_in_one_city(db: None, tmp_path: Path) -> None:
    import_directory(hd(tmp_path, {}, {}))
    first, second = School.objects.order_by("unitid")
    assert first.name == second.name
    assert first.slug == second.slug  # the unitid before it tells their addresses apart


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("PRAIRIE SCHOOL OF ACUPUNCTURE AND MASSAGE", "Prairie School of Acupuncture and Massage"),
        ("MCVSD", "MCVSD"),
        ("Instituto Técnico de Mayagüez", "Instituto Técnico de Mayagüez"),
        ("Joe's Barber & Beauty-South", "Joe's Barber & Beauty-South"),
    ],
)
def test_08_it_shows_names_as_people_write_them(tmp_path: Path, name: str, shown: str) -> None:
    assert next(read_directory(hd(tmp_path, {"INSTNM": name}))).name == shown


# 9. Cities -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Saint Paul", "saint paul"),
        ("St. Paul", "saint paul"),
        ("Ft. Wayne", "fort wayne"),
        ("Mt Vernon", "mount vernon"),
        ("Mayagüez", "mayaguez"),
        ("Coeur d'Alene", "coeur dalene"),
    ],
)
def test_09_it_finds_a_city_however_it_is_spelled(tmp_path: Path, name: str, key: str) -> None:
    row = {"geonameid": 1, "city": name, "state": "MN", "lat": 1, "lon": 2, "population": 3}
    assert next(read_places(write_rows(tmp_path / "places.csv", [row]))).key == key


def test_09_it_keeps_the_misspelled_city_of_a_school(tmp_path: Path) -> None:
    """People search by point, so nothing hangs on it; what the school wrote is shown."""
    assert next(read_directory(hd(tmp_path, {"CITY": "Suprise"}))).city == "Suprise"
    assert next(read_directory(hd(tmp_path, {"CITY": "LAS CRUCES"}))).city == "Las Cruces"


# 10. Byte-order mark, line ends, Latin-1, padded cells ---------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "latin-1"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_10_it_reads_old_and_new_encodings(tmp_path: Path, encoding: str, line_end: str) -> None:
    name = "Universidad de Añasco"
    path = hd(tmp_path, {"INSTNM": name}, encoding=encoding, line_end=line_end)
    assert next(read_directory(path)).name == name


def test_10_it_reads_numbers_that_are_padded_with_blanks(tmp_path: Path) -> None:
    path = by_unitid(tmp_path / "ic2023_ay.csv", "CHG2AY3", "CHG3AY3", u900001=("  9500", "12000 "))
    assert read_tuition(path)[900001]["tuition_in"] == 9500


# 11. Codes that are not numbers; web addresses -----------------------------------------------


@pytest.mark.parametrize("mark", ["-1", "-2", "-3", ""])
def test_11_it_takes_no_code_for_a_number(db: None, tmp_path: Path, mark: str) -> None:
    import_directory(hd(tmp_path, {"CONTROL": mark, "LOCALE": mark, "INSTSIZE": mark}))
    school = School.objects.get()
    assert (school.control, school.locale, school.size) == (None, None, None)
    import_admissions(
        by_unitid(tmp_path / "adm2024.csv", "APPLCN", "ADMSSN", u900001=("100", mark))
    )
    assert School.objects.get().admission_rate is None


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("www.prairie.example/", "https://www.prairie.example/"),
        ("http://prairie.example", "http://prairie.example"),
        ("prairie.example/financial aid/", "https://prairie.example/financial%20aid/"),
        ("prairie.example/a%20b", "https://prairie.example/a%20b"),
        ("https://a.example/ and https://b.example", ""),
        ("https://pat@prairie.example/", ""),
        ("https://pat@mail.example/", ""),
        ("javascript://prairie.example/%0aalert(1)", ""),
        ("not known", ""),
        ("-2", ""),
        ("", ""),
    ],
)
def test_11_it_makes_web_addresses_safe_to_link(tmp_path: Path, cell: str, address: str) -> None:
    assert next(read_directory(hd(tmp_path, {"WEBADDR": cell}))).website == address


# 12. Four kinds of "no number" ---------------------------------------------------------------


@pytest.mark.parametrize("cell", ["PS", "NA", "NULL", "PrivacySuppressed", "", "0"])
def test_12_it_takes_no_mark_for_earnings(school: School, tmp_path: Path, cell: str) -> None:
    path = by_unitid(
        tmp_path / "institution_2025-05.csv",
        "MD_EARN_WNE_P10",
        u900001=(cell,),
        u900002=("40628.0",),
    )
    import_scorecard([path])
    school.refresh_from_db()
    assert (school.earnings_10y, school.earnings_year) == (None, "")


def test_12_it_takes_a_tuition_of_nothing_for_a_missing_one(school: School, tmp_path: Path) -> None:
    import_tuition(by_unitid(tmp_path / "ic2023_ay.csv", "CHG2AY3", "CHG3AY3", u900001=(0, 0)))
    school.refresh_from_db()
    assert (school.tuition_in, school.tuition_year) == (None, "")


def test_12_it_leaves_out_program_earnings_without_a_number(tmp_path: Path) -> None:
    row = {"UNITID": "900001", "CIPCODE": "5138", "CREDLEV": "3"}
    rows = [
        row | {"EARN_MDN_1YR": "PS", "EARN_MDN_5YR": "5"},
        row | {"CIPCODE": "0109", "EARN_MDN_1YR": "NA", "EARN_MDN_5YR": ""},
    ]
    path = write_rows(tmp_path / "field_of_study_2026-03.csv", rows)
    assert dict(read_earnings(path)) == {(900001, "51.38", 3): {"after_5y": 5}}


def test_12_it_keeps_a_net_price_below_nothing(school: School, tmp_path: Path) -> None:
    path = by_unitid(
        tmp_path / "institution_2026-02.csv", "NPT4_PUB", "NPT4_PRIV", u900001=("-3220.0", "")
    )
    import_scorecard([path])
    school.refresh_from_db()
    assert school.net_price == -3220


# 13. Mixed years -----------------------------------------------------------------------------


def test_13_it_puts_its_own_year_beside_each_figure(school: School, tmp_path: Path) -> None:
    import_tuition(by_unitid(tmp_path / "cost1_2024.csv", "CHG2AY3", "CHG3AY3", u900001=(9, 9)))
    import_scorecard(
        [
            by_unitid(tmp_path / "institution_2026-06.csv", "RET_FT4", u900001=("0.7",)),
            by_unitid(tmp_path / "institution_05192025.csv", "NPT4_PUB", u900001=("900",)),
        ]
    )
    school.refresh_from_db()
    assert school.tuition_year == "2024-25"
    assert (school.net_price_year, school.retention_year) == ("release 2025-05", "release 2026-06")


# 14. Territories -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW"])
def test_14_it_takes_schools_of_territories(tmp_path: Path, state: str) -> None:
    assert next(read_directory(hd(tmp_path, {"STABBR": state}))).state == state


def test_14_it_takes_a_zip_without_the_name_of_a_city(tmp_path: Path) -> None:
    row = {"zip": "00603", "lat": "18.4", "lon": "-67.1", "city": "", "state": "PR", "kind": "zcta"}
    assert next(read_zips(write_rows(tmp_path / "zips.csv", [row]))).city == ""


# 15. Military ZIPs ---------------------------------------------------------------------------


def test_15_it_knows_a_military_zip_from_an_area(tmp_path: Path) -> None:
    row = {
        "zip": "09012",
        "lat": 49.4,
        "lon": 7.6,
        "city": "APO",
        "state": "AE",
        "kind": "military",
    }
    assert next(read_zips(write_rows(tmp_path / "zips.csv", [row]))).kind == Zip.Kind.MILITARY


# 16. Retired CIP groups, and schools that are no more ----------------------------------------


def test_16_it_leaves_out_earnings_of_groups_and_schools_that_are_no_more(
    school: School, tmp_path: Path
) -> None:
    row = {"CIPCODE": "5138", "CREDLEV": "3", "EARN_MDN_1YR": "61000"}
    rows = [
        {"UNITID": "900001"} | row,
        {"UNITID": "900001"} | row | {"CIPCODE": "5116"},  # Nursing, in CIP 2010
        {"UNITID": "899999"} | row,  # closed since
        {"UNITID": "NA"} | row,
        {"UNITID": "11090500"} | row,  # abroad
    ]
    said: list[str] = []
    import_field_of_study([write_rows(tmp_path / "field_of_study_2026-03.csv", rows)], said.append)
    assert [e.cip4 for e in ProgramEarnings.objects.all()] == ["51.38"]
    assert said[0] == "  2 of schools or fields that are no more: left out"


def test_16_it_mends_a_code_that_lost_its_leading_zero(tmp_path: Path) -> None:
    row = {"UNITID": "900001", "CIPCODE": "109", "CREDLEV": "2", "EARN_MDN_4YR": "30000"}
    path = write_rows(tmp_path / "field_of_study_2026-03.csv", [row])
    assert list(read_earnings(path)) == [((900001, "01.09", 2), {"after_4y": 30000})]
