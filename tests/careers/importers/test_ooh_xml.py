"""BLS's file as a Handbook. Traps have the numbers that the description of the format gives."""

import gzip
import lzma
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from careers.importers import ooh_xml
from careers.importers.files import BadFile
from careers.importers.handbook import Handbook, Profile
from careers.importers.ooh_xml import read_handbook
from tests.careers.importers.handbook_xml import (
    PAIR,
    datatable,
    handbook,
    occupation,
    similar_table,
    table,
    write,
)


@pytest.fixture
def read(tmp_path: Path):
    """Reads a handbook of one occupation with the given values."""

    def one(slug: str = "ward-planners", **values: str) -> Profile:
        path = write(tmp_path / "handbook.xml", [occupation(slug, **values)])
        return read_handbook(path).profiles[0]

    return one


def texts(profile: Profile) -> dict[str, str]:
    return {section.key: section.html for section in profile.sections}


# What it reads -------------------------------------------------------------------------------


def test_it_reads_the_edition_from_the_file_itself(tmp_path: Path):
    years = {"current_year": "2031", "projection_year": "2041", "reference_period": "May 2031"}
    found = read_handbook(write(tmp_path / "x.xml", [occupation()], **years))
    assert found.label == "2031-41"
    assert found.reference_period == "May 2031"
    assert found.last_updated == date(2025, 9, 29)
    assert (found.growth_all, found.median_pay_all) == (Decimal(3), 49_500)
    assert found.has_sections


def test_it_reads_a_profile(read):
    profile = read(similar=similar_table(["management/lamp-lighters"]))
    assert (profile.number, profile.slug, profile.group) == ("901", "ward-planners", "healthcare")
    assert profile.title == "Ward Planners"
    assert profile.video_url == "https://www.youtube.com/watch?v=abc"
    assert profile.last_changed == date(2025, 8, 28)
    assert (profile.median_pay_annual, profile.median_pay_hourly) == (61_250, Decimal("29.45"))
    assert (profile.jobs, profile.growth, profile.change) == (120_400, 5, 6_000)
    assert profile.openings == 9_300
    assert (profile.outlook, profile.education) == ("faster", "bachelor")
    assert (profile.experience, profile.training) == ("none", "none")
    assert profile.codes == (("11-9111", "Ward planners"),)
    assert profile.similar == ("lamp-lighters",)
    assert [row.p10 for row in profile.percentiles] == [Decimal(34100)]
    assert [row.percent for row in profile.shares] == [23, 8]
    assert [row.median for row in profile.industry_pay] == [Decimal(64000), Decimal(58500)]


def test_it_reads_the_sections_with_our_keys(read):
    profile = read()
    assert [section.key for section in profile.sections] == [
        *("what", "where", "become", "pay", "outlook", "more")
    ]
    what = profile.sections[0]
    assert what.title == "What they do"
    assert what.summary == "They plan ward planners."
    assert what.html == (
        "<p>They plan wards.</p><h3>Duties</h3><ul><li>Plan ward planners</li></ul>"
    )
    assert what.words == 7


@pytest.mark.parametrize(
    ("element", "value", "name", "key"),
    [
        ("education", "Doctoral or professional degree", "education", "doctoral"),
        ("education", "No formal educational credential", "education", "none"),
        ("education", "Bachelor’s degree", "education", "bachelor"),
        ("experience", "5 years or more", "experience", "over-5"),
        ("training", "Internship/residency", "training", "internship"),
        ("outlook", "Much faster than average", "outlook", "much-faster"),
        ("outlook", "Decline", "outlook", "decline"),
    ],
)
def test_it_turns_words_into_our_keys(read, element, value, name, key):
    assert getattr(read(**{element: value}), name) == key


def test_it_keeps_a_loss_of_jobs_negative(read):
    profile = read(growth="-14", change="-5,600")
    assert (profile.growth, profile.change) == (-14, -5_600)


def test_it_links_to_profiles_that_the_site_knows_besides_the_files_own(tmp_path: Path):
    link = '<p><a href="/ooh/legal/old-judges.htm">x</a></p>'
    path = write(tmp_path / "x.xml", [occupation(more=link)])
    assert "www.bls.gov" in texts(read_handbook(path).profiles[0])["more"]
    found = read_handbook(path, known_slugs=["old-judges"]).profiles[0]
    assert texts(found)["more"] == '<p><a href="/careers/old-judges/">x</a></p>'


