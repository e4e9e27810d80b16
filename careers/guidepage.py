"""The guide page put together: head, quick facts, numbered sections, what machines read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from careers import explained as explanations
from careers import listing, plots, presenters, wording
from careers.citable import HANDBOOK
from careers.guideplots import growth, industries, openings, pay, schooling, states, timeline
from careers.guiderows import GuideRows
from careers.jsonld import script_safe
from careers.panels import SOURCES, Panel
from careers.twins import BLS

Extra = Sequence[tuple[Panel, SafeString]]

SECTIONS = {
    "what": "What they do",
    "where": "Where they work",
    "fit": "Is it for you?",
    "become": "How to become one",
    "pay": "Pay",
    "outlook": "Job outlook",
    "states": "Pay and jobs by state",
    "similar": "Similar careers",
    "sources": "More, and our sources",
}


@dataclass(frozen=True)
class Part:
    """A section of the page and its line in the page menu."""

    slug: str
    title: str
    template: str
    number: int = 0
    shapes: dict[str, Any] = field(default_factory=dict)


def context(
    rows: GuideRows,
    extra: Extra,
    address: str,
    image: str = "",
    asked: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """All that `careers/guide.html` loops over. `image` is the address of its picture for
    sharing, `asked` the query of the address."""
    guide, edition, plain = rows.guide, rows.edition, rows.plain
    summary = wording.typographic(rows.plain_text("summary"))
    return {
        "section": "careers",
        "guide": guide,
        "cluster": rows.entry.cluster,
        "codes": rows.entry.codes,
        "edition": edition,
        "is_retired": guide.retired_at is not None,
        "standfirst": summary,
        "plain": plain,
        "petals": plots.mark(rows.entry.ranks),
        "mark_says": listing.mark_sentence(rows.entry, len(rows.held.current)),
        "facts": presenters.quick_facts(rows.newest, edition),
        "parts": parts(rows, extra, address, asked or {}),
        "canonical_url": address,
        "description": summary or f"{guide.title}: pay, outlook, and how to become one.",
        "image_url": image,
        "json_ld": json_ld(rows, address, image),
    }


def parts(rows: GuideRows, extra: Extra, address: str, asked: Mapping[str, str]) -> list[Part]:
    """In page order, numbered. Panels of other apps stand before or after our sources."""
    own = list(_own_parts(rows, address, asked))
    sources = own.pop()
    made = [(panel, _panel_part(panel, html)) for panel, html in extra]
    before = [part for panel, part in made if panel.position < SOURCES]
    after = [part for panel, part in made if panel.position >= SOURCES]
    return [
        replace(part, number=number)
        for number, part in enumerate([*own, *before, sources, *after], start=1)
    ]


def _own_parts(rows: GuideRows, address: str, asked: Mapping[str, str]) -> Iterator[Part]:
    yield _text_part("what", rows, also_called=rows.job_titles)
    yield _text_part("where", rows, employers=industries.employers(rows))
    if rows.plain:
        yield _part("fit", like=presenters.lines(rows.plain.like), twice=_twice(rows))
    yield _text_part("become", rows, schooling=schooling.schooling_figure(rows))
    yield _text_part(
        "pay",
        rows,
        presenters.pay_sentence(rows.newest, rows.edition),
        spread=pay.pay_spread(rows),
        by_industry=industries.pay_by_industry(rows),
    )
    lead = presenters.outlook_sentence(rows.newest, rows.edition)
    yield _text_part(
        "outlook",
        rows,
        lead,
        growth=growth.growth_figure(rows.newest, rows.edition),
        openings=openings.openings_figure(rows),
        timeline=timeline.timeline(rows),
    )
    by_state = states.state_figure(rows, asked)
    if by_state:
        is_chosen = "occupation" in asked
        yield _part("states", figure=by_state, edition=rows.edition, is_chosen=is_chosen)
    similar = rows.held.similar_to(rows.guide.pk)
    if similar:
        order = asked.get("similar", "")
        yield _part(
            "similar",
            lines=presenters.similar_lines(rows.entry, similar, order),
            sorts=presenters.similar_sorts(order),
            count=len(similar),
        )
    yield _part(
        "sources",
        guide=rows.guide,
        handbook=presenters.handbook_part(rows, "more"),
        citation=presenters.citation(rows, address),
        json_url=reverse("careers:guide_json", args=[rows.guide.slug]),
    )


def _part(slug: str, **shapes: Any) -> Part:
    return Part(slug, SECTIONS[slug], f"careers/parts/{slug}.html", shapes=shapes)


def _text_part(slug: str, rows: GuideRows, lead: str = "", **shapes: Any) -> Part:
    """A section that the handbook has too: ours first, then theirs or where to find it."""
    return _part(
        slug,
        plain=presenters.plain_part(rows, slug, lead),
        is_being_written=rows.plain is None and slug == "what",
        handbook=presenters.handbook_part(rows, slug),
        official_link=presenters.official_link(rows, slug),
        edition=rows.edition,
        **shapes,
    )


def _panel_part(panel: Panel, html: SafeString) -> Part:
    return Part(panel.slug, panel.title, "careers/parts/panel.html", shapes={"html": html})


def _twice(rows: GuideRows) -> list[str]:
    return presenters.lines(rows.plain.twice) if rows.plain else []


# Words explained ---------------------------------------------------------------------------------


def explained(made: Mapping[str, Any], rows: GuideRows) -> dict[str, Any]:
    """What takes the place of facts and parts in the context where words can open a note."""
    explainer = explanations.Explainer(rows.held.terms)
    slugs = rows.plain.terms if rows.plain else []
    soc_word = explainer.label("SOC", "soc-code")
    facts = explanations.facts(made["facts"], explainer)
    found = [_explained_part(part, slugs, explainer) for part in made["parts"]]
    words = explainer.listed(slugs)
    return {
        "soc_word": soc_word,
        "facts": facts,
        "parts": [
            replace(part, shapes=part.shapes | {"words": words}) if part.slug == "become" else part
            for part in found
        ],
        "notes": list(explainer.used.values()),
    }


def _explained_part(part: Part, slugs: Sequence[str], explainer: explanations.Explainer) -> Part:
    shapes = part.shapes
    if shapes.get("plain"):
        shapes = shapes | {"plain": explanations.plain(shapes["plain"], slugs, explainer)}
    for name, (words, slug) in explanations.FIGURES.items():
        if shapes.get(name):
            shapes = shapes | {f"{name}_word": explainer.label(words, slug)}
    return replace(part, shapes=shapes)


# For machines ------------------------------------------------------------------------------------


def json_ld(rows: GuideRows, address: str, image: str = "") -> SafeString:
    """Article, BreadcrumbList and Occupation, in the words of schema.org."""
    root = address.removesuffix(rows.guide.get_absolute_url())
    graph = [_article(rows, address, image), _breadcrumb(rows, address, root)]
    return script_safe(
        {"@context": "https://schema.org", "@graph": [*graph, _occupation(rows, address)]}
    )


def _article(rows: GuideRows, address: str, image: str) -> dict[str, Any]:
    """By us. The Bureau is named as author of its own text only, where that was imported."""
    us = _organization("Fieldguide")
    article: dict[str, Any] = {
        "@type": "Article",
        "@id": address,
        "headline": rows.guide.title,
        "mainEntityOfPage": address,
        "author": us,
        "publisher": us,
        "isBasedOn": rows.guide.official_url,
    }
    if image:
        article["image"] = image
    if rows.guide.last_changed:
        article["dateModified"] = rows.guide.last_changed.isoformat()
    if rows.sections:
        edition = next(iter(rows.sections.values())).edition
        article["hasPart"] = {
            "@type": "CreativeWork",
            "name": f"{rows.guide.title}, {HANDBOOK}, {edition.label} edition",
            "author": _organization(BLS),
            "url": rows.guide.official_url,
        }
    return article


def _organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _breadcrumb(rows: GuideRows, address: str, root: str) -> dict[str, Any]:
    topic = rows.guide.topic
    trail = [(rows.guide.title, address)]
    if topic:
        trail = [
            (topic.cluster.title, root + topic.cluster.get_absolute_url()),
            (topic.title, root + topic.get_absolute_url()),
            *trail,
        ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(trail, start=1)
        ],
    }


SALARY_NAMES = {
    "p10": "percentile10",
    "p25": "percentile25",
    "median": "median",
    "p75": "percentile75",
    "p90": "percentile90",
}


def _occupation(rows: GuideRows, address: str) -> dict[str, Any]:
    figures, edition = rows.newest, rows.edition
    occupation: dict[str, Any] = {
        "@type": "Occupation",
        "name": rows.guide.title,
        "mainEntityOfPage": address,
        "occupationLocation": {"@type": "Country", "name": "US"},
        "occupationalCategory": [f"{code.soc} {code.title}".strip() for code in rows.entry.codes],
    }
    if figures and figures.education:
        occupation["educationRequirements"] = figures.get_education_display()
    salary = pay.published_pay(rows)
    if salary and edition:
        occupation["estimatedSalary"] = {
            "@type": "MonetaryAmountDistribution",
            "name": f"base, {edition.reference_period}".removesuffix(", "),
            "currency": "USD",
            "duration": "PT1H" if salary.unit == "hour" else "P1Y",
            **{SALARY_NAMES[point]: value for point, value in salary.points.items()},
        }
    return occupation
