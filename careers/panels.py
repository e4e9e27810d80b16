"""Where other apps add to careers' pages, so that careers needs to import neither.

An app registers in its `AppConfig.ready()`:
- a guide panel: `(request, guide) -> Panel | None`, a section of the guide page. Those with a
  `position` below SOURCES stand before careers' own last section, the others after it;
- a search group: `(query, limit) -> Group`, shown on the search page below the guides;
- kept programs: `(keys) -> [Hit]`, what the shortlist's `p=` names, in that order, and
  `(keys) -> address` of the page that compares them;
- a field list: `(guide) -> [{"cip": …, "band": …}]`, the `fields` of the guide's JSON.

A panel's template holds the body of the section only: careers writes the heading, its number and
the line in the page menu from the panel's slug and title.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from careers.models import Guide


@dataclass(frozen=True)
class Panel:
    """A section of the guide page that another app fills."""

    slug: str  # the section's id on the page
    title: str  # its heading and its line in the page menu
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    position: int = 0  # filled from the registry
    versions: tuple[str, ...] = ()  # names of Versions that its content follows
    fresh_until: datetime | None = None  # when its words change by themselves

    def html(self, request: HttpRequest) -> SafeString:
        return render_to_string(self.template, self.context, request)


@dataclass(frozen=True)
class Hit:
    """One line of a search group; `key` is what the JSON twin calls it (cip, unitid)."""

    key: str | int
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    slug: str  # "fields", "schools": the name in search.json
    title: str
    key_name: str  # "cip", "unitid"
    title_name: str  # "title", "name"
    hits: list[Hit]
    more_url: str = ""


GuidePanel = Callable[[HttpRequest, Guide], Panel | None]
SearchGroup = Callable[[str, int], Group]
KeptPrograms = Callable[[Sequence[str]], list[Hit]]
ProgramsUrl = Callable[[Sequence[str]], str]
FieldList = Callable[[Guide], list[dict[str, Any]]]

SOURCES = 50  # where "Sources and citation" stands among the panels

_guide_panels: list[tuple[int, GuidePanel]] = []
_search_groups: list[tuple[int, SearchGroup]] = []
_field_lists: list[FieldList] = []
_kept_programs: list[KeptPrograms] = []
_program_comparisons: list[ProgramsUrl] = []


def register_guide_panel(panel: GuidePanel, position: int) -> None:
    _guide_panels.append((position, panel))
    _guide_panels.sort(key=lambda entry: entry[0])


def register_search_group(group: SearchGroup, position: int) -> None:
    _search_groups.append((position, group))
    _search_groups.sort(key=lambda entry: entry[0])


def register_guide_field_list(fields: FieldList) -> None:
    _field_lists.append(fields)


def register_kept_programs(programs: KeptPrograms) -> None:
    _kept_programs.append(programs)


def register_program_comparison(url: ProgramsUrl) -> None:
    _program_comparisons.append(url)


def guide_panels(request: HttpRequest, guide: Guide) -> list[Panel]:
    made = ((position, panel(request, guide)) for position, panel in _guide_panels)
    return [replace(panel, position=position) for position, panel in made if panel is not None]


def search_groups(query: str, limit: int) -> list[Group]:
    return [group(query, limit) for _, group in _search_groups]


def guide_fields(guide: Guide) -> list[dict[str, Any]]:
    """Fields of study that lead to the guide, with the band of each, best band first."""
    return [field for fields in _field_lists for field in fields(guide)]


def kept_programs(keys: Sequence[str]) -> list[Hit]:
    """Programs that a shortlist names; a key that nobody knows is left out."""
    return [hit for programs in _kept_programs for hit in programs(keys)]


def program_comparison_url(keys: Sequence[str]) -> str:
    """Where kept programs stand side by side; empty when nobody compares them."""
    return next((url(keys) for url in _program_comparisons), "")
