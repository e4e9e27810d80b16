"""What may stand in the address of careers' pages."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from careers.filters import SORT_CHOICES, Chosen, Facet
from careers.listing import CARDS, VIEWS
from careers.models import Correction

LONGEST_QUERY = 200
LONGEST_CORRECTION = 2000


class GuideFilterForm(forms.Form):
    """Facets, order and shape of the list of guides.

    A value that no facet knows is dropped and named in `unknown`, so an old or damaged address
    still shows what it can.
    """

    sort = forms.ChoiceField(choices=SORT_CHOICES, required=False)
    view = forms.ChoiceField(choices=VIEWS, required=False)

    def __init__(self, data: QueryDict, facets: tuple[Facet, ...]) -> None:
        super().__init__(data)
        self.facets = facets
        self._asked_for = {facet.name: set(data.getlist(facet.name)) for facet in facets}
        for facet in facets:
            self.fields[facet.name] = forms.MultipleChoiceField(
                choices=facet.choices, required=False
            )

    @property
    def chosen(self) -> Chosen:
        """By facet, in the facet's own order, known values only."""
        return {
            facet.name: [
                value for value, _ in facet.choices if value in self._asked_for[facet.name]
            ]
            for facet in self.facets
        }

    @property
    def order(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("sort") or "title"

    @property
    def shape(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("view") or CARDS

    @property
    def unknown(self) -> list[str]:
        """Names of the parameters of which something could not be used."""
        self.is_valid()
        return sorted(self.errors)


class SearchForm(forms.Form):
    q = forms.CharField(required=False, strip=True, label="Search")

    @property
    def query(self) -> str:
        """What was asked for, cut to a sane length; empty when it cannot be read."""
        if not self.is_valid():
            return ""
        words: str = self.cleaned_data["q"]
        return " ".join(words[:LONGEST_QUERY].split())


class CorrectionForm(forms.Form):
    """What is wrong in a plain version. Nobody is asked who they are."""

    part = forms.ChoiceField(
        label="Which part is it?",
        choices=[("", "Choose a part"), *Correction.Part.choices],
        widget=forms.Select(attrs={"class": "input medium"}),
        error_messages={
            "required": "Choose the part of the guide.",
            "invalid_choice": "Choose one of the parts in the list.",
        },
    )
    text = forms.CharField(
        label="What is wrong, and what would be right?",
        help_text="A source helps us most: a link, a law, a test that must be passed."
        " Please give no names or addresses, yours or others’.",
        max_length=LONGEST_CORRECTION,
        widget=forms.Textarea(attrs={"class": "input", "rows": 7}),
        error_messages={
            "required": "Write what is wrong.",
            "max_length": f"This is too long: shorten it to {LONGEST_CORRECTION:,} characters.",
            "null_characters_not_allowed": "The text holds a character that no text has.",
        },
    )
    # Nobody sees this field; programs fill it.
    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Browsers would cut a pasted text without a word; we say what is too long.
        self.fields["text"].widget.attrs.pop("maxlength", None)

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data["website"])

    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong with it), in the order of the page."""
        names = [*self.fields, NON_FIELD_ERRORS]
        return [
            (self[name].auto_id if name in self.fields else "", str(error))
            for name in names
            for error in self.errors.get(name, [])
        ]
