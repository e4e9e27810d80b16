"""The project itself: what stands in the repository and what must never."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import get_resolver

ROOT = Path(__file__).parent.parent
BINARY = {".xz", ".gz", ".png", ".webp", ".zip", ".ico"}
# Spelled in pieces so that this file does not hold what it forbids.
FORBIDDEN = {
    "a package registry's host": re.compile("python" r"hosted|pypi\." "org|registry\\.npm" "js"),
    "a path of one machine": re.compile(r"(?<![\w./~*])/(?:wo" r"rk|ro" r"ot|home/\w+)/"),
}
TOP_LEVEL = {
    *("manage.py", "careers", "comments", "schoolfinder", "templates", "static", "fixtures"),
    *("tests", "pyproject.toml", "README.md"),
    *("config", "script", ".ci", ".python-version", ".gitignore", "LICENSE"),
}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [
        p for name in listed.stdout.decode().split("\0") if name and (p := ROOT / name).is_file()
    ]


def text_files() -> list[Path]:
    return [path for path in tracked() if path.suffix not in BINARY]


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_it_holds_no_trace_of(what):
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in text_files()
        if (match := FORBIDDEN[what].search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_it_keeps_to_the_agreed_top_level():
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= TOP_LEVEL


def test_it_holds_no_large_file():
    sizes = {str(path.relative_to(ROOT)): path.stat().st_size for path in tracked()}
    assert {name for name, size in sizes.items() if size > 3_000_000} == set()
    fixtures = sum(size for name, size in sizes.items() if name.startswith("fixtures/"))
    assert fixtures <= 10_000_000


def test_it_writes_no_style_or_script_into_templates():
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle\s*=\s*[\"']", text), path
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), path
        scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text)
        assert all("application/ld+json" in script or "nonce" in script for script in scripts), path


def test_it_gives_a_reason_beside_each_dependency():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    for line in lines[start + 1 : lines.index("]", start)]:
        assert re.fullmatch(r'  "[^"]+",\s+# .+', line), line


def test_it_pins_every_dependency_with_hashes():
    named = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    for name in ("requirements", "requirements-dev"):
        pins = (ROOT / f"config/{name}.txt").read_text(encoding="utf-8")
        assert "://" not in pins
        for dependency in named:
            package = re.match(r"[\w-]+", dependency).group()
            assert re.search(
                rf"^{package}(\[[\w,-]+\])?==\S+ .*\\\n\s+--hash=sha256:", pins, re.M
            ), package


@pytest.mark.django_db
def test_it_lacks_no_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_it_names_every_address():
    def unnamed(patterns, prefix=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from unnamed(pattern.url_patterns, prefix + str(pattern.pattern))
            elif pattern.name is None:
                yield prefix + str(pattern.pattern)

    ours = [p for p in get_resolver().url_patterns if "admin" not in str(p.pattern)]
    assert list(unnamed(ours)) == []


def test_it_uses_only_layers_that_are_declared():
    declared = re.search(r"@layer ([^;]+);", (ROOT / "static/css/layers.css").read_text()).group(1)
    names = {name.strip() for name in declared.split(",")}
    for sheet in sorted((ROOT / "static/css").rglob("*.css")):
        used = set(re.findall(r"@layer (\w+)\s*{", sheet.read_text(encoding="utf-8")))
        assert used <= names, sheet
        assert len(used) <= 1, sheet


def test_it_joins_every_sheet():
    """A sheet that neither site.css nor tools.css names would never reach a page."""
    css = ROOT / "static/css"
    joining = {"site.css", "tools.css"}
    listed = [
        name
        for sheet in sorted(joining)
        for name in re.findall(r'@import url\("([^"]+)"\)', (css / sheet).read_text())
    ]
    present = {str(p.relative_to(css)) for p in css.rglob("*.css")}
    assert sorted(listed) == sorted(present - joining)
