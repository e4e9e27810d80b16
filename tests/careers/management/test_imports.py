"""What `import_oews`, `import_projections` and `import_onet` add to their importers."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.models import ImportRecord, JobTitle, Projection, SocSuccession, WageEstimate
from tests.careers.builders import make_code, make_edition, make_figures, make_guide
from tests.careers.importers.embedded import write_embedded
from tests.careers.importers.workbook_files import new_layout

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str | Path) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def covered() -> None:
    """One guide covers 11-9111."""
    guide = make_guide("ward-planners")
    make_figures(guide, make_edition(2024))
    make_code(guide, "11-9111", edition=make_edition(2024))


@pytest.fixture
def folder(covered: None, tmp_path: Path) -> Path:
    return write_embedded(tmp_path)


def test_it_imports_the_wages_of_a_release(folder: Path):
    path = folder / "oews/oews-2025-05-state.csv.xz"
    assert "6 rows read" in run("import_oews", path)
    assert WageEstimate.objects.filter(release="2025-05").count() == 4  # two codes, two states
    assert "nothing changed" in run("import_oews", path)


def test_it_asks_for_the_release_when_the_name_does_not_say_it(folder: Path):
    path = (folder / "oews/oews-2025-05-national.csv").rename(folder / "wages.csv")
    with pytest.raises(CommandError, match=r"Which release is wages\.csv"):
        run("import_oews", path)
    run("import_oews", path, "--release", "2025-05")
    assert WageEstimate.objects.national().count() == 2


def test_it_imports_projections_and_the_crosswalk(folder: Path, tmp_path: Path):
    run("import_projections", new_layout(tmp_path / "occupation.xlsx"))
    assert Projection.objects.count() == 3
    run("import_projections", "--crosswalk", folder / "projections/soc_2010_to_2018.csv")
    assert SocSuccession.objects.count() == 1


def test_it_imports_onet_titles_and_keeps_their_release(folder: Path):
    path = folder / "onet/onet-29.3-alternate-titles.tsv.xz"
    assert "2 titles read" in run("import_onet", path)
    assert JobTitle.objects.get().title == "Bed Planner"
    assert ImportRecord.objects.get(source="job-titles-onet").label == "29.3"


@pytest.mark.parametrize("command", ["import_oews", "import_onet"])
def test_it_wants_the_handbook_first(command: str, tmp_path: Path):
    with pytest.raises(CommandError, match="Import the handbook first"):
        run(command, tmp_path / "oews-2025-05.csv")


@pytest.mark.parametrize("command", ["import_oews", "import_projections", "import_onet"])
@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"<html></html>", b"PK\x03\x04", b"\x1f\x8bbroken", b"\x00\x00"],
    ids=["empty", "other", "web page", "broken zip", "broken gzip", "zeros"],
)
def test_it_refuses_a_bad_file_in_one_line_and_writes_nothing(covered, tmp_path, command, content):
    path = tmp_path / "bad-2025-05.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError) as error:
        run(command, path)
    assert str(error.value).startswith("bad-2025-05.csv")
    assert "\n" not in str(error.value)
    written = (WageEstimate, Projection, JobTitle, ImportRecord)
    assert sum(model.objects.count() for model in written) == 0
