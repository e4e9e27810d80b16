"""What may stand in the address of careers' pages."""

from django import forms
from django.http import QueryDict

from careers.filters import SORT_CHOICES, Chosen, Facet

LONGEST_QUERY = 200


class GuideFilterForm(forms.Form):
    """Facets and order of the list of guides.

    A value that no facet knows is dropped and named in `unknown`, so an old or damaged address
    still shows what it can.
    """

    sort = forms.ChoiceField(choices=SORT_CHOICES, required=False)

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
