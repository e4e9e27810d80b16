"""What the index is made of: names, plain text, codes and topics of the current guides."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F

from careers.models import Figures, Guide, GuideCode, JobTitle, PlainVersion
from careers.search.words import fold

# What kind of name it is, best first: a tie between guides goes to the better kind.
TITLE, SINGULAR, FAMILIAR, HANDBOOK, ONET = range(5)
KIND_OF_SOURCE = {
    JobTitle.Source.HANDBOOK: HANDBOOK,
    JobTitle.Source.ONET: ONET,
    JobTitle.Source.FAMILIAR: FAMILIAR,
}


@dataclass(frozen=True, slots=True)
class Name:
    guide_pk: int
    text: str
    folded: str
    kind: int


@dataclass(frozen=True, slots=True)
class Contents:
    names: list[Name]
    texts: dict[int, str] = field(default_factory=dict)  # our plain text, by guide
    codes: dict[str, int] = field(default_factory=dict)  # SOC → guide
    topics: dict[str, list[int]] = field(
        default_factory=dict
    )  # folded title → guides, most jobs first


def read() -> Contents:
    """Of the guides that are current; half a dozen queries."""
    names = [name for guide in Guide.objects.current() for name in own_names(guide)]
    titles = JobTitle.objects.filter(guide__retired_at=None).values_list(
        "guide_id", "title", "source"
    )
    names += [
        Name(guide, title, fold(title), KIND_OF_SOURCE[JobTitle.Source(source)])
        for guide, title, source in titles
    ]
    codes = GuideCode.objects.filter(guide__retired_at=None).order_by("edition__base_year")
    names += nicknames(dict(Guide.objects.current().values_list("slug", "pk")))
    return Contents(
        names=[name for name in names if name.folded],
        texts={
            plain.guide_id: _text(plain)
            for plain in PlainVersion.objects.filter(guide__retired_at=None)
        },
        codes=dict(codes.values_list("soc", "guide_id")),
        topics=_guides_of_topics(),
    )


def own_names(guide: Guide) -> list[Name]:
    names = [Name(guide.pk, guide.title, fold(guide.title), TITLE)]
    if guide.singular:
        names.append(Name(guide.pk, guide.title, fold(guide.singular), SINGULAR))
    return names


def nicknames(guides: dict[str, int]) -> Iterator[Name]:
    """Our list of what no source calls the work ("bean counter"), for guides by slug."""
    path = settings.BASE_DIR / "fixtures" / "search" / "nicknames.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["guide"] in guides:
                phrase = row["phrase"]
                yield Name(guides[row["guide"]], phrase, fold(phrase), FAMILIAR)


def _guides_of_topics() -> dict[str, list[int]]:
    rows = (
        Figures.objects.of_newest_edition()
        .filter(guide__retired_at=None, guide__topic__isnull=False)
        .order_by(F("jobs").desc(nulls_last=True), "guide__title")
    )
    found: dict[str, list[int]] = defaultdict(list)
    for topic, guide in rows.values_list("guide__topic__title", "guide_id"):
        found[fold(topic)].append(guide)
    return dict(found)


def _text(plain: PlainVersion) -> str:
    return " ".join([plain.summary, plain.what, *plain.tasks, plain.where, plain.pay])
