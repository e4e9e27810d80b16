"""The finder's form: a GET form, so that every search is an address that can be shared."""

from django import forms
from django.http import QueryDict

from schoolfinder.awards import AwardGroup
from schoolfinder.bands import Band
from schoolfinder.geo import ANYWHERE, Area, AreaKind, NoArea, Offer, find_area
from schoolfinder.interests import Interest, UnknownInterest, find_interest
from schoolfinder.matching import Search
from schoolfinder.models import School
from schoolfinder.sorts import Sort

DEFAULT_RADIUS = 50
RADII = (10, 25, 50, 75, 100)

CONTROLS = {
    "public": School.Control.PUBLIC,
    "nonprofit": School.Control.NONPROFIT,
    "for-profit": School.Control.FOR_PROFIT,
}
SIZES = {"small": (1,), "medium": (2, 3), "large": (4, 5)}

LIMIT_WORDS = {
    "tuition": "Tuition up to ${:,}",
    "price": "Net price up to ${:,}",
    "graduation": "At least {}% graduate",
}
SWITCH_WORDS = {
    "online": "Online is fine",
    "open": "Open admission",
    "caution": "No caution",
    "hide_partners": "Partners hidden",
}


def is_radius(text: str) -> bool:
    """Miles that may be asked for."""
    return text.isascii() and text.isdigit() and len(text) <= 3 and 10 <= int(text) <= 100


class FinderForm(forms.Form):
    """`search()` is what was asked, once the form is valid; `choices` what the area could be."""

    interest = forms.CharField(
        label="Career, field or topic", max_length=200, required=False, strip=True
    )
    near = forms.CharField(label="ZIP code, city or state", max_length=100, required=False)
    radius = forms.CharField(label="Within", max_length=10, required=False)
    award = forms.ChoiceField(
        label="Level", choices=[("", "Any level"), *AwardGroup.choices], required=False
    )
    online = forms.BooleanField(label="Online is fine for me", required=False)

    control = forms.MultipleChoiceField(
        label="Kind of school",
        choices=[
            ("public", "Public"),
            ("nonprofit", "Private, not for profit"),
            ("for-profit", "Private, for profit"),
        ],
        required=False,
    )
    open = forms.BooleanField(label="Open admission: a diploma is enough", required=False)
    size = forms.MultipleChoiceField(
        label="Students",
        choices=[
            ("small", "Under 1,000"),
            ("medium", "1,000 to 9,999"),
            ("large", "10,000 or more"),
        ],
        required=False,
    )
    tuition = forms.IntegerField(
        label="Tuition at most, a year", min_value=0, max_value=999_999, required=False
    )
    price = forms.IntegerField(
        label="Net price at most, a year", min_value=0, max_value=999_999, required=False
    )
    graduation = forms.IntegerField(
        label="Graduation rate at least, percent", min_value=1, max_value=100, required=False
    )
    caution = forms.BooleanField(label="No school that carries a caution", required=False)
    missing = forms.ChoiceField(
        choices=[(name, name) for name in ("", "tuition", "price", "graduation")], required=False
    )
    hide_partners = forms.BooleanField(label="Hide partners", required=False)
    why = forms.CharField(label="Name of a school", max_length=150, required=False)
    sort = forms.ChoiceField(label="Order", choices=Sort.choices, required=False)
    band = forms.ChoiceField(
        choices=[("", ""), *((band.slug, band.slug) for band in Band)], required=False
    )
    other = forms.BooleanField(required=False)
    after = forms.CharField(max_length=400, required=False)

    data: QueryDict

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.choices: NoArea | None = None  # a name that several places share
        self.unknown = ""  # words that lead to no field: a result with nothing in it, not an error

    def clean_interest(self) -> Interest | None:
        text: str = self.cleaned_data["interest"]
        if not text:
            return None
        try:
            return find_interest(text)
        except UnknownInterest as unknown:
            self.unknown = str(unknown)
            return None

    def clean_near(self) -> Area:
        found = find_area(self.cleaned_data["near"])
        if isinstance(found, Area):
            return found
        self.choices = found if found.choices else None
        if found.ambiguous:
            return ANYWHERE
        raise forms.ValidationError(found.message)

    def clean_radius(self) -> int | None:
        """Miles; None is any distance."""
        text: str = self.cleaned_data["radius"].lower()
        if text == "any":
            return None
        if not text:
            return DEFAULT_RADIUS
        if is_radius(text):
            return int(text)
        raise forms.ValidationError("Choose a distance from 10 to 100 miles, or any distance.")

    @property
    def is_ready(self) -> bool:
        """Enough is known to search: an interest, or an area small enough to list it all."""
        if not self.is_valid() or self.unknown or (self.choices and self.choices.ambiguous):
            return False
        search = self.search()
        return search.interest is not None or search.is_bounded

    def search(self) -> Search:
        values = self.cleaned_data
        return Search(
            interest=values["interest"],
            area=values["near"],
            radius=values["radius"],
            award=AwardGroup(values["award"]) if values["award"] else None,
            online=values["online"],
            controls=tuple(int(CONTROLS[name]) for name in values["control"]),
            open_admission=values["open"],
            sizes=tuple(size for name in values["size"] for size in SIZES[name]),
            max_tuition=values["tuition"],
            max_price=values["price"],
            min_graduation=values["graduation"] / 100 if values["graduation"] else None,
            no_cautions=values["caution"],
            unpublished=values["missing"] if values[values["missing"] or "open"] else "",
            sort=Sort(values["sort"] or Sort.FIT),
            show_other=values["other"] or values["band"] == Band.OTHER.slug,
        )

    def filter_words(self, name: str) -> str:
        """The filter in force as a tag says it."""
        value = self.cleaned_data[name]
        if name in LIMIT_WORDS:
            return LIMIT_WORDS[name].format(value)
        if name in ("control", "size"):
            labels = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            return " or ".join(str(labels[one]) for one in value)
        return SWITCH_WORDS[name]

    @property
    def problem(self) -> str:
        """Why a valid form has no results: unknown words, or a name that several places share."""
        if self.unknown:
            return self.unknown
        return self.choices.message if self.choices else ""

    @property
    def offers(self) -> list[Offer]:
        """What the words for the area can mean, or what else they can mean."""
        if self.choices:
            return list(self.choices.choices)
        area = self.cleaned_data.get("near")
        return list(area.others) if area else []

    @property
    def is_local(self) -> bool:
        """Distance is counted: there is a place to start from."""
        return self.is_valid() and self.cleaned_data["near"].kind == AreaKind.POINT
