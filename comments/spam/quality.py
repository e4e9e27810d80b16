"""How well the learned filter does on texts that people have labelled."""

from __future__ import annotations

import csv
import hashlib
import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import fmean

from comments.spam import linear
from comments.spam.learned import bucketed
from comments.spam.linear import Lesson

SPAM, GOOD = "1", "0"
MAY_HIT = 0.01  # of the good texts


class Unreadable(Exception):
    """The file is not what the command was told; the words say where."""


@dataclass(frozen=True)
class Labelled:
    text: str
    is_spam: bool


@dataclass(frozen=True)
class Quality:
    """AUC; the share of spam found while at most 1 % of good texts are hit; F1 at score 0."""

    auc: float
    recall_at_1pct_fp: float
    f1: float
    rows: int  # that were tested

    def figures(self) -> dict[str, float]:
        return {
            "auc": round(self.auc, 4),
            "recall_at_1pct_fp": round(self.recall_at_1pct_fp, 4),
            "f1": round(self.f1, 4),
        }


def read(path: Path, text: str, label: str) -> list[Labelled]:
    """Rows of a CSV file (of a .tsv, by tabs), its columns found by name. Unreadable."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ",")
            if missing := {text, label} - set(reader.fieldnames or []):
                raise Unreadable(f"{path}: no column {', '.join(sorted(missing))}")
            return [_labelled(row[text], row[label], path, reader.line_num) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{path}: {error}") from None


def halves(rows: Iterable[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Split by a hash of the text, so that no text stands in both."""
    found: tuple[list[Labelled], list[Labelled]] = ([], [])
    for row in rows:
        normal = " ".join(row.text.lower().split())
        found[hashlib.sha256(normal.encode()).digest()[-1] & 1].append(row)
    return found


def of_halves(files: Sequence[Sequence[Labelled]]) -> Quality:
    """All files pooled and halved; each half tested with what the other taught, averaged."""
    one, other = halves(chain.from_iterable(files))
    both = [measure(one, other), measure(other, one)]
    return Quality(
        auc=fmean(quality.auc for quality in both),
        recall_at_1pct_fp=fmean(quality.recall_at_1pct_fp for quality in both),
        f1=fmean(quality.f1 for quality in both),
        rows=len(one) + len(other),
    )


def leaving_out(files: Sequence[Sequence[Labelled]], number: int) -> Quality:
    """One file tested with what all the others taught."""
    others = [file for position, file in enumerate(files) if position != number]
    return measure(chain.from_iterable(others), files[number])


def measure(train: Iterable[Labelled], test: Sequence[Labelled]) -> Quality:
    """Unreadable when one kind is missing in the test: there is nothing to tell apart."""
    memory = linear.train([Lesson(bucketed(row.text), row.is_spam) for row in train])
    scored = [(memory.score(bucketed(row.text)), row.is_spam) for row in test]
    spam = sorted(score for score, is_spam in scored if is_spam)
    good = sorted(score for score, is_spam in scored if not is_spam)
    if not (spam and good):
        raise Unreadable("The test rows hold only one kind: both spam and good are needed.")
    return Quality(auc(spam, good), recall(spam, good), f1(spam, good), len(scored))


def auc(spam: list[float], good: list[float]) -> float:
    """How often a spam scores above a good text; both sorted, ties count half."""
    above = sum(bisect_left(good, score) + bisect_right(good, score) for score in spam)
    return above / (2 * len(spam) * len(good))


def recall(spam: list[float], good: list[float]) -> float:
    """Of the spam, above a line that at most 1 % of the good texts pass; both sorted."""
    line = good[-1 - int(MAY_HIT * len(good))]
    return (len(spam) - bisect_right(spam, line)) / len(spam)


def f1(spam: list[float], good: list[float]) -> float:
    found = len(spam) - bisect_right(spam, 0.0)
    hit = len(good) - bisect_right(good, 0.0)
    return 2 * found / (len(spam) + found + hit)


def _labelled(text: str | None, label: str | None, path: Path, line: int) -> Labelled:
    if text is None or label not in (SPAM, GOOD):
        raise Unreadable(f"{path}, line {line}: the label is {label!r}, not 1 (spam) or 0.")
    return Labelled(_plain(text), label == SPAM)


def _plain(text: str) -> str:
    """Some collections keep the HTML that a comment was shown as."""
    return re.sub(r"<[^>]*>", " ", html.unescape(html.unescape(text)))
