import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.schoolfinder.worlds import EXACT, OTHER, RELATED, make_fargo, make_nurses, make_school_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Options for small files, and where the figures go."""
    interest = "guide:registered-nurses"
    contents = {
        "scenarios": f"interest,near,radius,award,online,usual\n{interest},58102,50,,,bachelor\n",
        "fields": f"interest,cip,grade\n{interest},{EXACT},3\n{interest},51.38,2\n",
        "words": "phrase,groups\nregistered nurses,51.38\nwelding,48.05\n",
    }
    for name, content in contents.items():
        (tmp_path / f"{name}.csv").write_text(content)
    return {name: tmp_path / f"{name}.csv" for name in contents} | {
        "output": tmp_path / "quality.json"
    }


def make_world() -> None:
    make_nurses()
    make_fargo()
    make_school_at(3, "B", cip=RELATED)
    make_school_at(9, "A")


def pairs(tmp_path: Path, name: str, *rows: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join(["guide_slug,cip,grade", *rows]) + "\n")
    return path


def test_it_prints_and_notes_the_same_figures(
    tmp_path: Path, files: dict[str, Path], capsys: Any
) -> None:
    make_world()
    nurses = "registered-nurses"
    graded = pairs(
        tmp_path, "one.csv", f"{nurses},{EXACT},3", f"{nurses},{RELATED},3", f"{nurses},{OTHER},0"
    )

    call_command("match_quality", graded, **files)

    printed = dict(line.split("=") for line in capsys.readouterr().out.splitlines())
    noted = json.loads(files["output"].read_text())["match"]
    assert noted.pop("date")
    assert printed == {name: str(value) for name, value in noted.items()}
    assert (noted["pairs"], noted["exact_precision"], noted["exact_recall"]) == (3, 1.0, 0.5)
    assert noted["crosswalk_exact_recall"] == 1.0
    assert (noted["scenarios"], noted["ndcg_at_10"], noted["precision_at_5"]) == (1, 1.0, 1.0)
    assert noted["by_distance_ndcg_at_10"] < 1
    assert (noted["words"], noted["words_top3"]) == (2, 0.5)


def test_it_measures_each_of_several_files(tmp_path: Path, files: dict[str, Path]) -> None:
    make_world()
    files["output"].write_text('{"spam": {"auc": 0.9}}')
    one = pairs(tmp_path, "one.csv", f"registered-nurses,{EXACT},3")
    two = pairs(tmp_path, "two_halves.csv", f"registered-nurses,{EXACT},1")

    call_command("match_quality", one, two, **files)

    noted = json.loads(files["output"].read_text())
    assert noted["spam"] == {"auc": 0.9}
    halves = {half["part"]: half["exact_precision"] for half in noted["match"]["halves"]}
    assert halves == {"one": 1.0, "two halves": 0.0}
    assert noted["match"]["exact_precision"] == 0.5


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("registered-nurses,51.3801,4", "one.csv, line 2: “4” is no grade"),
        ("no-such-guide,51.3801,3", "no career guide “no-such-guide”"),
        ("registered-nurses,51.3801", "one.csv, line 2"),
    ],
)
def test_it_says_what_is_wrong_with_a_pair(
    tmp_path: Path, files: dict[str, Path], row: str, message: str
) -> None:
    make_world()
    with pytest.raises(CommandError, match=message):
        call_command("match_quality", pairs(tmp_path, "one.csv", row), **files)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scenarios", "interest,near\n"),
        ("scenarios", "interest,near,radius,award,online,usual\nother,58102,50,,,\n"),
        (
            "scenarios",
            "interest,near,radius,award,online,usual\nguide:registered-nurses,00000,5,,,\n",
        ),
        ("fields", "interest,cip,grade\na,51.3,2\n"),
        ("fields", "interest,cip,grade\na,51.38,0\n"),
        ("words", "phrase\nx\n"),
    ],
)
def test_it_says_which_file_cannot_be_used(
    tmp_path: Path, files: dict[str, Path], name: str, content: str
) -> None:
    make_world()
    files[name].write_text(content)
    graded = pairs(tmp_path, "one.csv", f"registered-nurses,{EXACT},3")
    with pytest.raises(CommandError, match=f"{name}.csv"):
        call_command("match_quality", graded, **files)


def test_it_wants_the_edition_first(files: dict[str, Path]) -> None:
    with pytest.raises(CommandError, match="load_edition"):
        call_command("match_quality", **files)
