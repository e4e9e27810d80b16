"""The direction of imports, read from the code and the templates themselves."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Who may import whom, besides itself; `config` joins all and is imported by nobody.
MAY_IMPORT = {
    "careers": set(),
    "comments": {"careers"},
    "schoolfinder": {"careers"},
    "config": {"careers", "comments", "schoolfinder"},
}
MAY_INCLUDE = {  # folders of templates/
    "careers": {"careers", "components"},
    "comments": {"comments", "components"},
    "schoolfinder": {"schoolfinder", "components"},
    "components": {"components"},
}
VAGUE_NAMES = {"core", "common", "utils", "helpers", "services", "misc"}
PACKAGES = sorted(MAY_IMPORT)


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Top-level packages that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def forbidden(package: str, names: set[str]) -> set[str]:
    return (names & set(MAY_IMPORT)) - MAY_IMPORT[package] - {package}


@pytest.mark.parametrize("package", PACKAGES)
def test_it_imports_only_along_the_arrows(package):
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in modules(package)
        if (found := forbidden(package, set(imported(path))))
    }
    assert wrong == {}


def test_it_would_notice_a_wrong_arrow():
    assert forbidden("careers", {"careers", "comments", "django"}) == {"comments"}
    assert forbidden("comments", {"schoolfinder"}) == {"schoolfinder"}
    assert forbidden("schoolfinder", {"config"}) == {"config"}
    assert forbidden("config", {"careers", "comments", "schoolfinder"}) == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_it_reaches_no_other_app_through_the_registry(package):
    """`apps.get_model("comments.Comment")` in careers would be an import in disguise."""
    others = set(MAY_IMPORT) - MAY_IMPORT[package] - {package}
    disguised = re.compile(
        rf"(get_model|import_module|import_string)\(\s*[\"'](?:{'|'.join(others)})\b"
    )
    wrong = [str(p) for p in modules(package) if disguised.search(p.read_text(encoding="utf-8"))]
    assert others == set() or wrong == []


def migrations_and_tests_apart(package: str) -> list[Path]:
    return [path for path in modules(package) if "migrations" not in path.parts]


@pytest.mark.parametrize("package", PACKAGES)
def test_it_imports_at_the_top_of_the_module_only_what_others_own(package):
    """A lazy import across apps hides an arrow from the reader."""
    for path in migrations_and_tests_apart(package):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name != "ready":
                lazy = {
                    node.module.split(".")[0]
                    for node in ast.walk(function)
                    if isinstance(node, ast.ImportFrom) and node.module
                }
                assert not (lazy & set(MAY_IMPORT)) - {package}, f"{path}: {function.name}"


@pytest.mark.parametrize("folder", sorted(MAY_INCLUDE))
def test_it_includes_templates_only_along_the_arrows(folder):
    include = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
    for path in sorted((ROOT / "templates" / folder).rglob("*.html")):
        for name in include.findall(path.read_text(encoding="utf-8")):
            top = name.split("/")[0] if "/" in name else None  # base.html stands at the top
            assert top is None or top in MAY_INCLUDE[folder], f"{path.name} takes {name}"


@pytest.mark.parametrize("folder", sorted(MAY_INCLUDE))
def test_it_loads_no_other_apps_tags(folder):
    others = {"careers", "comments", "schoolfinder"} - {folder}
    load = re.compile(r"{%\s*load\s+([^%]+)%}")
    for path in sorted((ROOT / "templates" / folder).rglob("*.html")):
        for names in load.findall(path.read_text(encoding="utf-8")):
            assert not any(name.startswith(tuple(others)) for name in names.split()), path.name


def test_it_includes_components_without_their_surroundings():
    include = re.compile(r"{%\s*include\s+[\"']components/[^%]*%}")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for tag in include.findall(path.read_text(encoding="utf-8")):
            assert tag.rstrip("%} ").endswith("only"), f"{path.name}: {tag}"


def test_it_has_no_folder_that_says_nothing():
    folders = {
        path.name for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_dir()
    }
    assert not folders & VAGUE_NAMES
    assert not {path.name for path in ROOT.iterdir() if path.is_dir()} & VAGUE_NAMES