@pytest.mark.parametrize("pack", ["plain", "gz", "xz", "zip"])
def test_it_reads_the_file_in_any_wrapping(tmp_path: Path, pack: str):
    content = handbook([occupation()]).encode()
    path = tmp_path / f"handbook.{pack}"
    if pack == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("xml-compilation.xml", content)
    else:
        packed = {"plain": bytes, "gz": gzip.compress, "xz": lzma.compress}[pack](content)
        path.write_bytes(packed)
    assert read_handbook(path).profiles[0].slug == "ward-planners"


# The traps -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Children&amp;rsquo;s Minders", "Children’s Minders"),
        ("Clients&amp;apos; Aides", "Clients' Aides"),
        ("Body&amp;apos soft Menders", "Body' soft Menders"),
        ("Earth&amp;apos; Measurers", "Earth' Measurers"),
    ],
)
def test_it_decodes_entities_in_plain_text_once_more__trap_1(read, written, read_as):
    assert read(title=written).title == read_as


def test_it_trims_plain_text__trap_2(read):
    assert read(singular="Lamp Lighter ").singular == "Lamp Lighter"


@pytest.mark.parametrize("said", ["", " ", "See How to Become One"])
def test_it_tells_nothing_said_from_none__trap_3(read, said):
    profile = read(education=said, training=said, experience="None")
    assert (profile.education, profile.training, profile.experience) == ("", "", "none")


def test_it_imports_a_profile_without_facts__trap_4(read):
    facts = ("socs", "annual", "hourly", "education", "experience", "training", "jobs", "growth")
    empty = dict.fromkeys([*facts, "outlook", "change", "datatable", "similar"], "")
    wide = "<table><tr><th>Rank</th><td>1</td><td>2</td></tr></table>"
    profile = read(
        **empty, what=f"<p>They serve.</p>{wide}", where="<p>At sea.</p>", pay="<p>By rank.</p>",
        outlook_body="<p>Needs go on.</p>",
    )  # fmt: skip
    assert profile.codes == profile.similar == profile.percentiles == profile.shares == ()
    figures = ("median_pay_annual", "median_pay_hourly", "pay_at_least", "jobs", "growth")
    assert {getattr(profile, name) for name in (*figures, "change", "openings")} == {None}
    assert profile.outlook == ""
    assert texts(profile)["what"] == (
        '<p>They serve.</p><table><tbody><tr><th scope="row">Rank</th><td>1</td><td>2</td></tr>'
        "</tbody></table>"
    )


def test_it_reads_pay_that_is_only_a_note__trap_5(read):
    note = "This wage is equal to or greater than $239,200 per year or $115.00 per hour."
    profile = read(annual="", hourly="", annual_note=note)
    assert (profile.median_pay_annual, profile.median_pay_hourly) == (None, None)
    assert profile.pay_at_least == 239_200


def test_it_leaves_sort_keys_in_titles_behind__trap_5(read):
    cell = '<table><tr><td>a</td><td><span title="0     Not available.">$5</span></td></tr></table>'
    assert "Not available" not in texts(read(more=cell))["more"]


def test_it_folds_white_space_of_all_kinds__trap_6(read):
    body = "<p>is projected to grow\t\t\t 5&nbsp;&nbsp;percent\n\u00a0now.</p>"
    section = texts(read(outlook_body=body))["outlook"]
    assert section == "<p>is projected to grow 5 percent now.</p>"


def test_it_drops_empty_paragraphs_and_headings__trap_7(read):
    body = "<p>&nbsp;</p><h3></h3><p>They plan.</p><h3> <span>&nbsp;</span></h3><p><br /></p>"
    assert texts(read(what=body))["what"] == "<p>They plan.</p>"


