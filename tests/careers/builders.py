"""Rows of careers with sensible defaults: `make_guide(slug="chefs")` and nothing else to know.

Every value can be given; what is left out is made up so that two calls never clash.
"""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from careers.models import (
    Attainment,
    Cluster,
    Correction,
    Edition,
    Figures,
    FormerSlug,
    GlossaryTerm,
    Guide,
    GuideCode,
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
    Topic,
    WageEstimate,
)
from careers.models.corrections import digest

_number = count(1)


def make_edition(base_year: int = 2024, **values: Any) -> Edition:
    """The edition of that year, made when it is not there yet."""
    defaults = {
        "projection_year": base_year + 10,
        "reference_period": f"May {base_year}",
        "last_updated": date(base_year + 1, 9, 1),
        "growth_all": Decimal("3.1"),
        "median_pay_all": 49500,
    } | values
    edition, _ = Edition.objects.get_or_create(base_year=base_year, defaults=defaults)
    return edition


def make_cluster(slug: str = "health", **values: Any) -> Cluster:
    defaults = {"title": f"{slug.replace('-', ' ').capitalize()} careers"} | values
    cluster, _ = Cluster.objects.get_or_create(slug=slug, defaults=defaults)
    return cluster


def make_topic(
    slug: str = "health-administration", cluster: Cluster | None = None, **values: Any
) -> Topic:
    defaults = {
        "cluster": cluster or make_cluster(),
        "title": slug.replace("-", " ").capitalize(),
    } | values
    topic, _ = Topic.objects.get_or_create(slug=slug, defaults=defaults)
    return topic


def make_group(slug: str = "management", **values: Any) -> OfficialGroup:
    defaults = {"title": slug.replace("-", " ").capitalize()} | values
    group, _ = OfficialGroup.objects.get_or_create(slug=slug, defaults=defaults)
    return group


def make_guide(slug: str = "", **values: Any) -> Guide:
    """A guide in the topic "health administration"; no figures, sections or codes."""
    number = next(_number)
    slug = slug or f"occupation-{number}"
    values.setdefault("profile", f"{1000 - number % 1000:03}"[-3:])
    values.setdefault("title", slug.replace("-", " ").title())
    values.setdefault("group", make_group())
    if "topic" not in values:
        values["topic"] = make_topic()
    return Guide.objects.create(slug=slug, **values)


def make_former_slug(slug: str, guide: Guide) -> FormerSlug:
    return FormerSlug.objects.create(slug=slug, guide=guide)


def make_figures(
    guide: Guide | None = None, edition: Edition | None = None, **values: Any
) -> Figures:
    """A full set; give `median_pay_annual=None` and so on for what is not published."""
    guide = guide or make_guide()
    defaults = {
        "title": guide.title,
        "median_pay_annual": 61250,
        "median_pay_hourly": Decimal("29.45"),
        "jobs": 120_400,
        "growth": 5,
        "change": 6_000,
        "openings": 9_300,
        "outlook": Figures.Outlook.FASTER,
        "education": Figures.Education.BACHELOR,
        "experience": Figures.Experience.NONE,
        "training": Figures.Training.NONE,
    } | values
    return Figures.objects.create(guide=guide, edition=edition or make_edition(), **defaults)


def make_percentiles(figures: Figures, position: int = 0, **values: Any) -> PayPercentiles:
    defaults = {"unit": "year", "p10": Decimal(34_100), "p90": Decimal(102_300)} | values
    return PayPercentiles.objects.create(figures=figures, position=position, **defaults)


def make_industry_share(figures: Figures, position: int = 0, **values: Any) -> IndustryShare:
    defaults = {"industry": "Hospitals; state, local, and private", "percent": 30} | values
    return IndustryShare.objects.create(figures=figures, position=position, **defaults)


def make_industry_pay(figures: Figures, position: int = 0, **values: Any) -> IndustryPay:
    defaults = {
        "industry": "Hospitals; state, local, and private",
        "unit": "year",
        "median": Decimal(64_000),
    } | values
    return IndustryPay.objects.create(figures=figures, position=position, **defaults)


def make_code(guide: Guide, soc: str = "11-9111", **values: Any) -> GuideCode:
    edition = values.pop("edition", None) or make_edition()
    return GuideCode.objects.create(guide=guide, edition=edition, soc=soc, **values)


