"""Search among guides: an index in the memory of each process, no file and no lock.

Two looks at the same names: whole words (the last one may be unfinished) and character trigrams,
which survive a typo. tantivy finds candidates for both; they are then scored by our own
similarity, because its fuzzy hits would all score the same.
"""

import logging
import re
import threading
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import tantivy
from django.db import connection
from django.db.models import F

from careers.models import Figures, Guide, GuideCode, JobTitle, PlainVersion, Version

logger = logging.getLogger(__name__)

CHECK_EVERY = 1.0  # seconds between looks at the data version
CANDIDATES = 80  # names rescored by similarity; more than these never reach the first ten
WORD = re.compile(r"[a-z0-9]+")
SOC = re.compile(r"\b(\d\d)-?(\d{4})\b")
REBUILDER = "search-index"  # the name of the thread
GRAM = 3
FLOOR = 0.3  # names less alike than this are noise

# What kind of name matched, best first: a tie between guides goes to the better kind.
TITLE, SINGULAR, FAMILIAR, HANDBOOK, ONET, TEXT = range(6)
KIND_BONUS = {TITLE: 0.06, SINGULAR: 0.05, FAMILIAR: 0.05, HANDBOOK: 0.03, ONET: 0.0, TEXT: 0.0}
_KIND_OF_SOURCE = {
    JobTitle.Source.HANDBOOK: HANDBOOK,
    JobTitle.Source.ONET: ONET,
    JobTitle.Source.FAMILIAR: FAMILIAR,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One guide, and the name through which it was found."""

    guide_pk: int
    name: str  # empty: found through its topic or in our plain text
    score: float  # 1 and above: an exact name


@dataclass(frozen=True, slots=True)
class Name:
    guide_pk: int
    text: str
    folded: str
    kind: int


# Asking ------------------------------------------------------------------------------------------


def guides(query: str, limit: int = 10) -> list[Found]:
    """Guides for the words, best first; empty for an empty query."""
    return index().find(query, limit) if fold(query) else []


class Index:
    """Immutable once built. `find` may run in many threads at once."""

    def __init__(
        self,
        names: list[Name],
        texts: dict[int, str],
        codes: dict[str, int],
        topics: dict[str, list[int]],
    ) -> None:
        self._names = names
        self._codes = codes
        self._topics = topics  # folded title → guides, those with most jobs first
        self._exact: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            self._exact[name.folded].append(name)
        self._engine = _engine(names, texts)
        self._searcher = self._engine.searcher()
        self._schema = self._engine.schema

    def find(self, query: str, limit: int) -> list[Found]:
        asked = fold(query)
        best: dict[int, Found] = {}
        for found in (
            *self._by_code(query),
            *self._by_topic(asked),
            *self._by_name(asked),
            *self._by_text(asked),
        ):
            known = best.get(found.guide_pk)
            if known is None or found.score > known.score:
                best[found.guide_pk] = found
        return sorted(best.values(), key=lambda found: -found.score)[:limit]

    def _by_code(self, query: str) -> Iterable[Found]:
        for major, minor in SOC.findall(query):
            soc = f"{major}-{minor}"
            if soc in self._codes:
                yield Found(self._codes[soc], f"SOC {soc}", 3.0)

    def _by_topic(self, asked: str) -> Iterable[Found]:
        """ "Nursing" is no job title: its guides stand above names that are merely alike."""
        for guide in self._topics.get(asked, ()):
            yield Found(guide, "", 0.95)

    def _by_name(self, asked: str) -> Iterable[Found]:
        for name in self._exact.get(asked, ()):
            yield Found(name.guide_pk, name.text, 2.0 + KIND_BONUS[name.kind])
        wanted = Wanted(asked)
        for row in self._candidates(asked):
            name = self._names[row]
            score = wanted.score(name.folded)
            if score >= FLOOR:
                yield Found(name.guide_pk, name.text, score + KIND_BONUS[name.kind])

    def _candidates(self, asked: str) -> set[int]:
        words = asked.split()
        by_word = [_term(self._schema, "words", word) for word in words]
        by_word.append(self._unfinished(words[-1]))
        by_gram = [_term(self._schema, "grams", gram) for gram in grams(asked)]
        return {
            *self._rows(tantivy.Query.boolean_query(by_word), CANDIDATES),
            *self._rows(tantivy.Query.boolean_query(by_gram), CANDIDATES),
        }

    def _unfinished(self, word: str) -> tuple[tantivy.Occur, tantivy.Query]:
        query = tantivy.Query.regex_query(self._schema, "words", f"{word}.*")
        return tantivy.Occur.Should, query

    def _by_text(self, asked: str) -> Iterable[Found]:
        """Our plain text: only guides that have all the words, below any good match by name."""
        terms = [
            (tantivy.Occur.Must, _term(self._schema, "text", word)[1]) for word in asked.split()
        ]
        for place, row in enumerate(self._rows(tantivy.Query.boolean_query(terms), 10)):
            yield Found(row, "", 0.45 - place / 100)

    def _rows(self, query: tantivy.Query, limit: int) -> list[int]:
        hits = self._searcher.search(query, limit, count=False).hits
        addresses = [address for _, address in hits]
        rows = self._searcher.fast_field_values("row", addresses)
        return [row for row in rows if isinstance(row, int)]


class Wanted:
    """How near names come to what was asked for: 0–1."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self.words = asked.split()
        self.grams = grams(asked)

    def score(self, name: str) -> float:
        """Shared trigrams of the whole, raised when every word asked for begins a word of it."""
        theirs = grams(name)
        shared = len(self.grams & theirs)
        dice = 2 * shared / (len(self.grams) + len(theirs))
        covered = shared / len(self.grams)
        begun = self._begun(name.split())
        return 0.6 * dice + 0.15 * covered + 0.25 * begun

    def _begun(self, theirs: list[str]) -> float:
        """The share of asked words that stand in the name, whole or as a beginning."""
        hits = sum(
            1.0 if word in theirs else 0.8 if any(t.startswith(word) for t in theirs) else 0.0
            for word in self.words
        )
        return hits / len(self.words)


def fold(text: str) -> str:
    """Lower case, no accents, words and digits only: "X-ray Tech" → "x ray tech"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(WORD.findall(plain.replace("'", "")))


def grams(folded: str) -> frozenset[str]:
    """Trigrams with the edges of each word marked, so that beginnings weigh."""
    found: set[str] = set()
    for word in folded.split():
        marked = f"_{word}_"
        found.update(marked[n : n + GRAM] for n in range(max(1, len(marked) - GRAM + 1)))
    return frozenset(found)


# Building ----------------------------------------------------------------------------------------


def build() -> Index:
    """Read every name of the guides that are current. Tens of thousands take well under 1 s."""
    guides_by_pk = {guide.pk: guide for guide in Guide.objects.current()}
    names = [name for guide in guides_by_pk.values() for name in _own_names(guide)]
    titles = JobTitle.objects.filter(guide__retired_at=None).values_list(
        "guide_id", "title", "source"
    )
    names += [
        Name(guide, title, fold(title), _KIND_OF_SOURCE[JobTitle.Source(source)])
        for guide, title, source in titles
    ]
    codes = GuideCode.objects.filter(guide__retired_at=None).order_by("edition__base_year")
    return Index(
        names=[name for name in names if name.folded],
        texts={
            plain.guide_id: _text(plain)
            for plain in PlainVersion.objects.filter(guide__retired_at=None)
        },
        codes=dict(codes.values_list("soc", "guide_id")),
        topics=_guides_of_topics(),
    )


def _guides_of_topics() -> dict[str, list[int]]:
    rows = (
        Figures.objects.of_newest_edition()
        .filter(guide__retired_at=None, guide__topic__isnull=False)
        .order_by(F("jobs").desc(nulls_last=True), "guide__title")
    )
    found: dict[str, list[int]] = defaultdict(list)
    for topic, guide in rows.values_list("guide__topic__title", "guide_id"):
        found[fold(topic)].append(guide)
    return dict(found)


def _own_names(guide: Guide) -> list[Name]:
    names = [Name(guide.pk, guide.title, fold(guide.title), TITLE)]
    if guide.singular:
        names.append(Name(guide.pk, guide.title, fold(guide.singular), SINGULAR))
    return names


def _text(plain: PlainVersion) -> str:
    return " ".join([plain.summary, plain.what, *plain.tasks, plain.where, plain.pay])


def _engine(names: list[Name], texts: dict[int, str]) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", fast=True)  # place in `names`; primary key for texts
    for name in ("words", "grams", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    engine = tantivy.Index(builder.build())
    writer = engine.writer(heap_size=30_000_000, num_threads=1)
    for row, entry in enumerate(names):
        writer.add_document(
            tantivy.Document(row=row, words=entry.folded, grams=" ".join(grams(entry.folded)))
        )
    for pk, text in texts.items():
        writer.add_document(tantivy.Document(row=pk, text=fold(text)))
    writer.commit()
    writer.wait_merging_threads()
    engine.reload()
    return engine


def _term(schema: tantivy.Schema, field: str, word: str) -> tuple[tantivy.Occur, tantivy.Query]:
    return tantivy.Occur.Should, tantivy.Query.term_query(schema, field, word)


# Keeping it fresh --------------------------------------------------------------------------------


class _Held:
    """The index of this process and the data version it was built from."""

    index: Index | None = None
    version = -1
    checked = 0.0
    lock = threading.Lock()  # one builder at a time; readers never wait for it after the first


def index() -> Index:
    """Built at first use; after an import, the old one answers until the new one is ready."""
    if _Held.index is None:
        with _Held.lock:
            if _Held.index is None:
                _rebuild(_data_version())
    elif time.monotonic() - _Held.checked > CHECK_EVERY:
        _Held.checked = time.monotonic()
        version = _data_version()
        if version != _Held.version:
            threading.Thread(
                target=_rebuild_aside, args=(version,), name=REBUILDER, daemon=True
            ).start()
    assert _Held.index is not None  # noqa: S101  built above, and never unset while serving
    return _Held.index


def forget() -> None:
    """For tests, whose rows come and go without a new version."""
    _Held.index, _Held.version, _Held.checked = None, -1, 0.0


def _data_version() -> int:
    return Version.objects.number_of(Version.DATA)


def _rebuild(version: int) -> None:
    _Held.index = build()
    _Held.version, _Held.checked = version, time.monotonic()


def _rebuild_aside(version: int) -> None:
    """In a thread of its own, with a database connection of its own."""
    if not _Held.lock.acquire(blocking=False):
        return  # another thread is building
    try:
        _rebuild(version)
    except Exception:
        logger.exception("The search index could not be rebuilt; the old one stays.")
    finally:
        connection.close()
        _Held.lock.release()