def test_it_clears_away_what_editors_left__trap_8(read):
    body = (
        '<p style="x" class="y"><ins datetime="2025">They</ins> <del datetime="2025">ran</del>'
        '<s>sat</s><span class="cf0" data-ccp-timestamp="1">plan</span><a name="_Hlk1"></a>.</p>'
        '<div class="rx_ephox_inlinevariant"><p face="z">Twice.</p></div>'
    )
    assert texts(read(what=body))["what"] == "<p>They plan.</p><p>Twice.</p>"


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ({"A": "23%", "B": "8", "C": "100%"}, ["23%", "8%", "100%"]),
        ({"A": "$87,980", "B": "86,010", "C": "239,200 or more"}, ["$87,980", "$86,010",
                                                                  "$239,200 or more"]),
        ({"A": "340,700", "B": "1,100"}, ["340,700", "1,100"]),
        ({"A": "$5", "B": "—"}, ["$5", "—"]),
    ],
)  # fmt: skip
def test_it_puts_units_back_into_tables__trap_9(read, rows, cells):
    body = texts(read(where=table(rows, 'align="right"')))["where"]
    for name, cell in zip(rows, cells, strict=True):
        assert f'<tr><th scope="row">{name}</th><td>{cell}</td></tr>' in body


@pytest.mark.parametrize(
    "head",
    [
        "<strong><em>Two-way skills.</em></strong> You",
        "<em><strong>Two-way skills.</strong></em> You",
        "<strong><em>Two-way skills. </em></strong>You",
        "<strong><em>Two-way&nbsp;</em></strong><strong><em>skills.</em></strong> You",
        "<b><i>Two-way skills.</i></b>&nbsp;You",
        "<em><strong>Two-way skills. </strong></em>You",
    ],
)
def test_it_keeps_run_in_heads_as_strong__trap_10(read, head):
    body = f"<p>{head} listen <em>well</em>.</p>"
    assert texts(read(become=body))["become"] == (
        "<p><strong>Two-way skills.</strong> You listen <em>well</em>.</p>"
    )


def test_it_reads_the_markup_of_either_edition__trap_11(read):
    row = '<tr><td><h4><a href="/ooh/legal/lamp-lighters.htm">Lamp Lighters</a></h4></td></tr>'
    link = (
        '<p><a href="https://a.example/"><u>a</u></a>'
        '<a href="https://b.example/"><span class="underline">b</span></a></p>'
    )
    profile = read(similar=f"<table>{row}</table>", more=link)
    assert profile.similar == ("lamp-lighters",)
    assert texts(profile)["more"] == (
        '<p><a href="https://a.example/" rel="external">a</a>'
        '<a href="https://b.example/" rel="external">b</a></p>'
    )


def test_it_reads_the_address_beside_server_side_includes__trap_12(read):
    profile = read("bed-testers", group="production")
    assert (profile.group, profile.slug) == ("production", "bed-testers")


def test_it_forgives_doubled_attributes_and_bare_ampersands__trap_13(read):
    body = (
        '<p><a class="external" href="https://x.example/?a=1&ioType=o&level=2" class="onet">x</a>'
        "</p>"
    )
    assert texts(read(more=body))["more"] == (
        '<p><a href="https://x.example/?a=1&amp;ioType=o&amp;level=2" rel="external">x</a></p>'
    )


def test_it_reads_code_titles_below_a_group_row__trap_14(read):
    rows = {"All planners": "—", "Ward planners": "11-9111", "Bed testers": "51-9061"}
    profile = read(socs="51-9061 11-9111", datatable=datatable(rows))
    assert profile.codes == (("11-9111", "Ward planners"), ("51-9061", "Bed testers"))
    outlook = texts(profile)["outlook"]
    assert outlook.count("<tr>") == 4
    assert "SOURCE" not in outlook
    assert "Get data" not in outlook


def test_it_leaves_out_the_table_of_a_single_code__trap_14(read):
    assert "<table>" not in texts(read())["outlook"]


@pytest.mark.parametrize(
    "heading", ["Work Schedule", "Injuries and illnesses", "Education &amp; Training"]
)
def test_it_takes_headings_as_they_are_spelled__trap_15(read, heading):
    body = f'<h2 style="margin: 0">{heading}</h2><p>By day.</p>'
    assert texts(read(become=body))["become"] == f"<h3>{heading}</h3><p>By day.</p>"


