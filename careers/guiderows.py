"""The rows behind one guide's page, whatever shape they are shown in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from careers.catalogue import Catalogue, Entry
from careers.models import (
    Attainment,
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
    Projection,
    Section,
    WageEstimate,
)
from careers.models.statistics import NATION
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
    state_wages: list[WageEstimate]  # of all its codes, newest release
    projections: dict[str, list[Projection]]  # by label of the edition; [] where coded differently
    attainment: list[Attainment]  # of its codes and of all workers, newest edition with any

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
    """Nine queries, however many rows they give."""
    entry = held.by_pk[guide.pk]
    codes = [code.soc for code in entry.codes]
    figures = list(guide.figures.select_related("edition").order_by("-edition__base_year"))
    newest = figures[0] if figures else None
    wages = _wages(codes, newest.edition if newest else None)
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
        wages={row.soc: row for row in wages if row.is_national},
        state_wages=[row for row in wages if not row.is_national],
        projections=_projections(codes, held),
        attainment=_attainment(codes),
    )


def _sections(guide: Guide) -> dict[str, Section]:
    newest = guide.sections.order_by("-edition__base_year").values("edition")[:1]
    rows = guide.sections.filter(edition__in=newest).select_related("edition")
    return {section.key: section for section in rows}


def _wages(codes: list[str], edition: Edition | None) -> list[WageEstimate]:
    """National ones of the month of the edition's own wages, and the newest of the states.

    The two months differ, and are never mixed in one figure.
    """
    own = codes if len(codes) == 1 else []
    month = release_of(edition) if edition else ""
    national = Q(area=NATION, soc__in=[*own, ALL_WORKERS], release=month)
    by_state = WageEstimate.objects.by_state().filter(soc__in=codes)
    newest = by_state.order_by("-release").values("release")[:1]
    return list(
        WageEstimate.objects.filter(soc__in=[*codes, ALL_WORKERS]).filter(
            national | Q(~Q(area=NATION), soc__in=codes, release=newest)
        )
    )


def _projections(codes: list[str], held: Catalogue) -> dict[str, list[Projection]]:
    """Of every edition all lines of the guide's work, or none: a part would not be its figure."""
    before = held.succession.codes_before(codes)
    rows = Projection.objects.select_related("edition").filter(soc__in=[*codes, *(before or [])])
    by_edition: dict[int, dict[str, Projection]] = {}
    for row in rows:
        by_edition.setdefault(row.edition_id, {})[row.soc] = row
    found = {}
    for edition in held.projected:
        wanted = before if edition.has_soc_2010 else codes
        lines = by_edition.get(edition.pk, {})
        is_whole = wanted and all(soc in lines for soc in wanted)
        found[edition.label] = [lines[soc] for soc in sorted(wanted or [])] if is_whole else []
    return found


def _attainment(codes: list[str]) -> list[Attainment]:
    newest = Attainment.objects.order_by("-edition__base_year").values("edition")[:1]
    rows = Attainment.objects.filter(soc__in=[*codes, ALL_WORKERS], edition=newest)
    return list(rows.select_related("edition").order_by("soc"))


def release_of(edition: Edition) -> str:
    """ "May 2024" as the wage statistics name their releases: "2024-05"; empty when unknown."""
    try:
        return datetime.strptime(edition.reference_period, "%B %Y").strftime("%Y-%m")
    except ValueError:
        return ""
