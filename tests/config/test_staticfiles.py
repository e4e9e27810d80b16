from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from config.staticfiles import joined, lean, lean_script

SHEETS = Path(__file__).parent.parent.parent / "static" / "css"


def test_it_puts_each_sheet_in_the_place_of_its_import(tmp_path: Path):
    (tmp_path / "a.css").write_text("@layer a { b { color: red } }")
    (tmp_path / "print.css").write_text("nav { display: none }")
    sheet = joined('@import url("a.css");\n@import url("print.css") print;\n', tmp_path)
    assert sheet.index("color: red") < sheet.index("@media print {\nnav")
    assert "@import" not in sheet


def test_it_keeps_addresses_right_when_a_sheet_moves(tmp_path: Path):
    (tmp_path / "components").mkdir()
    (tmp_path / "components/forms.css").write_text('select { background: url("../../img/a.svg") }')
    sheet = joined('@import url("components/forms.css");', tmp_path)
    assert 'url("../img/a.svg")' in sheet


def test_it_sends_neither_comments_nor_indentation():
    sheet = lean('/* An "idea" */\n@layer a {\n  p , b { margin: 0 1px; content: "–  /* {"; }\n}\n')
    assert sheet == '@layer a{p,b{margin: 0 1px;content: "–  /* {";}}'


def test_it_sends_scripts_without_their_comments():
    script = "// What it does.\nif (a) {\n  // why\n  b(`// ${c}`); // here\n}\n"
    assert lean_script(script) == "if (a) {\nb(`// ${c}`); // here\n}\n"


@pytest.mark.parametrize(
    "script", sorted(SHEETS.parent.glob("js/*.js")), ids=lambda path: path.name
)
def test_it_finds_no_text_of_several_lines_in_a_script(script: Path):
    lines = script.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.count("`") % 2 or line.lstrip().startswith("*")]


def test_it_serves_the_sheets_as_two_hashed_files(tmp_path: Path):
    storage = {"staticfiles": {"BACKEND": "config.staticfiles.JoinedManifestStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storage):
        call_command("collectstatic", interactive=False, verbosity=0)
        address = staticfiles_storage.url("css/site.css")
        served = (tmp_path / address.removeprefix("/static/")).read_text(encoding="utf-8")
        tools = tmp_path / staticfiles_storage.url("css/tools.css").removeprefix("/static/")
    assert address != "/static/css/site.css"
    assert "@import" not in served
    assert served.index("@layer reset,tokens") < served.index(".masthead")
    assert "@media print" in served
    assert (tmp_path / f"{address.removeprefix('/static/')}.br").exists()
    assert "@import" not in tools.read_text(encoding="utf-8")
    assert ".finder-form{" in tools.read_text(encoding="utf-8")
    assert ".finder-form{" not in served
