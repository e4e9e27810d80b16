import json

import pytest
from django.core.management import CommandError, call_command

from tests.careers.builders import make_code, make_figures, make_guide, make_job_title

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    """Options for three small files, and where the figures go."""
    (tmp_path / "titles.csv").write_text("profile,title\n101,Plumber\n102,Bread Baker\n999,Gone\n")
    (tmp_path / "familiar.csv").write_text("phrase,guide\npipe fixer,plumbers\nloafer,bakers\n")
    onet = "O*NET-SOC Code\tAlternate Title\n"
    onet += "".join(f"51-3011.00\tNight Baker {number}\n" for number in range(40))
    (tmp_path / "onet.tsv").write_text(onet)
    return {
        "titles": tmp_path / "titles.csv",
        "familiar": tmp_path / "familiar.csv",
        "onet": tmp_path / "onet.tsv",
        "output": tmp_path / "quality.json",
    }


def make_world():
    plumbers = make_guide("plumbers", profile="101", title="Plumbers")
    bakers = make_guide("bakers", profile="102", title="Bakers")
    make_code(bakers, "51-3011")
    make_figures(bakers)
    make_job_title(plumbers, "Pipe fixer")
    for number in range(40):
        make_job_title(bakers, f"Night Baker {number}", source="onet")


def test_it_prints_and_notes_the_same_figures(files, capsys):
    make_world()

    call_command("search_quality", **files)

    printed = dict(line.split("=") for line in capsys.readouterr().out.splitlines())
    noted = json.loads(files["output"].read_text())["search"]
    assert noted.pop("date")
    assert printed == {name: str(value) for name, value in noted.items()}
    assert (noted["titles"], noted["titles_top3"]) == (2, 1.0)
    assert (noted["familiar"], noted["familiar_top3"]) == (2, 0.5)
    assert 0 < noted["held_out"] < 20
    assert noted["held_out_top3"] == 1.0


def test_it_keeps_what_others_noted(files):
    make_world()
    files["output"].write_text('{"spam": {"auc": 0.9}, "search": {"old": 1}}')

    call_command("search_quality", **files)

    noted = json.loads(files["output"].read_text())
    assert noted["spam"] == {"auc": 0.9}
    assert "old" not in noted["search"]


def test_it_wants_guides_first(files):
    with pytest.raises(CommandError, match="load_edition"):
        call_command("search_quality", **files)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("titles", "number,name\n1,a\n"),
        ("familiar", "phrase,guide\nx,no-such-guide\n"),
        ("familiar", "words\nx\n"),
        ("onet", "a\tb\n"),
    ],
)
def test_it_says_which_file_cannot_be_used(files, name, content):
    make_world()
    files[name].write_text(content)

    with pytest.raises(CommandError, match="cannot be used"):
        call_command("search_quality", **files)


def test_it_says_when_a_file_is_missing(files, tmp_path):
    make_world()

    with pytest.raises(CommandError, match="cannot be used"):
        call_command("search_quality", **files | {"familiar": tmp_path / "none.csv"})
