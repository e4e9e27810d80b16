from pathlib import Path

import pytest

from comments.spam import quality
from comments.spam.quality import Labelled, Unreadable


def rows(*texts: str, is_spam: bool) -> list[Labelled]:
    return [Labelled(text, is_spam) for text in texts]


def test_it_computes_auc_with_ties_as_half() -> None:
    assert quality.auc([2.0, 3.0], [0.0, 1.0]) == 1
    assert quality.auc([1.0], [1.0]) == 0.5
    assert quality.auc([0.0, 2.0], [1.0]) == 0.5


def test_it_forgives_one_good_text_in_a_hundred() -> None:
    good = [0.0] * 99 + [5.0]
    assert quality.recall([1.0, 6.0], good) == 1
    assert quality.recall([1.0, 6.0], [0.0] * 98 + [5.0]) == 0.5
    assert quality.recall([0.0, 1.0], good) == 0.5  # on the line is not above it


def test_it_computes_f1_at_the_line() -> None:
    assert quality.f1([-1.0, 1.0, 2.0], [-1.0, 1.0]) == pytest.approx(2 * 2 / (3 + 2 + 1))


def test_it_never_has_a_text_in_both_halves() -> None:
    one, other = quality.halves(
        rows("Hello  World", "hello world", "HELLO\nworld", *map(str, range(50)), is_spam=True)
    )
    assert 3 in {sum(row.text.lower().startswith("hello") for row in half) for half in (one, other)}
    assert len(one) > 10
    assert len(other) > 10


def test_it_refuses_a_test_of_one_kind() -> None:
    with pytest.raises(Unreadable, match="both spam and good"):
        quality.measure([], rows("a", is_spam=True))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a,b\n1,2\n", "no column CLASS, CONTENT"),
        ("CONTENT,CLASS\nx,1\ny,spam\n", "line 3: the label is 'spam'"),
        ("CONTENT,CLASS\nx\n", "line 2"),
    ],
)
def test_it_says_where_a_file_is_wrong(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(content)
    with pytest.raises(Unreadable, match=words):
        quality.read(path, "CONTENT", "CLASS")


def test_it_says_that_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"none\.csv"):
        quality.read(tmp_path / "none.csv", "a", "b")


def test_it_reads_text_out_of_html(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('\ufeffCONTENT,CLASS\n"<a href=""x"">2:19</a> best &amp;amp; part",0\n')
    assert quality.read(path, "CONTENT", "CLASS") == rows(" 2:19  best & part", is_spam=False)
