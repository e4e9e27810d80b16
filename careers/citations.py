"""How to cite a guide, and the handbook behind it, as students are asked to."""

from dataclasses import dataclass
from datetime import date

from careers.citable import HANDBOOK, Citable
from careers.models import Edition, Guide

US, BLS = "Fieldguide", "U.S. Bureau of Labor Statistics"
_MLA_MONTHS = (
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
_BIBTEX_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"} | {"–": "--"})


@dataclass(frozen=True)
class Citation:
    slug: str
    style: str  # "APA"
    text: str
    is_code: bool = False


@dataclass(frozen=True)
class Cited:
    """One work, in every style."""

    slug: str
    title: str
    says: str  # when to cite this one
    citations: list[Citation]


@dataclass(frozen=True)
class Work:
    key: str
    author: str
    title: str
    container: str  # what it stands in
    edition: str  # "2024–34 edition"; empty when unknown
    changed: date | None
    url: str


def cited(guide: Guide, edition: Edition | None, address: str) -> list[Cited]:
    label = f"{edition.label} edition" if edition else ""
    changed = guide.last_changed or (edition.last_updated if edition else None)
    ours = Work(guide.slug, US, guide.title, US, label, changed, address)
    theirs = Work(guide.slug, BLS, guide.title, HANDBOOK, label, changed, guide.official_url)
    return [
        Cited("guide", "This guide", "For our own words, plots and the page.", _all(ours, "guide")),
        Cited(
            "handbook",
            "The handbook",
            "For its text, or a figure from it.",
            _all(theirs, "handbook"),
        ),
    ]


def cited_figure(figure: Citable, guide: Guide, address: str) -> Cited:
    """One number of the Bureau's, as our page shows it: the address leads to where it stands."""
    work = Work(
        key=f"{guide.slug}-{figure.key}",
        author=BLS,
        title=f"{guide.title}: {figure.name}: {figure.says}".rstrip("."),
        container=figure.container,
        edition=figure.edition,
        changed=figure.changed,
        url=f"{address}#{figure.section}",
    )
    return Cited("figure", figure.name, figure.says, _all(work, "figure"))


def _all(work: Work, name: str) -> list[Citation]:
    return [
        Citation(f"{name}-apa", "APA", _apa(work)),
        Citation(f"{name}-mla", "MLA", _mla(work)),
        Citation(f"{name}-bibtex", "BibTeX", _bibtex(work), is_code=True),
    ]


def _apa(work: Work) -> str:
    when = f"{work.changed:%Y, %B} {work.changed.day}" if work.changed else "n.d."
    source = "" if work.author == work.container else f"{work.container}. "
    edition = f" ({work.edition})" if work.edition else ""
    return f"{work.author}. ({when}). {work.title}{edition}. {source}{work.url}"


def _mla(work: Work) -> str:
    """A site that is its own author is named once."""
    author = "" if work.author == work.container else f"{work.author}. "
    edition = f", {work.edition.replace('edition', 'ed.')}" if work.edition else ""
    when = f", {_mla_date(work.changed)}" if work.changed else ""
    return f"{author}“{work.title}.” {work.container}{edition}{when}, {work.url}."


def _mla_date(day: date) -> str:
    return f"{day.day} {_MLA_MONTHS[day.month - 1]} {day.year}"


def _bibtex(work: Work) -> str:
    owner = "fieldguide" if work.author == US else "ooh"
    fields = {
        "author": f"{{{work.author}}}",
        "title": f"{{{_escaped(work.title)}}}",
        "howpublished": "" if work.author == work.container else work.container,
        "edition": _escaped(work.edition.removesuffix(" edition")),
        "year": str(work.changed.year) if work.changed else "",
        "month": str(work.changed.month) if work.changed else "",
        "url": work.url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{owner}-{work.key},", *lines, "}"])


def _escaped(text: str) -> str:
    return text.translate(_BIBTEX_SIGNS)
