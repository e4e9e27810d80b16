"""What a person wants to learn: a guide, a topic, a field of study, or words of their own.

Words lead, in this order, to our own familiar words, to a guide or topic of that name, to a field
of that name, to a job title, to every field whose title has the words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from careers.models import Figures, Guide, GuideCode, Topic, Version
from careers.models.guides import GuideQuerySet
from schoolfinder import reviewed
from schoolfinder.awards import AwardGroup
from schoolfinder.bands import (
    Band,
    Bands,
    bands_of_fields,
    bands_of_guides,
    family,
    group,
    likeness,
    merge,
    widen,
)
from schoolfinder.models import Field, FieldOccupation

MAX_ALTERNATIVES = 4
FIELDS_OF_A_CAREER = 3  # named when its name was typed
MAX_HELD = 2000  # interests remembered in a process, some 20 KB each at most

_START_AWARD: dict[str, AwardGroup] = {
    Figures.Education.NONDEGREE: AwardGroup.CERTIFICATE,
    Figures.Education.ASSOCIATE: AwardGroup.ASSOCIATE,
    Figures.Education.BACHELOR: AwardGroup.BACHELOR,
    Figures.Education.MASTER: AwardGroup.GRADUATE,
    Figures.Education.DOCTORAL: AwardGroup.GRADUATE,
}

# What people put around the name of what they want to learn.
_WORDS_AROUND = frozenset(
    (
        *("school", "schools", "college", "colleges", "degree", "degrees", "major", "majors"),
        *("program", "programs", "class", "classes", "course", "courses", "training"),
        *("certificate", "certification", "career", "careers", "job", "jobs", "near", "me"),
    )
)


class Choice(NamedTuple):
    """Something the words can mean: `key` is a value of `interest`."""

    key: str  # "guide:registered-nurses"
    label: str


@dataclass(frozen=True)
class Interest:
    key: str  # "guide:SLUG", "topic:SLUG", "cip:CODE", or the words themselves
    label: str
    bands: Bands
    url: str = ""  # the guide or topic
    cluster: str = ""
    start_award: AwardGroup | None = None  # the schooling that most start with
    note: str = ""  # why no program leads there
    alternatives: tuple[Choice, ...] = ()

    @property
    def is_career(self) -> bool:
        return self.key.startswith("guide:")

    def fields(self, band: Band) -> list[str]:
        return self._fields.get(band, [])

    @cached_property
    def _fields(self) -> dict[Band, list[str]]:
        found: dict[Band, list[str]] = {}
        for cip, band in sorted(self.bands.items()):
            found.setdefault(band, []).append(cip)
        return found


_held: dict[int, dict[str, Interest]] = {}  # data version → what was asked → interest


class UnknownInterest(Exception):
    """No guide, topic or field is called so; the message is for the person who typed it."""


def find_interest(text: str) -> Interest:
    """Raises UnknownInterest. One query when it was asked since the data last changed; else a
    fixed number for each kind of interest."""
    text = " ".join(text.split())
    held = _held_now()
    if text not in held:
        if len(held) >= MAX_HELD:
            held.clear()
        held[text] = _find(text)
    return held[text]


def forget() -> None:
    """For tests, whose rows come and go without a new version."""
    _held.clear()


def _held_now() -> dict[str, Interest]:
    """What this process found under the present data version."""
    version = Version.objects.number_of(Version.DATA)
    if version not in _held:
        _held.clear()
    return _held.setdefault(version, {})


def _find(text: str) -> Interest:
    if re.match(r"(guide|topic|cip):", text):
        return _by_key(text)
    choices = _choices(text)
    if choices:
        found = _by_key(choices[0].key)
        return replace(found, alternatives=tuple(choices[1 : 1 + MAX_ALTERNATIVES]))
    return _by_words(text)


def bands_of_guide(guide: Guide) -> Bands:
    """Exact, related and similar fields of one guide, remembered as its interest is."""
    return find_interest(f"guide:{guide.slug}").bands


def crosswalk_links(guide: Guide) -> set[str]:
    """Every field that the crosswalk links to a code of the guide, unsifted."""
    codes = _crosswalk_codes(Guide.objects.filter(pk=guide.pk).with_newest_codes().get())
    return set(FieldOccupation.objects.filter(soc__in=codes).values_list("field_id", flat=True))


def fields_meant(text: str) -> list[str]:
    """Codes of groups and fields that the words name, by our familiar words or by the careers of
    that name; of each career the fields whose titles are most like its own, one a group."""
    meant: dict[str, None] = {}
    for choice in _choices(text):
        kind, _, value = choice.key.partition(":")
        if kind == "cip":
            meant[value] = None
        elif kind == "guide":
            meant |= dict.fromkeys(_fields_most_like(value, choice.label))
    return list(meant)


def _fields_most_like(slug: str, title: str) -> list[str]:
    core = reviewed.core().get(slug, {})
    exact = [cip for cip, band in core.items() if band == Band.EXACT]
    titles = dict(Field.objects.filter(cip__in=exact).values_list("cip", "title"))
    ranked = sorted(titles, key=lambda cip: (-likeness(titles[cip], title), cip))
    return list({group(cip): cip for cip in reversed(ranked)}.values())[::-1][:FIELDS_OF_A_CAREER]


# By key -------------------------------------------------------------------------------------


def _by_key(key: str) -> Interest:
    kind, _, value = key.partition(":")
    return {"guide": _guide_interest, "topic": _topic_interest, "cip": _field_interest}[kind](value)


def _guide_interest(slug: str) -> Interest:
    guide = Guide.objects.at_slug(slug).with_topic().with_newest_figures().first()
    if guide is None:
        raise UnknownInterest(f"There is no career guide “{slug}”.")
    return Interest(
        key=f"guide:{guide.slug}",
        label=guide.title,
        bands=_guide_bands(Guide.objects.filter(pk=guide.pk)),
        url=guide.get_absolute_url(),
        cluster=guide.topic.cluster.slug if guide.topic else "",
        start_award=_start_award(guide),
        note=reviewed.notes().get(guide.slug, ""),
    )


def _start_award(guide: Guide) -> AwardGroup | None:
    figures: list[Figures] = guide.newest_figures  # type: ignore[attr-defined]
    return _START_AWARD.get(figures[0].education) if figures else None


def _topic_interest(slug: str) -> Interest:
    topic = Topic.objects.filter(slug=slug).select_related("cluster").first()
    if topic is None:
        raise UnknownInterest(f"There is no topic “{slug}”.")
    return Interest(
        key=f"topic:{slug}",
        label=topic.title,
        bands=_guide_bands(Guide.objects.current().in_topic(slug)),
        url=topic.get_absolute_url(),
        cluster=topic.cluster.slug,
    )


def _field_interest(cip: str) -> Interest:
    chosen = Field.objects.filter(cip=cip).first()
    if chosen is None:
        raise UnknownInterest(f"There is no field of study with the code “{cip}”.")
    return Interest(f"cip:{cip}", chosen.title, _field_bands(chosen.cip))


# By words -----------------------------------------------------------------------------------


def _choices(text: str) -> list[Choice]:
    """Everything of that name, the likeliest first; "law degree" is law when nothing is so called.

    Partial words find nothing here.
    """
    return _named(text) or _named(_without_words_around(text))


def _named(text: str) -> list[Choice]:
    if not text:
        return []
    spellings = [text, f"{text}s", *_singulars(text)]
    guides = Guide.objects.current().named(spellings)
    exact, by_job_title = _split(guides, {spelling.lower() for spelling in spellings})
    topics = Topic.objects.filter(title__iexact=text)
    fields = Field.objects.filter(title__iexact=text).order_by("level")
    found = [
        *_labelled(reviewed.familiar_words().get(plain_words(text), ())),
        *exact,
        *(Choice(f"topic:{topic.slug}", topic.title) for topic in topics),
        *(Choice(f"cip:{field.cip}", field.title) for field in fields),
        *by_job_title,
    ]
    return list(dict.fromkeys(found))


def _labelled(keys: Iterable[str]) -> list[Choice]:
    """The keys that exist here, in their order, with their titles; two queries."""
    values: dict[str, list[str]] = {"guide": [], "cip": []}
    for key in keys:
        kind, _, value = key.partition(":")
        values[kind].append(value)
    titles = {
        f"guide:{guide.slug}": guide.title
        for guide in Guide.objects.current().filter(slug__in=values["guide"])
    } | {f"cip:{field.cip}": field.title for field in Field.objects.filter(cip__in=values["cip"])}
    return [Choice(key, titles[key]) for key in keys if key in titles]


def _split(guides: Iterable[Guide], names: set[str]) -> tuple[list[Choice], list[Choice]]:
    exact: list[Choice] = []
    others: list[Choice] = []
    for guide in guides:
        choice = Choice(f"guide:{guide.slug}", guide.title)
        is_name = {guide.title.lower(), guide.singular.lower()} & names
        (exact if is_name else others).append(choice)
    return exact, others


def _by_words(text: str) -> Interest:
    """Every field whose title has all the words, as if they had been chosen together."""
    words = plain_words(text).split()
    if not words:
        raise UnknownInterest("Type a career, a field of study or a job title.")
    chosen = [field for field in _fields_saying(words) if field.level == 6]
    if not chosen:
        raise UnknownInterest(f"We know no career or field of study called “{text}”.")
    return Interest(text, f"“{text}”", _chosen_bands([field.cip for field in chosen]))


def _fields_saying(words: list[str]) -> list[Field]:
    """Fields with a word of their title that starts like each of the words, less its plural s."""
    condition = Q()
    for word in words:
        condition &= Q(title__icontains=word.removesuffix("s"))
    starts = [re.compile(rf"\b{re.escape(word.removesuffix('s'))}") for word in words]
    return [
        field
        for field in Field.objects.filter(condition)
        if all(start.search(field.title.lower()) for start in starts)
    ]


def plain_words(text: str) -> str:
    """Lower case, no punctuation but what is inside a word: "X-ray  Tech." → "x-ray tech"."""
    return " ".join(
        re.findall(r"[a-z0-9]+(?:[-'+#&][a-z0-9]+)*[+#]*", text.lower().replace("’", "'"))
    )


def _without_words_around(text: str) -> str:
    """ "electrician school" → "electrician"; nothing when no word goes."""
    words = text.split()
    kept = [word for word in words if word.lower() not in _WORDS_AROUND]
    return " ".join(kept) if len(kept) < len(words) else ""


def _singulars(text: str) -> list[str]:
    endings = (("ies", "y"), ("ses", "s"), ("s", ""))
    return [
        text[: -len(plural)] + singular
        for plural, singular in endings
        if len(text) > 4 and text.lower().endswith(plural)
    ]


# Bands from the tables ----------------------------------------------------------------------


def _guide_bands(guides: GuideQuerySet) -> Bands:
    """Bands of one guide or of all guides of a topic: the best band wins."""
    own = list(guides.with_newest_codes())
    similar = list(Guide.objects.current().similar_to(own).with_newest_codes())
    codes = {guide.pk: _crosswalk_codes(guide) for guide in (*own, *similar)}
    links = _links({code for found in codes.values() for code in found})
    others = _occupations({cip for found in links.values() for cip in found})
    exact_and_related = merge(_bands_of(guide, codes[guide.pk], links, others) for guide in own)
    neighbours = {
        cip for guide in similar for code in codes[guide.pk] for cip in links.get(code, {})
    }
    return _widened(exact_and_related, neighbours)


def _bands_of(
    guide: Guide,
    codes: list[str],
    links: dict[str, dict[str, str]],
    occupations: dict[str, set[str]],
) -> Bands:
    own_links = {cip: title for code in codes for cip, title in links.get(code, {}).items()}
    newest: list[GuideCode] = guide.newest_codes  # type: ignore[attr-defined]
    return bands_of_guides(
        names=[guide.title, guide.singular, *(code.title for code in newest)],
        links=own_links,
        other_occupations={cip: len(occupations[cip] - set(codes)) for cip in own_links},
        reviewed=reviewed.core().get(guide.slug),
    )


def _crosswalk_codes(guide: Guide) -> list[str]:
    """The guide's codes as the crosswalk spells them: BLS's joined and broad codes taken apart."""
    found: list[str] = []
    for code in guide.newest_codes:  # type: ignore[attr-defined]
        found += [code.soc, *reviewed.soc_parts().get(code.soc, ())]
        if code.soc.endswith("0"):
            found += [f"{code.soc[:-1]}{digit}" for digit in range(1, 10)]
    return found


def _links(codes: set[str]) -> dict[str, dict[str, str]]:
    """Code → linked fields with their titles."""
    found: dict[str, dict[str, str]] = {}
    rows = FieldOccupation.objects.leading_to(sorted(codes)).values_list(
        "soc", "field_id", "field__title"
    )
    for soc, cip, title in rows:
        found.setdefault(soc, {})[cip] = title
    return found


def _occupations(cips: Iterable[str]) -> dict[str, set[str]]:
    """Field → all occupations that it leads to, postsecondary teaching left out."""
    found: dict[str, set[str]] = {}
    rows = FieldOccupation.objects.filter(is_teaching=False, field__in=sorted(cips))
    for cip, soc in rows.values_list("field_id", "soc"):
        found.setdefault(cip, set()).add(soc)
    return found


def _fields_near(bands: Bands) -> list[str]:
    """All six-digit fields in the families of the exact fields, or of all when none is exact."""
    exact = [cip for cip, band in bands.items() if band == Band.EXACT]
    return _fields_in({family(cip) for cip in exact or bands})


def _fields_in(families: set[str]) -> list[str]:
    condition = Q(pk__in=[])
    for digits in families:
        condition |= Q(cip__startswith=f"{digits}.")
    return list(Field.objects.programs().filter(condition).values_list("cip", flat=True))


def _field_bands(cip: str) -> Bands:
    chosen = Field.objects.programs().under(cip).values_list("cip", flat=True)
    return _chosen_bands(list(chosen))


def _chosen_bands(chosen: list[str]) -> Bands:
    """Fields as the interest itself; similar ones lead to at least one of the same occupations."""
    leads_to = _occupations(chosen)
    links = _links({soc for found in leads_to.values() for soc in found})
    linked = {cip for found in links.values() for cip in found}
    bands = bands_of_fields(chosen, leads_to | _occupations(linked))
    return _widened(bands, linked)


def _widened(bands: Bands, similar: set[str]) -> Bands:
    near = _fields_near(bands)
    return widen(bands, near, similar, _occupations({*near, *bands}))
