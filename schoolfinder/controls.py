"""The finder's form and the filters in force as the template draws them; addresses of searches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse

from schoolfinder.filters import ATTRIBUTES, Counts
from schoolfinder.forms import (
    DEFAULT_RADIUS,
    LIMIT_WORDS,
    RADII,
    SWITCH_WORDS,
    FinderForm,
    is_radius,
)
from schoolfinder.sorts import Sort


@dataclass(frozen=True)
class Link:
    text: str
    url: str


def finder_url(params: QueryDict | None = None, **changes: str) -> str:
    """The finder with some parameters changed; "" removes one. A changed search starts anew."""
    return reverse("schoolfinder:finder") + search_query(params, **changes)


def search_query(params: QueryDict | None = None, **changes: str) -> str:
    """ "?interest=…", or empty: the query of the finder, of its JSON and its CSV."""
    changed = params.copy() if params else QueryDict(mutable=True)
    for name in ("after", "why", "missing"):  # of one page alone
        changed.pop(name, None)
    for name, value in changes.items():
        changed[name] = value
    for name in [name for name, values in changed.lists() if not any(values)]:
        del changed[name]
    query = changed.urlencode(safe=":")
    return f"?{query}" if query else ""


@dataclass(frozen=True)
class Example:
    """A search to begin with."""

    text: str
    interest: str
    near: str = ""
    online: str = ""

    @property
    def url(self) -> str:
        return finder_url(interest=self.interest, near=self.near, online=self.online)


EXAMPLES = (
    Example("nursing near Fargo", "nursing", "Fargo, ND"),
    Example("welding in Texas", "welding", "Texas"),
    Example("x-ray work near 60614", "x-ray", "60614"),
    Example("web design, online", "web design", online="1"),
)


# The form -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool
    schools: int | None = None  # that fit with this choice and the other filters


@dataclass(frozen=True)
class Control:
    """A field of the form as the template draws it; `value` is what was typed."""

    name: str
    label: str
    value: str
    error: str
    options: list[Option]
    is_checked: bool
    schools: int | None = None  # of a single choice

    @property
    def described_by(self) -> str:
        return f"{self.name}-error" if self.error else ""


def controls(form: FinderForm, counts: Counts | None = None) -> dict[str, Control]:
    """With how many schools each choice has, when a search has been made."""
    choices = counts.choices if counts else {}
    return {name: _control(form, name, choices.get(name, {})) for name in form.fields}


def _control(form: FinderForm, name: str, schools: Mapping[str, int]) -> Control:
    field = form[name]
    chosen = form.data.getlist(name)
    errors = form.errors.get(name)
    return Control(
        name=name,
        label=str(field.label),
        value=_typed(form, name),
        error=str(errors[0]) if errors else "",
        options=[
            replace(option, schools=schools.get(option.value))
            for option in _options(form, name, chosen)
        ],
        is_checked=bool(form.cleaned_data.get(name)),
        schools=schools.get("1"),
    )


def _typed(form: FinderForm, name: str) -> str:
    """What was typed; an interest given as a key ("cip:51.38") is shown by its title."""
    value = str(form.data.get(name, ""))
    if name != "interest" or not value.startswith(("guide:", "topic:", "cip:")):
        return value
    found = form.cleaned_data.get(name)
    return found.label if found else value


def _options(form: FinderForm, name: str, chosen: Sequence[str]) -> list[Option]:
    if name == "radius":
        return _radius_options(chosen[0] if chosen else "")
    choices: Iterable[tuple[str, str]] = getattr(form.fields[name], "choices", [])
    return [Option(value, str(label), value in chosen) for value, label in choices]


def _radius_options(chosen: str) -> list[Option]:
    """The usual distances, and the one in the address when it is another good one."""
    miles = {str(usual) for usual in RADII}
    if is_radius(chosen):
        miles.add(str(int(chosen)))
    elif chosen != "any":
        chosen = str(DEFAULT_RADIUS)
    options = [Option(value, f"{value} miles", value == chosen) for value in sorted(miles, key=int)]
    return [*options, Option("any", "Any distance", chosen == "any")]


def has_filters(form: FinderForm) -> bool:
    """Something beyond the first three questions is set, or wrong."""
    names = (*ATTRIBUTES, "hide_partners")
    in_order = form.cleaned_data.get("sort", "") not in ("", Sort.FIT)
    return in_order or any(form.cleaned_data.get(name) or name in form.errors for name in names)


def applied(form: FinderForm, params: QueryDict) -> list[Link]:
    """The filters in force, each with the address of the search without it."""
    if not form.is_valid():
        return []
    found = [*_applied_radius(form, params)]
    for name in ("award", "control", "size"):
        labels = dict(getattr(form.fields[name], "choices", []))
        found += [
            Link(str(labels[value]), _without(params, name, value))
            for value in params.getlist(name)
            if value
        ]
    for name, text in SWITCH_WORDS.items():
        if form.cleaned_data[name]:
            found.append(Link(text, finder_url(params, **{name: ""})))
    return found + _applied_limits(form, params)


def _applied_radius(form: FinderForm, params: QueryDict) -> list[Link]:
    if not (form.is_local and params.get("radius")):
        return []
    radius = form.cleaned_data["radius"]
    text = "Any distance" if radius is None else f"{radius} miles"
    return [Link(text, finder_url(params, radius=""))]


def _applied_limits(form: FinderForm, params: QueryDict) -> list[Link]:
    return [
        Link(form.filter_words(name), finder_url(params, **{name: ""}))
        for name in LIMIT_WORDS
        if form.cleaned_data[name] is not None
    ]


def _without(params: QueryDict, name: str, value: str) -> str:
    changed = params.copy()
    changed.setlist(name, [other for other in params.getlist(name) if other != value])
    return finder_url(changed)


# What went wrong, or is not clear -----------------------------------------------------------


@dataclass(frozen=True)
class Problem:
    """A line of the error summary, with the field that it leads to."""

    field: str
    message: str


def errors(form: FinderForm) -> list[Problem]:
    return [Problem(name, str(messages[0])) for name, messages in form.errors.items()]


def choices(form: FinderForm, params: QueryDict) -> list[Link]:
    """The places that the words for the area may mean, each as an address of this search."""
    return [Link(label, finder_url(params, near=text)) for text, label in form.offers]
