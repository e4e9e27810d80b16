"""JSON twins of careers' pages: the same guides, in the same order, with the same figures."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from django.urls import reverse

from careers.catalogue import Catalogue, Entry
from careers.filters import Chosen
from careers.guiderows import GuideRows
from careers.listing import Named, query
from careers.models import Edition, Figures, PlainVersion, Projection, Section, WageEstimate
from careers.panels import Group, Hit
from careers.search import Suggestion

PAGE_SIZE = 50
US, BLS = "Fieldguide", "U.S. Bureau of Labor Statistics"

LIST_COLUMNS = ("slug", "title", "url", "cluster", "topic", "summary", "edition")
FIGURES = (
    "median_pay_annual",
    "median_pay_hourly",
    "pay_at_least",
    "jobs",
    "growth",
    "change",
    "openings",
    "outlook",
    "education",
    "experience",
    "training",
)


def short(entry: Entry) -> dict[str, Any]:
    return {"slug": entry.guide.slug, "title": entry.guide.title}


def guide_list(entries: Sequence[Entry], after: str, chosen: Chosen, order: str) -> dict[str, Any]:
    """A page of the list; `next` is the address of the page after it, null on the last.

    The cursor is the slug of the last guide shown. One that is not in the list starts at the top.
    """
    slugs = [entry.guide.slug for entry in entries]
    start = slugs.index(after) + 1 if after in slugs else 0
    shown = entries[start : start + PAGE_SIZE]
    more = start + PAGE_SIZE < len(entries)
    address = reverse("careers:guide_list_json")
    return {
        "count": len(entries),
        "results": [_list_entry(entry) for entry in shown],
        "next": address + query(chosen, order, after=shown[-1].guide.slug) if more else None,
    }


def _list_entry(entry: Entry) -> dict[str, Any]:
    return {
        **short(entry),
        "url": entry.guide.get_absolute_url(),
        "cluster": entry.cluster.slug if entry.cluster else None,
        "topic": entry.guide.topic.slug if entry.guide.topic else None,
        "summary": entry.summary or None,
        "edition": entry.figures.edition.label if entry.figures else None,
        **_figures(entry.figures or Figures()),
    }


def guide_csv(entries: Sequence[Entry]) -> str:
    """A line a guide; a figure that is not published is an empty cell."""
    return _csv([*LIST_COLUMNS, *FIGURES], (_list_entry(entry) for entry in entries))


def ranked_csv(entries: Sequence[Entry]) -> str:
    """As `guide_csv`, with the place of each in front."""
    lines = ({"rank": rank, **_list_entry(entry)} for rank, entry in enumerate(entries, 1))
    return _csv(["rank", *LIST_COLUMNS, *FIGURES], lines)


def shortlist_csv(entries: Sequence[Entry], programs: Sequence[Hit]) -> str:
    """Guides as in `guide_csv`; programs have a title, an address and a note, and no figures."""
    guides = ({"kind": "guide", **_list_entry(entry)} for entry in entries)
    others = (
        {"kind": "program", "slug": p.key, "title": p.title, "url": p.url, "summary": p.note}
        for p in programs
    )
    return _csv(["kind", *LIST_COLUMNS, *FIGURES], [*guides, *others])


def titles_csv(names: Sequence[Named]) -> str:
    """A line a title of the A–Z, with the guide that it leads to."""
    lines = (
        {
            "title": one.title,
            "guide": one.guide_title or one.title,
            "slug": one.slug,
            "url": one.url,
        }
        for one in names
    )
    return _csv(["title", "guide", "slug", "url"], lines)


def _csv(columns: Sequence[str], lines: Iterable[dict[str, Any]]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def guide(rows: GuideRows, address: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    found, plain = rows.guide, rows.plain
    return {
        **short(rows.entry),
        "url": address,
        "official_url": found.official_url,
        "profile": found.profile,
        "retired": found.retired_at is not None,
        "last_changed": found.last_changed,
        "cluster": rows.entry.cluster.slug if rows.entry.cluster else None,
        "topic": found.topic.slug if found.topic else None,
        "codes": [{"soc": code.soc, "title": code.title} for code in rows.entry.codes],
        "job_titles": rows.job_titles,
        "figures": [
            {**_edition(row.edition), "title": row.title, **_figures(row)} for row in rows.figures
        ],
        "percentiles": [
            {
                "member": row.member or None,
                "unit": row.unit,
                "p10": _number(row.p10),
                "p90": _number(row.p90),
                "p90_is_at_least": row.p90_top_coded,
            }
            for row in rows.percentiles
        ],
        "employers": [
            {"member": row.member or None, "industry": row.industry, "percent": row.percent}
            for row in rows.shares
        ],
        "pay_by_industry": [
            {
                "member": row.member or None,
                "industry": row.industry,
                "unit": row.unit,
                "median": _number(row.median),
                "is_at_least": row.at_least,
            }
            for row in rows.industry_pay
        ],
        "projections": [
            {**_edition(line.edition), **_projection(line)}
            for lines in rows.projections.values()
            for line in lines
        ],
        "states": [_state(row) for row in rows.state_wages],
        "plain": {
            **_by_us(plain),
            "summary": rows.plain_text("summary"),
            "like": plain.like,
            "twice": plain.twice,
        }
        if plain
        else None,
        "sections": _sections(rows),
        "similar": [short(entry) for entry in rows.held.similar_to(found.pk)],
        "fields": fields,
        "source": f"{BLS}, Occupational Outlook Handbook",
    }


def _projection(line: Projection) -> dict[str, Any]:
    """Of one code in one edition, jobs in jobs; an edition that coded the work differently has
    none."""
    return {
        "soc": line.soc,
        "jobs": line.jobs,
        "jobs_projected": line.jobs_projected,
        "growth": _number(line.growth),
        "openings": line.openings,
        "openings_from_exits": line.exits,
        "openings_from_transfers": line.transfers,
        "change_a_year": line.change_yearly,
        "median_pay": line.median_pay,
        "median_pay_is_at_least": line.median_top_coded,
        "wage_year": line.wage_year,
    }


def _state(row: WageEstimate) -> dict[str, Any]:
    """A figure that the Bureau holds back is null; those in `at_least` are its top code."""
    return {
        "soc": row.soc,
        "state": row.state or None,
        "area": row.area_title,
        "release": row.release,
        "jobs": row.jobs,
        "median_pay_annual": row.median,
        "median_pay_hourly": _number(row.median_hourly),
        "at_least": row.top_coded,
    }


def _sections(rows: GuideRows) -> list[dict[str, Any]]:
    """In page order: our words, and the official text where it was imported; each says whose."""
    return [
        {"key": key, "plain": _plain(rows, key), "handbook": _handbook(rows.sections.get(key))}
        for key in ("what", "where", "become", "pay", "outlook", "more")
    ]


def _plain(rows: GuideRows, key: str) -> dict[str, Any] | None:
    if rows.plain is None or key == "more":
        return None
    return {
        **_by_us(rows.plain),
        "text": rows.plain_text(key) if key != "become" else "",
        "tasks": rows.plain.tasks if key == "what" else [],
        "steps": rows.plain.start if key == "become" else [],
    }


def _by_us(plain: PlainVersion) -> dict[str, Any]:
    return {"by": US, "edition": plain.edition.label, "grade": _number(plain.grade)}


def _handbook(section: Section | None) -> dict[str, Any] | None:
    if section is None:
        return None
    return {
        "by": BLS,
        "edition": section.edition.label,
        "title": section.title,
        "html": section.html,
    }


def search(query: str, entries: Sequence[Entry], groups: Sequence[Group]) -> dict[str, Any]:
    return {
        "query": query,
        "guides": [short(entry) for entry in entries],
        **{
            group.slug: [
                {group.key_name: hit.key, group.title_name: hit.title} for hit in group.hits
            ]
            for group in groups
        },
    }


def suggestions(suggested: Sequence[Suggestion], held: Catalogue) -> list[dict[str, str]]:
    """`name` is what is shown; `guide` says where it leads, and is the same for its own title."""
    found = [
        (held.by_pk[one.guide_pk].guide, one) for one in suggested if one.guide_pk in held.by_pk
    ]
    return [
        {"name": one.name or guide.title, "guide": guide.title, "url": guide.get_absolute_url()}
        for guide, one in found
    ]


def _edition(edition: Edition) -> dict[str, Any]:
    return {"edition": edition.label, "wages_of": edition.reference_period or None}


def _figures(row: Figures) -> dict[str, Any]:
    """Not published is null, also for empty words; a figure is never invented."""
    return {
        name: None if (value := getattr(row, name)) == "" else _number(value) for name in FIGURES
    }


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
