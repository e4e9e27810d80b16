from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.importers.files import BadFile
from careers.importers.handbook_writer import write_handbook
from careers.importers.ooh_xml import read_handbook
from careers.importers.records import Origin
from careers.importers.sync import Changes
from careers.models import (
    Edition,
    Figures,
    FormerSlug,
    Guide,
    GuideCode,
    ImportRecord,
    OfficialGroup,
    Section,
    SimilarGuide,
    Version,
)
from tests.careers.builders import make_topic
from tests.careers.importers.handbook_xml import (
    next_edition,
    occupation,
    similar_table,
    this_edition,
    write,
)

pytestmark = pytest.mark.django_db

OFFICIAL_2019 = Path(__file__).parents[4] / "shared/data/ooh/ooh-2019-29-sample-5.xml"
OLDER = {"current_year": "2019", "projection_year": "2029", "reference_period": "May 2019"}
NEWER = {"current_year": "2025", "projection_year": "2035", "reference_period": "May 2025"}


def imported(path: Path, **options: bool) -> tuple[Changes, list[str]]:
    lines: list[str] = []
    known = set(Guide.objects.values_list("slug", flat=True))
    changes = write_handbook(
        read_handbook(path, known), Origin(path), report=lines.append, **options
    )
    return changes, lines


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "handbook.xml"


# The first and the second time ---------------------------------------------------------------


def test_it_writes_guides_with_everything_they_have(path: Path):
    imported(this_edition(path))
    guide = Guide.objects.get(slug="ward-planners")
    assert (guide.profile, guide.title, guide.group.slug) == ("901", "Ward Planners", "healthcare")
    assert guide.retired_at is None
    assert [(code.soc, code.title) for code in guide.codes.all()] == [("11-9111", "Ward planners")]
    figures = guide.figures.get()
    assert figures.edition.label == "2024–34"
    assert (figures.median_pay_annual, figures.openings) == (61_250, 9_300)
    assert [row.p90 for row in figures.percentiles.all()] == [102_300]
    assert [row.percent for row in figures.industry_shares.all()] == [23, 8]
    assert [row.median for row in figures.industry_pay.all()] == [64_000, 58_500]
    assert [link.similar.slug for link in guide.similar_links.all()] == ["lamp-lighters"]
    assert guide.sections.count() == 6


def test_it_fills_the_edition(path: Path):
    imported(this_edition(path))
    edition = Edition.objects.get()
    assert (edition.base_year, edition.projection_year) == (2024, 2034)
    assert (edition.reference_period, str(edition.last_updated)) == ("May 2024", "2025-09-29")
    assert (edition.growth_all, edition.median_pay_all) == (3, 49_500)


def test_it_leaves_a_more_exact_growth_of_all_occupations(path: Path):
    imported(this_edition(path))
    Edition.objects.update(growth_all="3.1")
    assert not imported(this_edition(path))[0].any
    assert str(Edition.objects.get().growth_all) == "3.1"


def test_it_changes_nothing_the_second_time_and_says_so(path: Path):
    imported(this_edition(path))
    record, version = ImportRecord.objects.get(), Version.objects.number_of(Version.DATA)
    changes, lines = imported(path)
    assert not changes.any
    assert lines == [f"Handbook 2024–34: nothing changed ({changes.same} rows)"]
    assert Version.objects.number_of(Version.DATA) == version == 1
    assert ImportRecord.objects.get().imported == record.imported
    assert (record.source, record.label, record.rows) == ("ooh", "2024-34", 2)


def test_it_writes_only_what_a_correction_changed(path: Path):
    imported(this_edition(path))
    write(path, [
        occupation(similar=similar_table(["management/lamp-lighters"]), annual="61260"),
        occupation("lamp-lighters", code="B902", socs="47-2111", group="management"),
    ])  # fmt: skip
    changes, _ = imported(path)
    assert (changes.added, changes.changed, changes.gone) == (0, 1, 0)
    assert Figures.objects.get(guide__profile="901").median_pay_annual == 61_260
    assert Version.objects.number_of(Version.DATA) == 2


