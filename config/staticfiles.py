"""How collectstatic stores our files: sheets joined into one, hashed, compressed."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = ("css/site.css", "css/tools.css")
IMPORT = re.compile(r'^@import url\("(?P<file>[^"]+)"\)(?: (?P<media>\w+))?;$', re.MULTILINE)
QUOTED = r'(?P<quoted>"[^"]*")'
COMMENT_OR_SPACE = re.compile(rf"{QUOTED}|(?:/\*.*?\*/|\s)+", re.DOTALL)
SPACED_SIGN = re.compile(rf"{QUOTED}|\s*(?P<sign>[{{}};,])\s*")
INDENT_OR_COMMENT = re.compile(r"^[ \t]*(?://.*\n)?", re.MULTILINE)
ADDRESS = re.compile(r'url\("(?P<address>[^":#]+)"\)')


def joined(sheet: str, folder: Path) -> str:
    """The sheet with each `@import` replaced by the file it names, in the same order."""

    def replace(match: re.Match[str]) -> str:
        text = moved((folder / match["file"]).read_text(encoding="utf-8"), match["file"])
        return f"@media {match['media']} {{\n{text}\n}}" if match["media"] else text

    return IMPORT.sub(replace, sheet)


def lean(sheet: str) -> str:
    """Without comments, indentation and spaces about signs; what stands in quotes stays."""
    without_comments = COMMENT_OR_SPACE.sub(lambda match: match["quoted"] or " ", sheet)
    return SPACED_SIGN.sub(lambda match: match["quoted"] or match["sign"], without_comments).strip()


def lean_script(script: str) -> str:
    """Without lines of comment and indentation: no script of ours has a text of several lines."""
    return INDENT_OR_COMMENT.sub("", script)


def moved(text: str, file: str) -> str:
    """A sheet's relative addresses as they read from the folder of the joined sheet."""
    start = posixpath.dirname(file)
    return ADDRESS.sub(
        lambda match: f'url("{posixpath.normpath(posixpath.join(start, match["address"]))}")', text
    )


class JoinedManifestStorage(CompressedManifestStaticFilesStorage):
    """One request for the sheets of site.css, one for those of tools.css.

    Development reads the same order through `@import`.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            # Hash what is written here, not the source that the finder knows.
            for name in [name for name in paths if name in SHEETS or name.startswith("js/")]:
                own = Path(self.path(name))
                text = own.read_text(encoding="utf-8")
                lighter = lean(joined(text, own.parent)) if name in SHEETS else lean_script(text)
                own.write_text(lighter, encoding="utf-8")
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[no-untyped-call]
