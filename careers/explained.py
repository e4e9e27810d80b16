"""Words of the glossary explained where they stand: a button in the text, a note that it opens.

A page explains a word once, at its first place. Buttons and notes need no script.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers import wording
from careers.models import GlossaryTerm
from careers.presenters import Fact, PlainPart

SHORT_FORM = re.compile(r"\s*\((\w+)\)")  # commercial driver's license (CDL)


@dataclass(frozen=True)
class Note:
    slug: str
    term: str
    definition: str


@dataclass
class Explainer:
    """Turns words into buttons, and remembers which it has explained, in order."""

    terms: Mapping[str, GlossaryTerm]
    used: dict[str, Note] = field(default_factory=dict)

    def text(self, text: str, slugs: Iterable[str]) -> str:
        """The text as markup, with a button at the first place of each word not explained yet."""
        for slug in slugs:
            if slug in self.terms and slug not in self.used:
                text = self._with_button(text, slug)
        return text

    def label(self, text: str, slug: str) -> str:
        """A label of ours that means the word, whatever it is called."""
        if slug not in self.terms or not text:
            return text
        return self._button(text, slug)

    def listed(self, slugs: Iterable[str]) -> list[SafeString]:
        """Buttons for all that was explained, and for more words that no sentence held."""
        more = [slug for slug in slugs if slug in self.terms]
        return [
            self._button(wording.typographic(self.terms[slug].term), slug)
            for slug in dict.fromkeys([*self.used, *more])
        ]

    def _with_button(self, text: str, slug: str) -> str:
        """Only in plain stretches: what is a button already is left alone."""
        found = _pattern(self.terms[slug].term).search(text)
        is_markup = isinstance(text, SafeString)
        if found is None or (is_markup and _is_inside_markup(text, found.start())):
            return text
        before, word, after = text[: found.start()], found[0], text[found.end() :]
        if is_markup:  # slices of markup stay markup
            before, word, after = SafeString(before), SafeString(word), SafeString(after)
        return format_html("{}{}{}", before, self._button(word, slug), after)

    def _button(self, words: str, slug: str) -> SafeString:
        term = self.terms[slug]
        note = Note(slug, wording.typographic(term.term), wording.typographic(term.definition))
        self.used.setdefault(slug, note)
        return format_html(
            '<button class="term" type="button" popovertarget="term-{}">{}</button>', slug, words
        )


def _pattern(term: str) -> re.Pattern[str]:
    """The word itself or its plural, in either kind of apostrophe. A sign after it comes along:
    a button of two lines leaves no room behind it.
    """
    words = SHORT_FORM.sub("", term)
    forms = [words, *SHORT_FORM.findall(term)]
    written = "|".join(re.escape(form).replace("'", "['’]") for form in forms)
    return re.compile(rf"\b(?:{written})(?:s|es)?\b[.,;:]?", re.IGNORECASE)


def _is_inside_markup(text: str, place: int) -> bool:
    before = text[:place]
    return before.rfind("<") > before.rfind(">") or before.count("<button") > before.count(
        "</button"
    )


# What a page explains ----------------------------------------------------------------------------

FACTS = {
    "pay": "median",
    "hourly": "hourly-pay",
    "growth": "growth",
    "openings": "annual-openings",
    "education": "entry-level-education",
    "experience": "work-experience",
    "training": "on-the-job-training",
}
# Of the captions of plots, by the name of the shape: our words, and what they mean.
FIGURES = {
    "spread": ("lowest to top tenth", "percentile"),
    "growth": ("Expected change", "projection"),
}
OUTLOOKS = (
    *("much-faster-than-average", "faster-than-average", "fast-as-average"),
    *("slower-than-average", "little-or-no-change", "decline"),
)


def facts(shown: Iterable[Fact], explainer: Explainer) -> list[Fact]:
    """Labels and outlook words of the quick facts, explained."""
    return [
        replace(
            fact,
            name=explainer.label(fact.name, FACTS.get(fact.key, "")),
            gloss=explainer.text(fact.gloss, OUTLOOKS),
        )
        for fact in shown
    ]


def plain(part: PlainPart, slugs: Iterable[str], explainer: Explainer) -> PlainPart:
    """Our own text of a section, with the words that its author marked."""
    known = list(slugs)
    return replace(
        part,
        paragraphs=[explainer.text(text, known) for text in part.paragraphs],
        items=[explainer.text(text, known) for text in part.items],
        steps=[(name, explainer.text(text, known)) for name, text in part.steps],
    )
