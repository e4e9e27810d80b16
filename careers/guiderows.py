"""The rows behind one guide's page, whatever shape they are shown in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from careers.catalogue import Catalogue, Entry
from careers.models import (
    Edition,
    Figures,
    FormerSlug,
    Guide,
    IndustryPay,
    IndustryShare,
    JobTitle,
    PayPercentiles,
    PlainOverride,
    PlainVersion,
    Section,
    WageEstimate,
)
from careers.soc import ALL_WORKERS


@dataclass(frozen=True)
class GuideRows:
    guide: Guide
    entry: Entry  # its codes, ranks and neighbours
    held: Catalogue
    figures: list[Figures]  # newest edition first
    percentiles: list[PayPercentiles]  # these three of the newest edition
    shares: list[IndustryShare]
    industry_pay: list[IndustryPay]
    sections: dict[str, Section]  # of the newest edition whose text was imported
    job_titles: list[str]  # in the handbook's A–Z
    wages: dict[str, WageEstimate]  # national: of its only code and of all workers

    @property
    def newest(self) -> Figures | None:
        return self.figures[0] if self.figures else None

    @property
    def edition(self) -> Edition | None:
        """That of the figures; of a guide without any, the newest here."""
        return self.newest.edition if self.newest else self.held.edition

    @property
    def plain(self) -> PlainVersion | None:
        return getattr(self.guide, "plain", None)

    def plain_text(self, part: str) -> str:
        """Our own text of a part, with a local correction where there is one."""
        if self.plain is None:
            return ""
        corrected = {override.part: override.text for override in self.plain.overrides.all()}
        return corrected.get(part) or str(getattr(self.plain, part))


def find_guide(slug: str) -> Guide | None:
    return (
        Guide.objects.select_related("topic__cluster", "group", "plain__edition")
        .prefetch_related(Prefetch("plain__overrides", PlainOverride.objects.all()))
        .filter(slug=slug.lower())
        .first()
    )


def guide_once_called(slug: str) -> Guide | None:
    former = FormerSlug.objects.select_related("guide").filter(slug=slug.lower()).first()
    return former.guide if former else None


def read_rows(guide: Guide, held: Catalogue) -> GuideRows:
    """Seven queries, however many rows they give."""
    entry = held.by_pk[guide.pk]
    figures = list(guide.figures.select_related("edition").order_by("-edition__base_year"))
    newest = figures[0] if figures else None
    return GuideRows(
        guide=guide,
        entry=entry,
        held=held,
        figures=figures,
        percentiles=list(newest.percentiles.all()) if newest else [],
        shares=list(newest.industry_shares.all()) if newest else [],
        industry_pay=list(newest.industry_pay.all()) if newest else [],
        sections=_sections(guide),
        job_titles=list(
            guide.job_titles.filter(source=JobTitle.Source.HANDBOOK)
            .order_by("title")
            .values_list("title", flat=True)
        ),
        wages=_wages(entry, newest.edition) if newest else {},
    )


def _sections(guide: Guide) -> dict[str, Section]:
    newest = guide.sections.order_by("-edition__base_year").values("edition")[:1]
    rows = guide.sections.filter(edition__in=newest).select_related("edition")
    return {section.key: section for section in rows}


def _wages(entry: Entry, edition: Edition) -> dict[str, WageEstimate]:
    """Of the month of the edition's own wages: a newer release is never mixed in."""
    own = [entry.codes[0].soc] if len(entry.codes) == 1 else []
    rows = WageEstimate.objects.national().filter(
        soc__in=[*own, ALL_WORKERS], release=release_of(edition)
    )
    return {row.soc: row for row in rows}


def release_of(edition: Edition) -> str:
    """ "May 2024" as the wage statistics name their releases: "2024-05"; empty when unknown."""
    try:
        return datetime.strptime(edition.reference_period, "%B %Y").strftime("%Y-%m")
    except ValueError:
        return ""