@pytest.mark.parametrize(
    ("written", "day"),
    [("9/1/20", date(2020, 9, 1)), ("12/3/2025", date(2025, 12, 3)), ("2025-08-28",
     date(2025, 8, 28)), ("", None)],
)  # fmt: skip
def test_it_reads_dates_as_files_and_spreadsheets_write_them__trap_16(tmp_path, written, day):
    path = write(tmp_path / "x.xml", [occupation()], last_updated=written)
    assert read_handbook(path).last_updated == day


def test_it_refuses_bytes_that_are_not_utf_8__trap_16(tmp_path: Path):
    path = tmp_path / "x.xml"
    path.write_bytes(handbook([occupation(what="<p>Children’s</p>")]).encode("cp1252"))
    with pytest.raises(BadFile, match=r"x\.xml, line \d+: is not well-formed XML"):
        read_handbook(path)


def test_it_drops_an_occupation_once_it_is_read__trap_17(tmp_path: Path, monkeypatch):
    """The tree holds what one read ahead brings, not the file."""
    held = []
    original = ooh_xml._raw
    monkeypatch.setattr(
        ooh_xml,
        "_raw",
        lambda path, element: held.append(len(element.getparent())) or original(path, element),
    )
    many = [
        occupation(
            f"planners-{n}",
            code=f"B9{n:02}",
            socs=f"11-91{n:02}",
            what=f"<p>{'word ' * 14_000}</p>",
        )
        for n in range(20)
    ]
    assert len(read_handbook(write(tmp_path / "x.xml", many)).profiles) == 20
    assert len(held) == 20
    assert max(held[1:]) <= 3


def test_it_leaves_pictures_and_charts_out(read):
    profile = read(what='<p>They plan.<img src="/ooh/images/1.jpg" alt="x" /></p>')
    assert not any("img" in html or "caption" in html for html in texts(profile).values())


# Files that are refused ----------------------------------------------------------------------


def refusal(path: Path) -> str:
    with pytest.raises(BadFile) as error:
        read_handbook(path)
    return str(error.value)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bad.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_refuses_a_truncated_file_and_names_the_line(tmp_path: Path):
    whole = handbook([occupation()])
    lines = whole.split("\n")
    path = written(tmp_path, "\n".join(lines[:30]))
    assert refusal(path).startswith("bad.xml, line 30: is not well-formed XML")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_it_refuses_a_truncated_wrapping(tmp_path: Path, pack):
    path = tmp_path / "bad.xml.packed"
    path.write_bytes(pack(handbook([occupation()] * 5).encode())[:-40])
    assert "bad.xml.packed" in refusal(path)


def test_it_refuses_an_entity_bomb(tmp_path: Path):
    levels = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE ooh [<!ENTITY b0 "boom">{levels}]>'
    path = written(tmp_path, f"{bomb}<ooh><current_year>&b9;</current_year></ooh>")
    assert refusal(path) == "bad.xml, line 1: defines entities; the handbook does not"


def test_it_refuses_an_external_entity_and_fetches_nothing(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    head = f'<?xml version="1.0"?><!DOCTYPE ooh [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    refused = refusal(written(tmp_path, f"{head}<ooh><current_year>&x;</current_year></ooh>"))
    assert "SECRET" not in refused
    assert "entities" in refused


def test_it_refuses_an_entity_that_only_an_outside_definition_could_explain(tmp_path: Path):
    head = '<?xml version="1.0"?><!DOCTYPE ooh SYSTEM "https://example.org/x.dtd">'
    body = occupation(title="Ward &nbsp; Planners")
    text = handbook([body]).replace('<?xml version="1.0" encoding="utf-8"?>', head)
    assert "entity &nbsp; is not defined" in refusal(written(tmp_path, text))


def test_it_refuses_an_entity_in_a_file_without_definitions(tmp_path: Path):
    text = handbook([occupation(title="Ward &nbsp; Planners")])
    assert "nbsp" in refusal(written(tmp_path, text))


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body>Access Denied</body></html>",
        "<html><head><title>Busy</title></head><body><p>Try later<br></p></body></html>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    ],
)
def test_it_refuses_a_web_page(tmp_path: Path, page: str):
    assert "bad.xml, line 1: is a web page" in refusal(written(tmp_path, page))


