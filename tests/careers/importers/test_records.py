from pathlib import Path

import pytest

from careers.importers import records
from careers.importers.files import BadFile
from careers.importers.records import Origin
from careers.models import ImportRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "slice.csv"
    file.write_text("a,b\n")
    return file


def test_it_remembers_a_file_by_its_content(path: Path):
    origin = Origin(path)
    assert not origin.is_recorded("ooh", "2024-34")
    origin.record("ooh", "2024-34", 5)
    assert Origin(path).is_recorded("ooh", "2024-34")
    assert not Origin(path).is_recorded("ooh", "2025-35")
    path.write_text("a,c\n")
    assert not Origin(path).is_recorded("ooh", "2024-34")


def test_it_writes_nothing_for_the_same_again(path: Path):
    Origin(path).record("ooh", "2024-34", 5)
    first = ImportRecord.objects.get().imported
    Origin(path).record("ooh", "2024-34", 5)
    assert ImportRecord.objects.get().imported == first
    Origin(path).record("ooh", "2024-34", 6)
    assert ImportRecord.objects.get().imported > first


def test_it_keeps_slices_and_official_files_apart(path: Path):
    Origin(path, embedded=True).record("ooh", "2024-34", 5)
    assert not Origin(path).is_recorded("ooh", "2024-34")
    assert ImportRecord.objects.get().source == "ooh-embedded"


def test_a_slice_gives_way_to_an_official_file_of_that_release(path: Path):
    slice_, official = Origin(path, embedded=True), Origin(path)
    slice_.record("oews-state", "2025-05", 5)
    assert not slice_.gives_way("oews-state", "2025-05")
    official.record("oews-state", "2025-05", 5)
    assert slice_.gives_way("oews-state", "2025-05")
    assert slice_.gives_way("oews-state")
    assert not slice_.gives_way("oews-state", "2026-05")
    assert not official.gives_way("oews-state", "2025-05")


def test_it_looks_again_when_what_the_rows_depend_on_has_changed(path: Path):
    Origin(path, embedded=True, state="codes").record("onet", "", 5)
    assert Origin(path, embedded=True, state="codes").is_recorded("onet", "")
    assert not Origin(path, embedded=True, state="other codes").is_recorded("onet", "")


def test_it_reads_a_slice_again_when_the_code_has_changed(path: Path, tmp_path, monkeypatch):
    Origin(path, embedded=True).record("onet", "", 5)
    module = tmp_path / "reader.py"
    module.write_text("changed = True")
    monkeypatch.setattr(records, "_OWN_CODE", [module])
    assert not Origin(path, embedded=True).is_recorded("onet", "")
    assert Origin(path).digest == Origin(path).digest


def test_it_takes_a_folder_as_its_files(tmp_path: Path):
    folder = tmp_path / "ooh"
    folder.mkdir()
    (folder / "a.csv").write_text("a")
    before = Origin(folder).digest
    (folder / "b.csv").write_text("b")
    assert Origin(folder).digest != before


def test_it_names_a_file_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(BadFile, match=r"no\.csv: cannot be read"):
        _ = Origin(tmp_path / "no.csv").digest