def test_it_drops_rows_that_a_correction_dropped(path: Path):
    imported(this_edition(path))
    write(path, [
        occupation(where="<p>Anywhere.</p>", socs=""),
        occupation("lamp-lighters", code="B902", socs="47-2111", group="management"),
    ])  # fmt: skip
    changes, _ = imported(path)
    figures = Figures.objects.get(guide__profile="901")
    assert figures.industry_shares.count() == 0
    assert not GuideCode.objects.filter(soc="11-9111").exists()
    assert changes.gone == 4  # two employers, the code, the link


def test_it_moves_a_code_from_one_guide_to_another(path: Path):
    imported(this_edition(path))
    write(path, [
        occupation(socs=""),
        occupation("lamp-lighters", code="B902", socs="47-2111 11-9111", group="management"),
    ])  # fmt: skip
    imported(path)
    assert GuideCode.objects.get(soc="11-9111").guide.slug == "lamp-lighters"


def test_it_ignores_links_to_profiles_that_nobody_knows(path: Path):
    links = similar_table(["legal/unknown", "healthcare/ward-planners"])
    imported(write(path, [occupation(similar=links)]))
    assert SimilarGuide.objects.count() == 0


# Groups and topics ---------------------------------------------------------------------------


def test_it_puts_a_new_guide_into_its_groups_default_topic(path: Path):
    topic = make_topic("nursing")
    OfficialGroup.objects.create(slug="healthcare", title="Healthcare", default_topic=topic)
    imported(this_edition(path))
    assert Guide.objects.get(slug="ward-planners").topic == topic
    assert Guide.objects.get(slug="lamp-lighters").topic is None


def test_it_leaves_the_topic_of_a_guide_that_is_sorted(path: Path):
    imported(this_edition(path))
    nursing, admin = make_topic("nursing"), make_topic("health-administration")
    Guide.objects.filter(slug="ward-planners").update(topic=admin)
    OfficialGroup.objects.update(default_topic=nursing)
    imported(path)
    assert Guide.objects.get(slug="ward-planners").topic == admin
    assert Guide.objects.get(slug="lamp-lighters").topic == nursing


def test_it_makes_a_group_that_nobody_knows_yet(path: Path):
    imported(write(path, [occupation(group="space-and-tides")]))
    assert OfficialGroup.objects.get().title == "Space and tides"


# The next edition ----------------------------------------------------------------------------


