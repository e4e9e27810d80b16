"""Where other apps add to careers' pages, so that careers needs to import neither.

An app registers in its `AppConfig.ready()`:
- a guide panel: `(request, guide) -> Panel | None`, shown on the guide page in order of `position`;
- a search group: `(query, limit) -> Group`, shown on the search page below the guides.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from careers.models import Guide


@dataclass(frozen=True)
class Panel:
    """A section of the guide page that another app fills."""

    slug: str  # the section's id on the page
    title: str  # its heading and its line in the page menu
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """One line of a search group; `key` is what the JSON twin calls it (cip, unitid)."""

    key: str
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

_guide_panels: list[tuple[int, GuidePanel]] = []
_search_groups: list[tuple[int, SearchGroup]] = []


def register_guide_panel(panel: GuidePanel, position: int) -> None:
    _guide_panels.append((position, panel))
    _guide_panels.sort(key=lambda entry: entry[0])


def register_search_group(group: SearchGroup, position: int) -> None:
    _search_groups.append((position, group))
    _search_groups.sort(key=lambda entry: entry[0])


def guide_panels(request: HttpRequest, guide: Guide) -> list[Panel]:
    made = (panel(request, guide) for _, panel in _guide_panels)
    return [panel for panel in made if panel is not None]


def search_groups(query: str, limit: int) -> list[Group]:
    return [group(query, limit) for _, group in _search_groups]
