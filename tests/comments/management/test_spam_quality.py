import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.comments.spam.campaign import campaign, honest

Write = Callable[[str, int], Path]


@pytest.fixture
def labelled(tmp_path: Path) -> Write:
    """labelled(name, seed) → a CSV of made-up spam and talk."""

    def write(name: str, seed: int) -> Path:
        random = Random(seed)
        spam = [(text, 1) for _, text in campaign(30, random)]
        good = [(text, 0) for _, text in honest(30, random)]
        lines = "".join(f'{kind},"{text}"\n' for text, kind in spam + good)
        path = tmp_path / name
        path.write_text(f"KIND,BODY\n{lines}")
        return path

    return write


def run(*arguments: Any) -> list[str]:
    said = StringIO()
    call_command("spam_quality", *map(str, arguments), stdout=said)
    return said.getvalue().splitlines()


def test_it_prints_a_figure_a_line_and_keeps_what_others_measured(
    labelled: Write, tmp_path: Path
) -> None:
    figures = tmp_path / "quality.json"
    figures.write_text('{"search": {"mrr": 0.9}}')
    files = [labelled("a.csv", 1), "--test", labelled("b.csv", 2)]
    lines = run(*files, "--text", "BODY", "--label", "KIND", "--write", figures)
    assert [line.split("=")[0] for line in lines] == ["auc", "recall_at_1pct_fp", "f1"]
    assert all(float(line.split("=")[1]) > 0.9 for line in lines)
    kept = json.loads(figures.read_text())
    assert kept["search"] == {"mrr": 0.9}
    assert kept["spam"]["rows"] == 60
    assert set(kept["spam"]) == {"auc", "recall_at_1pct_fp", "f1", "rows", "date"}


def test_it_halves_its_files_and_leaves_each_out_when_given_no_test(
    labelled: Write, tmp_path: Path
) -> None:
    figures = tmp_path / "quality.json"
    files = [labelled("a.csv", 1), labelled("b.csv", 2)]
    lines = run(*files, "--text", "BODY", "--label", "KIND", "--write", figures)
    assert lines[3].startswith("left out a: auc ")
    assert lines[5].startswith("left out, mean: auc ")
    spam = json.loads(figures.read_text())["spam"]
    assert len(spam["left_out"]) == 2
    assert spam["left_out_auc"] == sum(one["auc"] for one in spam["left_out"]) / 2
    assert spam["rows"] == 120


def test_it_changes_nothing_when_a_file_is_wrong(labelled: Write, tmp_path: Path) -> None:
    figures = tmp_path / "quality.json"
    with pytest.raises(CommandError, match="no column TEXT"):
        run(labelled("a.csv", 1), "--text", "TEXT", "--label", "KIND", "--write", figures)
    assert not figures.exists()