def test_it_imports_a_new_a_renamed_and_a_removed_profile(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    renamed = Guide.objects.get(profile="901")
    _, lines = imported(next_edition(tmp_path / "next.xml"))
    renamed.refresh_from_db()
    assert (renamed.slug, renamed.title) == ("ward-managers", "Ward Managers")
    assert FormerSlug.objects.get().slug == "ward-planners"
    assert FormerSlug.objects.get().guide == renamed
    assert Guide.objects.get(slug="bed-testers").retired_at is None
    assert Guide.objects.get(slug="lamp-lighters").retired_at is not None
    assert lines[:-1] == [
        "Renamed: Ward Planners → Ward Managers",
        "Moved: ward-planners → ward-managers",
        "New: Bed Testers",
        "Retired: Lamp Lighters",
    ]


def test_it_keeps_the_figures_of_the_edition_before(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    imported(next_edition(tmp_path / "next.xml"))
    guide = Guide.objects.get(profile="901")
    rows = guide.figures.order_by("edition__base_year").values_list("title", "median_pay_annual")
    assert list(rows) == [("Ward Planners", 61_250), ("Ward Managers", 63_000)]
    assert guide.sections.count() == 12
    assert Guide.objects.get(profile="902").figures.count() == 1


def test_it_restores_a_guide_that_returns(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    imported(next_edition(tmp_path / "next.xml"))
    again = [
        occupation("ward-managers", code="A901"),
        occupation("bed-testers", code="A903", socs="51-9061"),
        occupation("lamp-lighters", code="A902", socs="47-2111"),
    ]
    years = {"current_year": "2026", "projection_year": "2036", "reference_period": "May 2026"}
    imported(write(tmp_path / "later.xml", again, **years))
    assert Guide.objects.get(slug="lamp-lighters").retired_at is None
    assert Guide.objects.current().count() == 3


def test_it_keeps_the_day_on_which_a_guide_retired(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    imported(next_edition(tmp_path / "next.xml"))
    day = Guide.objects.get(profile="902").retired_at
    assert not imported(tmp_path / "next.xml")[0].any
    assert Guide.objects.get(profile="902").retired_at == day


def test_it_lets_two_guides_swap_their_addresses(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    swapped = [
        occupation("lamp-lighters", code="A901"),
        occupation("ward-planners", code="A902", socs="47-2111"),
    ]
    imported(write(tmp_path / "next.xml", swapped, **NEWER))
    assert Guide.objects.get(profile="901").slug == "lamp-lighters"
    assert Guide.objects.get(profile="902").slug == "ward-planners"
    assert FormerSlug.objects.count() == 0


def test_it_gives_the_address_of_a_removed_guide_to_another(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    imported(write(tmp_path / "next.xml", [occupation("lamp-lighters", code="A901")], **NEWER))
    assert Guide.objects.get(profile="901").slug == "lamp-lighters"
    removed = Guide.objects.get(profile="902")
    assert removed.slug == "lamp-lighters-902"
    assert removed.retired_at is not None


def test_it_ends_a_redirect_when_its_address_is_in_use_again(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    imported(next_edition(tmp_path / "next.xml"))
    assert FormerSlug.objects.filter(slug="ward-planners").exists()
    years = {"current_year": "2026", "projection_year": "2036", "reference_period": "May 2026"}
    imported(write(tmp_path / "back.xml", [occupation(code="A901")], **years), force=True)
    assert Guide.objects.get(profile="901").slug == "ward-planners"
    assert [row.slug for row in FormerSlug.objects.all()] == ["ward-managers"]


def test_it_knows_a_profile_with_a_new_number_by_its_address(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    before = Guide.objects.get(slug="ward-planners")
    renumbered = [
        occupation("ward-planners", code="A777"),
        occupation("lamp-lighters", code="A902", socs="47-2111"),
    ]
    imported(write(tmp_path / "next.xml", renumbered, **NEWER))
    assert Guide.objects.get(profile="777").pk == before.pk
    assert Guide.objects.count() == 2


# An older edition ----------------------------------------------------------------------------


def older(path: Path) -> Path:
    return write(
        path,
        [
            occupation(
                *("ward-keepers",), code="Y901", title="Ward Keepers", annual="50000",
                group="management", publish_date="2020-09-01", video_link="",
                similar=similar_table(["management/lamp-lighters"]),
            ),
            occupation("wheel-wrights", code="Y950", socs="51-4199", group="production"),
        ],
        **OLDER,
    )  # fmt: skip


def test_it_loads_an_older_edition_beside_the_newer(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    kept = list(Guide.objects.order_by("profile").values())
    sections = list(Section.objects.order_by("pk").values())
    imported(older(tmp_path / "older.xml"))
    assert list(Guide.objects.exclude(profile="950").order_by("profile").values()) == kept
    newer = Section.objects.filter(edition__base_year=2024).order_by("pk")
    assert list(newer.values()) == sections
    old = Figures.objects.get(edition__base_year=2019, guide__profile="901")
    assert (old.title, old.median_pay_annual) == ("Ward Keepers", 50_000)
    assert SimilarGuide.objects.get(edition__base_year=2019).similar.slug == "lamp-lighters"
    assert FormerSlug.objects.count() == 0


def test_it_adds_what_only_an_older_edition_has_as_retired(tmp_path: Path):
    imported(this_edition(tmp_path / "this.xml"))
    imported(older(tmp_path / "older.xml"))
    only_old = Guide.objects.get(profile="950")
    assert only_old.retired_at is not None
    assert only_old.figures.get().edition.base_year == 2019
    assert not imported(tmp_path / "older.xml")[0].any


def test_it_gives_the_same_whichever_edition_comes_first(tmp_path: Path):
    imported(older(tmp_path / "older.xml"))
    assert Guide.objects.get(profile="901").slug == "ward-keepers"
    imported(this_edition(tmp_path / "this.xml"))
    guide = Guide.objects.get(profile="901")
    assert guide.slug == "ward-planners"
    assert [row.slug for row in guide.former_slugs.all()] == ["ward-keepers"]
    assert Guide.objects.get(profile="950").retired_at is not None


@pytest.mark.skipif(not OFFICIAL_2019.exists(), reason="the official sample is not here")
def test_it_loads_the_real_sample_of_2019(tmp_path: Path):
    """Of its five profiles one was renamed since; links lead to guides that the site knows."""
    newer = occupation("administrative-services-managers", code="B020", group="management", more="")
    imported(write(tmp_path / "newer.xml", [newer]))
    imported(OFFICIAL_2019)
    assert [edition.label for edition in Edition.objects.newest_first()] == ["2024–34", "2019–29"]
    renamed = Guide.objects.get(profile="020")
    assert renamed.title == "Administrative Services Managers"
    assert Guide.objects.current().get() == renamed
    old = Figures.objects.filter(edition__base_year=2019).order_by("guide__profile")
    assert list(old.values_list("guide__slug", "median_pay_annual", "growth", "openings")) == [
        ("administrative-services-managers", 96_940, 6, 26_300),
        ("accountants-and-auditors", 71_550, 4, None),
        ("actuaries", 108_350, 18, None),
        ("adult-literacy-and-ged-teachers", 54_350, -10, None),
        ("actors", None, 3, None),
    ]
    assert not Section.objects.filter(html__contains="\ufffd").exists()
    assert not imported(OFFICIAL_2019)[0].any


# What is refused -----------------------------------------------------------------------------


def many(path: Path, count: int, **head: str) -> Path:
    return write(
        path,
        [
            occupation(f"planners-{n}", code=f"B9{n:02}", socs=f"11-91{n:02}")
            for n in range(count)
        ],
        **head,
    )  # fmt: skip


@pytest.mark.parametrize(("held", "refused"), [(4, False), (3, True)])
def test_it_refuses_a_file_with_less_than_half_of_the_guides(tmp_path, held, refused):
    imported(many(tmp_path / "this.xml", 8))
    path = many(tmp_path / "next.xml", held, **NEWER)
    if refused:
        with pytest.raises(BadFile, match="holds 3 profiles where 8 are in use"):
            imported(path)
        assert Guide.objects.current().count() == 8
        assert Edition.objects.count() == 1
    else:
        imported(path)
        assert Guide.objects.current().count() == 4


def test_it_imports_a_small_file_when_forced(tmp_path: Path):
    imported(many(tmp_path / "this.xml", 8))
    imported(many(tmp_path / "next.xml", 1, **NEWER), force=True)
    assert Guide.objects.current().count() == 1


def test_it_takes_a_small_file_of_an_older_edition(tmp_path: Path):
    imported(many(tmp_path / "this.xml", 8))
    imported(many(tmp_path / "older.xml", 1, **OLDER))
    assert Guide.objects.current().count() == 8


def test_it_writes_nothing_when_what_was_written_is_not_what_was_read(path, monkeypatch):
    imported(this_edition(path))
    before = list(Figures.objects.values())
    monkeypatch.setattr(
        "careers.importers.handbook_writer._sections",
        lambda *_: Figures.objects.filter(guide__profile="902").delete() and Changes(),
    )
    write(path, [
        occupation(annual="1"),
        occupation("lamp-lighters", code="B902", socs="47-2111"),
    ])  # fmt: skip
    with pytest.raises(BadFile, match="1 profiles were written instead of 2"):
        imported(path)
    assert list(Figures.objects.values()) == before


def test_it_leaves_the_text_when_a_handbook_has_none(path: Path):
    imported(this_edition(path))
    facts = replace(read_handbook(path), has_sections=False)
    assert not write_handbook(facts, Origin(path)).any
    assert Section.objects.count() == 12


# Cost ----------------------------------------------------------------------------------------


def queries_of_a_correction(tmp_path: Path, count: int, **head: str) -> int:
    path = many(tmp_path / f"{count}.xml", count, **head)
    imported(path)
    corrected = path.read_text().replace("61250", "61260").replace("23%", "24%")
    path.write_text(corrected)
    with CaptureQueriesContext(connection) as queries:
        assert imported(path)[0].changed == 3 * count  # figures, an employer, a section
    return len(queries)


def test_it_takes_as_many_queries_for_ten_times_the_guides(tmp_path: Path):
    few = queries_of_a_correction(tmp_path, 3)
    assert queries_of_a_correction(tmp_path, 30, **NEWER) == few
