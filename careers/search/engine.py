"""tantivy, asked for rows: names by their pieces and by the start of a word, texts by all words."""

import tantivy

from careers.search.contents import Name
from careers.search.words import fold, pieces

Hit = tuple[int, float]  # row or primary key, BM25
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


class Engine:
    """Immutable once built; searches may run in many threads at once."""

    def __init__(self, names: list[Name], texts: dict[int, str]) -> None:
        index = _filled(names, texts)
        self._schema = index.schema
        self._searcher = index.searcher()

    def names_alike(self, folded: str, limit: int) -> list[Hit]:
        """Rows of `names`, best first."""
        terms = [(SHOULD, self._term("pieces", piece)) for piece in pieces(folded)]
        return self._hits(tantivy.Query.boolean_query(terms), limit)

    def names_begun(self, folded: str, limit: int) -> list[Hit]:
        """Rows of `names` that have the words, the last of which may be unfinished."""
        *whole, last = folded.split()
        begun = tantivy.Query.regex_query(self._schema, "words", f"{last}.*")
        terms = [(MUST, self._term("words", word)) for word in whole]
        return self._hits(tantivy.Query.boolean_query([*terms, (MUST, begun)]), limit)

    def texts_with(self, folded: str, limit: int) -> list[Hit]:
        """Guides whose plain text has all the words."""
        terms = [(MUST, self._term("text", word)) for word in folded.split()]
        return self._hits(tantivy.Query.boolean_query(terms), limit)

    def _term(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, word)

    def _hits(self, query: tantivy.Query, limit: int) -> list[Hit]:
        hits = self._searcher.search(query, limit, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return [
            (row, score)
            for row, (score, _) in zip(rows, hits, strict=True)
            if isinstance(row, int) and isinstance(score, float)
        ]


def _filled(names: list[Name], texts: dict[int, str]) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", fast=True)  # place in `names`; primary key for texts
    for field in ("words", "pieces", "text"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=30_000_000, num_threads=1)
    for row, name in enumerate(names):
        writer.add_document(
            tantivy.Document(row=row, words=name.folded, pieces=" ".join(pieces(name.folded)))
        )
    for pk, text in texts.items():
        writer.add_document(tantivy.Document(row=pk, text=fold(text)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index
