from pathlib import Path

import pytest

from careers.importers.files import BadFile
from careers.importers.plain import import_plain, typographic
from careers.models import (
    Edition,
    GlossaryTerm,
    ImportRecord,
    JobTitle,
    PlainOverride,
    PlainVersion,
    Version,
)
from tests.careers.builders import make_edition, make_guide
from tests.careers.plain_files import plain_file, write_edition, write_plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_edition(tmp_path, plain_file())


def load(folder: Path) -> tuple[str, list[str]]:
    """What changed, and the lines that were reported before that."""
    lines: list[str] = []
    return str(import_plain(folder, lines.append)), lines[:-1]


def test_it_loads_texts_familiar_words_and_glossary(folder: Path):
    make_edition(2024)
    guide = make_guide("chefs", profile="101")
    changes, reported = load(folder)
    assert (changes, reported) == ("7 added, 0 changed, 0 gone, 0 as before", [])
    plain = PlainVersion.objects.get(guide=guide)
    assert plain.edition.label == "2024–34"
    assert plain.tasks[1] == "Order food and check what comes in"
    assert plain.start[0][0] == "Now"
    assert plain.terms == ["license", "median", "shift-work"]
    titles = JobTitle.objects.filter(guide=guide, source=JobTitle.Source.FAMILIAR)
    assert list(titles.values_list("title", "initial")) == [
        ("cook", "C"),
        ("kitchen boss", "K"),
        ("line cook", "L"),
    ]
    assert GlossaryTerm.objects.get(slug="license").definition.count("“certain”") == 1
    assert ImportRecord.objects.get(source="plain").rows == 1


def test_it_changes_nothing_the_second_time(folder: Path):
    make_guide("chefs", profile="101")
    load(folder)
    version = Version.objects.number_of(Version.DATA)
    assert load(folder)[0] == "nothing changed (7 rows)"
    assert Version.objects.number_of(Version.DATA) == version == 1


def test_it_writes_what_was_corrected_in_a_file(folder: Path):
    guide = make_guide("chefs", profile="101")
    load(folder)
    key = PlainVersion.objects.get().pk
    write_plain(folder, plain_file({"Summary": "You lead a kitchen."}, words="chef, cook"))
    assert load(folder)[0] == "1 added, 1 changed, 2 gone, 4 as before"
    assert PlainVersion.objects.get(pk=key).summary == "You lead a kitchen."
    assert set(guide.job_titles.values_list("title", flat=True)) == {"chef", "cook"}


def test_it_leaves_other_peoples_titles_alone(folder: Path):
    guide = make_guide("chefs", profile="101")
    JobTitle.objects.create(guide=guide, source="onet", title="Cook", initial="C")
    load(folder)
    load(write_edition(folder, plain_file(words="chef")))
    assert guide.job_titles.filter(source="onet").count() == 1


def test_it_keeps_a_local_override_and_says_so(folder: Path):
    make_guide("chefs", profile="101")
    load(folder)
    PlainOverride.objects.create(plain=PlainVersion.objects.get(), part="pay", text="Tips count.")
    write_plain(folder, plain_file({"What pay depends on": "It depends."}))
    changes, reported = load(folder)
    assert changes.startswith("0 added, 1 changed")
    assert reported == ["chefs: pay is overridden here and was kept"]
    assert PlainVersion.objects.get().pay == "It depends."
    assert PlainOverride.objects.get().text == "Tips count."


def test_it_drops_a_version_whose_file_is_gone_unless_overridden(folder: Path):
    chefs = make_guide("chefs", profile="101")
    make_guide("cooks", profile="102")
    load(write_edition(folder, plain_file(), plain_file(slug="cooks", profile="102")))
    PlainOverride.objects.create(plain=chefs.plain, part="pay", text="Tips count.")
    for path in (folder / "plain").iterdir():
        path.unlink()
    load(folder)
    assert [plain.guide.slug for plain in PlainVersion.objects.all()] == ["chefs"]


def test_it_leaves_out_a_text_without_a_guide_and_says_so(folder: Path):
    assert load(folder)[1] == ["chefs: no guide has profile 101; left out"]
    assert not PlainVersion.objects.exists()


def test_it_finds_the_guide_by_its_number_when_the_slug_has_changed(folder: Path):
    guide = make_guide("chefs-and-head-cooks", profile="101")
    load(folder)
    assert PlainVersion.objects.get().guide == guide


def test_it_names_an_edition_whose_handbook_is_not_loaded(folder: Path):
    make_guide("chefs", profile="101")
    load(folder)
    assert Edition.objects.get().slug == "2024-34"
    assert not Edition.objects.with_guides().exists()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (plain_file(terms="licence"), r"chefs\.md, line 5: the glossary has no licence"),
        (plain_file()[:400], r"chefs\.md, line"),
    ],
)
def test_it_leaves_the_database_alone_when_a_file_is_bad(folder, content, complaint):
    make_guide("chefs", profile="101")
    write_plain(folder, content)
    with pytest.raises(BadFile, match=complaint):
        import_plain(folder)
    assert not GlossaryTerm.objects.exists()
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a bachelor's degree", "a bachelor’s degree"),
        ('the word "new" and ("old")', "the word “new” and (“old”)"),
        ('"No pain," it read.', "“No pain,” it read."),
    ],
)
def test_it_sets_curly_quotes(typed, shown):
    assert typographic(typed) == shown