def make_job_title(guide: Guide, title: str = "Ward planner", **values: Any) -> JobTitle:
    values.setdefault("source", JobTitle.Source.HANDBOOK)
    values.setdefault("initial", title[0].upper() if title[0].isalpha() else "#")
    return JobTitle.objects.create(guide=guide, title=title, **values)


def make_section(guide: Guide, key: str = "what", **values: Any) -> Section:
    edition = values.pop("edition", None) or make_edition()
    defaults = {
        "title": f"About {guide.title}",
        "summary": "A short line on it.",
        "html": "<p>One paragraph of official text.</p>",
        "words": 5,
    } | values
    return Section.objects.create(guide=guide, edition=edition, key=key, **defaults)


def make_similar(guide: Guide, similar: Guide, position: int = 0, **values: Any) -> SimilarGuide:
    edition = values.pop("edition", None) or make_edition()
    return SimilarGuide.objects.create(
        guide=guide, similar=similar, edition=edition, position=position, **values
    )


def make_plain_version(guide: Guide | None = None, **values: Any) -> PlainVersion:
    defaults = {
        "guide": guide or make_guide(),
        "edition": values.pop("edition", None) or make_edition(),
        "grade": Decimal("6.1"),
        "summary": "You keep a ward running.",
        "what": "You plan who works when.\n\nYou watch the money.",
        "tasks": ["Plan shifts", "Order supplies", "Check bills", "Answer to the board"],
        "where": "Most of the day is spent indoors.",
        "start": [["Now", "Volunteer."], ["Next", "Study."], ["Later", "Lead a team."]],
        "pay": "Large places pay more.",
        "outlook": "More people will need care.",
        "like": ["You like order", "You like people", "You stay calm"],
        "twice": ["You dislike screens", "You want evenings free", "You avoid conflict"],
        "terms": [],
    } | values
    return PlainVersion.objects.create(**defaults)


def make_correction(guide: Guide | None = None, **values: Any) -> Correction:
    values = {"part": "pay", "text": f"Line {next(_number)} is wrong."} | values
    values.setdefault("digest", digest(values["part"], values["text"]))
    return Correction.objects.create(guide=guide or make_guide(), **values)


def make_term(slug: str = "license", **values: Any) -> GlossaryTerm:
    defaults = {
        "term": slug.replace("-", " "),
        "definition": "A paper that allows you to do this work.",
    } | values
    return GlossaryTerm.objects.create(slug=slug, **defaults)


def make_projection(
    soc: str = "11-9111", edition: Edition | None = None, **values: Any
) -> Projection:
    defaults = {
        "title": "Invented managers",
        "jobs": 120_400,
        "jobs_projected": 126_400,
        "growth": Decimal("5.0"),
        "openings": 9_300,
        "exits": 4_100,
        "transfers": 4_600,
        "change_yearly": 600,
    } | values
    return Projection.objects.create(edition=edition or make_edition(), soc=soc, **defaults)


def make_attainment(
    soc: str = "11-9111", edition: Edition | None = None, **values: Any
) -> Attainment:
    defaults = {
        "less_than_high_school": Decimal("1.5"),
        "high_school": Decimal("8.5"),
        "some_college": Decimal("15.0"),
        "associate": Decimal("10.0"),
        "bachelor": Decimal("35.0"),
        "master": Decimal("24.0"),
        "doctoral": Decimal("6.0"),
    } | values
    return Attainment.objects.create(edition=edition or make_edition(), soc=soc, **defaults)


def make_succession(soc_2010: str = "11-9111", soc_2018: str = "11-9111") -> SocSuccession:
    return SocSuccession.objects.create(soc_2010=soc_2010, soc_2018=soc_2018)


def make_wage(soc: str = "11-9111", area: str = "99", **values: Any) -> WageEstimate:
    """National; `area="36"` alone makes New York."""
    defaults = {
        "release": "2025-05",
        "area_title": "U.S." if area == "99" else "New York",
        "state": "" if area == "99" else "NY",
        "jobs": 120_400,
        "p10": 34_100,
        "p25": 47_000,
        "median": 61_250,
        "p75": 82_000,
        "p90": 102_300,
        "median_hourly": Decimal("29.45"),
    } | values
    return WageEstimate.objects.create(area=area, soc=soc, **defaults)
