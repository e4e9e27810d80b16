import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from careers.models import Edition, Figures, FormerSlug, Guide, ImportRecord, Section
from tests.careers.builders import make_guide
from tests.careers.importers.handbook_xml import (
    handbook,
    next_edition,
    occupation,
    this_edition,
    write,
)
from tests.careers.importers.webserver import Site, serving

ROOT = Path(__file__).parents[3]


def run(*arguments: str | Path, **options: object) -> str:
    out = StringIO()
    call_command("import_ooh", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def everything() -> list[list[dict[str, object]]]:
    models = (Edition, Guide, Figures, Section, FormerSlug, ImportRecord)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.django_db
def test_it_imports_a_file_and_says_so(tmp_path: Path):
    said = run(this_edition(tmp_path / "handbook.xml"))
    assert "2 profiles read" in said
    assert "Handbook 2024–34: " in said
    assert Guide.objects.count() == 2
    assert "nothing changed" in run(tmp_path / "handbook.xml")


@pytest.mark.django_db
def test_it_links_to_guides_that_only_the_site_knows(tmp_path: Path):
    make_guide("old-judges", profile="955")
    link = '<p><a href="/ooh/legal/old-judges.htm">x</a></p>'
    run(write(tmp_path / "handbook.xml", [occupation(more=link)]))
    assert Section.objects.get(key="more").html == '<p><a href="/careers/old-judges/">x</a></p>'


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        handbook([occupation(annual="1")])[:3000],
        "<html><body>Access Denied</body></html>",
        "<rss/>",
        '<!DOCTYPE ooh [<!ENTITY a "b">]><ooh>&a;</ooh>',
        handbook([occupation(annual="1", education="Wizardry")]),
        "profile,slug\n",
        "",
    ],
    ids=["truncated", "web page", "other XML", "entities", "unknown word", "table", "empty"],
)
def test_it_leaves_the_database_alone_when_the_file_is_bad(tmp_path: Path, text: str):
    run(this_edition(tmp_path / "handbook.xml"))
    before = everything()
    bad = tmp_path / "bad.xml"
    bad.write_text(text)
    with pytest.raises(CommandError) as error:
        run(bad)
    assert str(error.value).startswith("bad.xml, line ")
    assert "\n" not in str(error.value)
    assert everything() == before


@pytest.mark.django_db
def test_it_takes_either_a_file_or_the_download(tmp_path: Path):
    with pytest.raises(CommandError, match="one of the arguments file --download is required"):
        run()
    with pytest.raises(CommandError, match="not allowed with argument"):
        run("handbook.xml", "--download")


# The download --------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path, settings) -> Iterator[Site]:
    settings.DATA_DIR = tmp_path / "data"
    with serving(Site(this_edition(tmp_path / "this.xml").read_bytes())) as site:
        yield site


def fetched(site: Site) -> str:
    return run("--download", "--address", site.address)


@pytest.mark.django_db
def test_it_downloads_and_imports(site: Site):
    assert "Fetched xml-compilation.xml" in fetched(site)
    assert Guide.objects.count() == 2
    assert "nothing changed" in fetched(site)


@pytest.mark.django_db
def test_it_downloads_a_next_edition_with_a_new_a_renamed_and_a_removed_profile(site, tmp_path):
    fetched(site)
    site.content = next_edition(tmp_path / "next.xml").read_bytes()
    said = fetched(site)
    for line in (
        "Renamed: Ward Planners → Ward Managers",
        "Moved: ward-planners → ward-managers",
        "New: Bed Testers",
        "Retired: Lamp Lighters",
    ):
        assert line in said
    assert [edition.label for edition in Edition.objects.newest_first()] == ["2025–35", "2024–34"]
    assert FormerSlug.objects.get().slug == "ward-planners"


@pytest.mark.django_db
def test_it_leaves_the_database_alone_when_the_download_fails(site: Site):
    fetched(site)
    before = everything()
    site.content, site.kind = b"<html>Access Denied</html>", "text/html"
    with pytest.raises(CommandError, match="the server sent a web page"):
        fetched(site)
    site.status = 503
    with pytest.raises(CommandError, match="answered 503"):
        fetched(site)
    assert everything() == before


# Killed half-way -----------------------------------------------------------------------------

KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from careers.importers import handbook_writer

def killed(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

handbook_writer._sections = killed  # guides and figures are written by then, nothing committed
call_command("import_ooh", sys.argv[1])
"""


def database_url() -> str:
    """Of the test database, which the other process must write to as well."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    host = f"{values['HOST']}:{values['PORT']}" if values["PORT"] else values["HOST"]
    return f"postgres://{values['USER']}:{values['PASSWORD']}@{host}/{values['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_it_leaves_the_database_as_it_was_when_it_is_killed_half_way(tmp_path: Path):
    run(this_edition(tmp_path / "this.xml"))
    before = everything()
    connection.close()
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    path = next_edition(tmp_path / "next.xml")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, path], env=environment, cwd=ROOT, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert everything() == before
    run(path)
    assert Guide.objects.get(profile="901").slug == "ward-managers"