def test_it_refuses_other_xml(tmp_path: Path):
    refused = refusal(written(tmp_path, "<?xml version='1.0'?>\n<rss><channel/></rss>"))
    assert refused == "bad.xml, line 2: is <rss>, not the handbook's <ooh>"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04junk", b"\x00\x01\x02", b"slug,title\n"])
def test_it_refuses_what_is_no_xml_at_all(tmp_path: Path, content: bytes):
    path = tmp_path / "bad.xml"
    path.write_bytes(content)
    assert refusal(path).startswith("bad.xml")


def test_it_refuses_a_missing_file(tmp_path: Path):
    assert refusal(tmp_path / "no.xml") == "no.xml: there is no such file"


def test_it_refuses_a_file_that_unpacks_without_end(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(ooh_xml, "MOST_BYTES", 20_000)
    path = tmp_path / "bad.xml.xz"
    path.write_bytes(lzma.compress(handbook([occupation(what=" " * 50_000)]).encode()))
    assert "unpacks to more than" in refusal(path)


def test_it_refuses_a_handbook_without_occupations(tmp_path: Path):
    assert refusal(written(tmp_path, handbook([]))) == "bad.xml: holds no occupation"


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ({"current_year": "soon"}, "line 4: <current_year> is 'soon', not a year"),
        ({"reference_period": "2024"}, "line 7: '2024' is not a month and year"),
        ({"last_updated": "13/40/2025"}, "line 8: <last_updated> is '13/40/2025', not a date"),
    ],
)
def test_it_refuses_an_edition_it_cannot_tell(tmp_path: Path, head, reason):
    path = written(tmp_path, handbook([occupation()], **head))
    assert refusal(path) == f"bad.xml, {reason}"


def test_it_refuses_a_file_that_does_not_say_its_years(tmp_path: Path):
    text = handbook([occupation()]).replace("projection_year", "other_year")
    assert refusal(written(tmp_path, text)) == "bad.xml: lacks <projection_year>"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"code": "none"}, "occupation_code is 'none'"),
        ({"title": " "}, "has no title"),
        ({"annual": "lots"}, "'lots' is not an amount"),
        ({"education": "Wizardry"}, "'Wizardry' is not among"),
        ({"socs": "11-911"}, "soc_code is '11-911'"),
        ({"publish_date": "2025-13-28"}, "month must be in 1..12"),
    ],
)
def test_it_refuses_a_profile_it_cannot_read_and_names_it(tmp_path: Path, values, reason):
    refused = refusal(written(tmp_path, handbook([occupation(**values)])))
    assert refused.startswith("bad.xml, line 9: profile ward-planners: ")
    assert reason in refused


def test_it_refuses_a_profile_without_an_address(tmp_path: Path):
    text = handbook([occupation(citation="<p>Nowhere.</p>")])
    reason = "the citation of 'Ward Planners' names no address"
    assert refusal(written(tmp_path, text)) == f"bad.xml, line 9: {reason}"


@pytest.mark.parametrize(
    ("second", "key"),
    [
        ({"slug": "ward-planners", "code": "B902", "socs": "51-9061"}, "ward-planners"),
        ({"slug": "bed-testers", "code": "A901", "socs": "51-9061"}, "901"),
        ({"slug": "bed-testers", "code": "B902", "socs": "11-9111"}, "11-9111"),
    ],
)
def test_it_refuses_two_profiles_with_one_key(tmp_path: Path, second, key):
    text = handbook([occupation(), occupation(**second)])
    assert f"{key} stands in two profiles" in refusal(written(tmp_path, text))


def test_it_reads_a_pair_that_stands_alone_in_its_element(read):
    assert len(read(pay=f"<p>{PAIR}</p>").percentiles) == 1


def test_it_gives_equal_handbooks_for_equal_files(tmp_path: Path):
    one, two = (write(tmp_path / name, [occupation()]) for name in ("one.xml", "two.xml"))
    assert isinstance(read_handbook(one), Handbook)
    assert read_handbook(one) == read_handbook(two)
    other = write(tmp_path / "other.xml", [occupation(annual="61260")])
    assert read_handbook(one) != read_handbook(other)
