"""Brings one edition of the handbook into the database.

The newest edition decides what guides there are and what they are called; an older one only adds
its figures, codes, links and text beside it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from careers.importers.files import BadFile
from careers.importers.handbook import Handbook, Profile
from careers.importers.progress import Report, silent
from careers.importers.records import Origin
from careers.importers.sync import Changes, sync
from careers.models import (
    Edition,
    Figures,
    FormerSlug,
    Guide,
    GuideCode,
    IndustryPay,
    IndustryShare,
    OfficialGroup,
    PayPercentiles,
    Section,
    SimilarGuide,
    Version,
)

SOURCE = "ooh"  # its name in ImportRecord

_FIGURES = (
    *("median_pay_annual", "median_pay_hourly", "pay_at_least", "jobs", "growth", "change"),
    *("openings", "outlook", "education", "experience", "training"),
)
_GUIDE = ("slug", "title", "singular", "group_id", "video_url", "last_changed")

Guides = dict[str, Guide]  # by the profile number in the file


def write_handbook(
    handbook: Handbook,
    origin: Origin,
    *,
    force: bool = False,
    report: Report = silent,
) -> Changes:
    """All or nothing. Raises BadFile when the file holds less than half of what is there.

    A handbook without sections leaves the text that is there as it is.
    """
    with transaction.atomic():
        edition, changes = _edition(handbook)
        newest = _is_newest(edition)
        if not force:
            _refuse_shrinking(origin.path, handbook, edition, newest=newest)
        guides, changed = _guides(handbook, report, newest=newest)
        changes += changed + _facts(handbook, edition, guides)
        if handbook.has_sections:
            changes += _sections(handbook, edition, guides)
        _verify(origin.path, handbook, edition)
        if changes.any:
            Version.objects.bump(Version.DATA)
        origin.record(SOURCE, handbook.label, len(handbook.profiles))
    report(f"Handbook {edition.label}: {changes}")
    return changes


def _edition(handbook: Handbook) -> tuple[Edition, Changes]:
    """All-occupations figures only fill a gap: the projections give them more exactly."""
    edition, is_new = Edition.objects.get_or_create(
        base_year=handbook.base_year, projection_year=handbook.projection_year
    )
    wanted = {
        "reference_period": handbook.reference_period,
        "last_updated": handbook.last_updated,
        "growth_all": handbook.growth_all if edition.growth_all is None else edition.growth_all,
        "median_pay_all": edition.median_pay_all or handbook.median_pay_all,
    }
    differs = {name for name, value in wanted.items() if getattr(edition, name) != value}
    for name in differs:
        setattr(edition, name, wanted[name])
    if differs:
        edition.save(update_fields=differs)
    return edition, Changes(
        added=int(is_new),
        changed=int(bool(differs) and not is_new),
        same=int(not differs and not is_new),
    )


def _is_newest(edition: Edition) -> bool:
    newest = Edition.objects.with_guides().newest_first().first()
    return newest is None or _years(edition) >= _years(newest)


def _years(edition: Edition) -> tuple[int, int]:
    return edition.base_year, edition.projection_year


def _refuse_shrinking(path: Path, handbook: Handbook, edition: Edition, *, newest: bool) -> None:
    in_use = Figures.objects.filter(edition=edition).count()
    if newest:
        in_use = max(in_use, Guide.objects.current().count())
    if 2 * len(handbook.profiles) < in_use:
        held = len(handbook.profiles)
        raise BadFile(path, None, f"holds {held} profiles where {in_use} are in use (see --force)")


# Guides --------------------------------------------------------------------------------------


def _guides(handbook: Handbook, report: Report, *, newest: bool) -> tuple[Guides, Changes]:
    groups = _groups(handbook)
    known = _known(handbook)
    if newest:
        changes = _rename(handbook, known, report)
        changes += _write_guides(handbook, groups, report)
    else:
        changes = _add_retired(handbook, known, groups)
    return known | _by_number(handbook), changes


def _groups(handbook: Handbook) -> dict[str, OfficialGroup]:
    """Made when new: the display names of the 25 come with the taxonomy."""
    groups = {group.slug: group for group in OfficialGroup.objects.all()}
    for slug in sorted({profile.group for profile in handbook.profiles} - groups.keys()):
        title = slug.replace("-", " ").capitalize()
        groups[slug] = OfficialGroup.objects.create(slug=slug, title=title)
    return groups


def _known(handbook: Handbook) -> Guides:
    """The guides that are there already: by number, else by present or former slug.

    A slug says so only when the file has no other profile with that guide's number.
    """
    numbers = {profile.number for profile in handbook.profiles}
    guides = list(Guide.objects.all())
    by_number = {guide.profile: guide for guide in guides}
    former = FormerSlug.objects.select_related("guide")
    by_slug = {row.slug: row.guide for row in former} | {guide.slug: guide for guide in guides}
    known: Guides = {}
    for profile in handbook.profiles:
        guide = by_number.get(profile.number) or by_slug.get(profile.slug)
        if guide and (guide.profile == profile.number or guide.profile not in numbers):
            known[profile.number] = guide
    return known


def _by_number(handbook: Handbook) -> Guides:
    numbers = [profile.number for profile in handbook.profiles]
    return {guide.profile: guide for guide in Guide.objects.filter(profile__in=numbers)}


def _rename(handbook: Handbook, known: Guides, report: Report) -> Changes:
    """Old addresses redirect. Slugs are parked first, since two guides may swap theirs."""
    slugs = {profile.slug for profile in handbook.profiles}
    changed = 0
    for other in Guide.objects.exclude(pk__in=[guide.pk for guide in known.values()]):
        if other.slug in slugs:  # no longer in the handbook, and another takes its address
            changed += _park(other, f"{other.slug}-{other.profile}")
    for profile in handbook.profiles:
        guide = known.get(profile.number)
        if guide is None:
            continue
        if guide.profile != profile.number:
            changed += Guide.objects.filter(pk=guide.pk).update(profile=profile.number)
        if guide.title != profile.title:
            report(f"Renamed: {guide.title} → {profile.title}")
        if guide.slug != profile.slug:
            report(f"Moved: {guide.slug} → {profile.slug}")
            if guide.slug not in slugs:
                FormerSlug.objects.get_or_create(slug=guide.slug, defaults={"guide": guide})
            changed += _park(guide, f"moving-{profile.number}")
    FormerSlug.objects.filter(slug__in=slugs).delete()  # an address in use wins
    return Changes(changed=changed)


def _park(guide: Guide, slug: str) -> int:
    return Guide.objects.filter(pk=guide.pk).update(slug=slug)


def _write_guides(handbook: Handbook, groups: dict[str, OfficialGroup], report: Report) -> Changes:
    before = set(Guide.objects.current().values_list("profile", flat=True))
    changes = sync(
        Guide.objects.all(),
        [_guide(profile, groups[profile.group]) for profile in handbook.profiles],
        key=["profile"],
        fields=_GUIDE,
        gone="retire",
    )
    _report_comings(before, report)
    return changes + _place_unsorted()


def _guide(profile: Profile, group: OfficialGroup, **values: Any) -> Guide:
    return Guide(
        profile=profile.number,
        slug=profile.slug,
        title=profile.title,
        singular=profile.singular,
        group=group,
        topic_id=group.default_topic_id,
        video_url=profile.video_url,
        last_changed=profile.last_changed,
        **values,
    )


def _report_comings(before: set[str], report: Report) -> None:
    after = dict(Guide.objects.current().values_list("profile", "title"))
    if not before:
        return
    for number in sorted(after.keys() - before):
        report(f"New: {after[number]}")
    for title in Guide.objects.filter(profile__in=before - after.keys()).values_list("title"):
        report(f"Retired: {title[0]}")


def _place_unsorted() -> Changes:
    """A guide that came before the taxonomy goes where a new one of its group would."""
    changed = 0
    for group in OfficialGroup.objects.exclude(default_topic=None):
        unsorted = Guide.objects.filter(group=group, topic=None)
        changed += unsorted.update(topic_id=group.default_topic_id)
    return Changes(changed=changed)


def _add_retired(handbook: Handbook, known: Guides, groups: dict[str, OfficialGroup]) -> Changes:
    """What only an older edition has comes as retired; what is there is not touched."""
    missing = [profile for profile in handbook.profiles if profile.number not in known]
    now = timezone.now()
    Guide.objects.bulk_create(
        _guide(profile, groups[profile.group], retired_at=now) for profile in missing
    )
    return Changes(added=len(missing), same=len(known))


# Facts and text ------------------------------------------------------------------------------


def _facts(handbook: Handbook, edition: Edition, guides: Guides) -> Changes:
    of_edition = {"edition_id": edition.pk}
    changes = sync(
        GuideCode.objects.filter(**of_edition),
        (
            GuideCode(guide=guides[profile.number], soc=soc, title=title, **of_edition)
            for profile in handbook.profiles
            for soc, title in profile.codes
        ),
        key=["edition_id", "soc"],
        fields=["guide_id", "title"],
    )
    changes += sync(
        Figures.objects.filter(**of_edition),
        (
            Figures(
                guide=guides[profile.number],
                title=profile.title,
                **of_edition,
                **{name: getattr(profile, name) for name in _FIGURES},
            )
            for profile in handbook.profiles
        ),
        key=["guide_id", "edition_id"],
        fields=["title", *_FIGURES],
    )
    changes += sync(
        SimilarGuide.objects.filter(**of_edition),
        _similar(handbook, edition, guides),
        key=["guide_id", "edition_id", "similar_id"],
        fields=["position"],
    )
    return changes + _rows_of_figures(handbook, edition, guides)


def _similar(handbook: Handbook, edition: Edition, guides: Guides) -> Iterator[SimilarGuide]:
    """Links to profiles that neither the file nor the site knows lead nowhere and are left out."""
    former = FormerSlug.objects.select_related("guide")
    by_slug = {row.slug: row.guide for row in former}
    by_slug |= {guide.slug: guide for guide in Guide.objects.all()}
    by_slug |= {profile.slug: guides[profile.number] for profile in handbook.profiles}
    for profile in handbook.profiles:
        guide = guides[profile.number]
        targets = dict.fromkeys(by_slug[slug] for slug in profile.similar if slug in by_slug)
        targets.pop(guide, None)
        for position, target in enumerate(targets):
            yield SimilarGuide(guide=guide, similar=target, edition=edition, position=position)


def _rows_of_figures(handbook: Handbook, edition: Edition, guides: Guides) -> Changes:
    figures = dict(Figures.objects.filter(edition=edition).values_list("guide_id", "pk"))

    def numbered(rows_of: str) -> Iterator[tuple[int, int, Any]]:
        """(figures, position, row) of every profile."""
        for profile in handbook.profiles:
            pk = figures[guides[profile.number].pk]
            for position, row in enumerate(getattr(profile, rows_of)):
                yield pk, position, row

    def write(model: type[Any], rows_of: str, fields: list[str]) -> Changes:
        return sync(
            model.objects.filter(figures__edition=edition),
            (
                model(
                    figures_id=pk,
                    position=position,
                    **{name: getattr(row, name) for name in fields},
                )
                for pk, position, row in numbered(rows_of)
            ),
            key=["figures_id", "position"],
            fields=fields,
        )

    changes = write(
        PayPercentiles,
        "percentiles",
        ["member", "unit", "period", "p10", "median", "p90", "p90_top_coded"],
    )
    changes += write(IndustryShare, "shares", ["member", "industry", "percent"])
    return changes + write(
        IndustryPay, "industry_pay", ["member", "industry", "unit", "median", "at_least"]
    )


def _sections(handbook: Handbook, edition: Edition, guides: Guides) -> Changes:
    return sync(
        Section.objects.filter(edition=edition),
        (
            Section(
                guide=guides[profile.number],
                edition=edition,
                key=text.key,
                title=text.title,
                summary=text.summary,
                html=text.html,
                words=text.words,
            )
            for profile in handbook.profiles
            for text in profile.sections
        ),
        key=["guide_id", "edition_id", "key"],
        fields=["title", "summary", "html", "words"],
    )


def _verify(path: Path, handbook: Handbook, edition: Edition) -> None:
    """Before the commit: what was read is what is there."""
    counts: Iterable[tuple[str, int, int]] = (
        ("profiles", len(handbook.profiles), Figures.objects.filter(edition=edition).count()),
        (
            "codes",
            sum(len(profile.codes) for profile in handbook.profiles),
            GuideCode.objects.filter(edition=edition).count(),
        ),
        ("addresses", 0, Guide.objects.filter(slug__startswith="moving-").count()),
    )
    for what, wanted, found in counts:
        if wanted != found:
            raise BadFile(path, None, f"{found} {what} were written instead of {wanted}")
