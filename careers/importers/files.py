"""Getting bytes and rows out of official files, whatever they are wrapped in.

Every reader raises `BadFile` with the file and the place in it; commands print it as one line.
"""

import bz2
import codecs
import csv
import gzip
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

# The largest official file (Scorecard) unpacks to 160 MB: more than this is a bomb or a mistake.
MOST_BYTES = 512 * 1024 * 1024


class BadFile(Exception):
    """A file that cannot be imported: says which, where and why, in one line."""

    def __init__(self, path: Path | str, place: str | int | None, reason: str) -> None:
        where = f", line {place}" if isinstance(place, int) else f", {place}" if place else ""
        super().__init__(f"{Path(path).name}{where}: {reason}")


class Limited(io.RawIOBase):
    """Stops a file that unpacks without end: BadFile after so many bytes."""

    def __init__(self, stream: BinaryIO, path: Path, most: int) -> None:
        self._stream, self._path, self._most, self._left = stream, path, most, most

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self._left -= len(content)
        if self._left < 0:
            raise BadFile(self._path, None, f"unpacks to more than {self._most // 2**20} MB")
        return content


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The whole content, unpacked by what the file is (.gz, .xz, .bz2, .zip), not by its name."""
    try:
        with open_unpacked(path) as stream:
            content = stream.read(most + 1)
    except FileNotFoundError as error:
        raise BadFile(path, None, "there is no such file") from error
    except (OSError, EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile) as error:
        raise BadFile(path, None, f"cannot be unpacked ({error})") from error
    if len(content) > most:
        raise BadFile(path, None, f"unpacks to more than {most // 1024 // 1024} MB")
    return content


def open_unpacked(path: Path) -> BinaryIO:
    with path.open("rb") as raw:
        magic = raw.read(6)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.open(path, "rb")  # type: ignore[return-value]
    if magic.startswith(b"\xfd7zXZ"):
        return lzma.open(path, "rb")  # type: ignore[return-value]
    if magic.startswith(b"BZh"):
        return bz2.open(path, "rb")  # type: ignore[return-value]
    if magic.startswith(b"PK\x03\x04") and path.suffix.lower() != ".xlsx":
        return _only_member(path)
    return path.open("rb")


def _only_member(path: Path) -> BinaryIO:
    """The one data file of an archive; NCES adds `_rv` (revised) files, which win."""
    archive = zipfile.ZipFile(path)
    names = [name for name in archive.namelist() if not name.endswith("/")]
    wanted = [n for n in names if n.lower().endswith((".csv", ".xml", ".tsv", ".txt"))] or names
    revised = [name for name in wanted if "_rv" in name.lower()]
    chosen = revised or wanted
    if len(chosen) != 1:
        raise BadFile(path, None, f"holds {len(chosen)} data files; one was expected")
    return archive.open(chosen[0])  # type: ignore[return-value]


def sha256(path: Path) -> str:
    """Of the file as it lies there, packed or not."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_text(path: Path) -> str:
    """UTF-8 with or without a byte-order mark, else Windows-1252, as older NCES years are."""
    content = read_bytes(path)
    return content.decode(_encoding(content), errors="replace")


def _encoding(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


Row = dict[str, str]


def read_table(
    path: Path, columns: Sequence[str], delimiter: str = ","
) -> Iterator[tuple[int, Row]]:
    """(line, row) of a table with a header; cells trimmed, names of columns in capitals or not.

    `columns` must all be there, as spelled; others are passed through.
    """
    content = read_bytes(path)
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise BadFile(path, line, "holds a NUL character")
    if content[:100].removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"<":
        raise BadFile(path, 1, "is a web page or XML, not a table")
    # Decoded as it is read: the text of the largest file at once would take 600 MB.
    stream = io.TextIOWrapper(
        io.BytesIO(content), encoding=_encoding(content), errors="replace", newline=""
    )
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in columns if name not in header]
        if missing:
            raise BadFile(path, 1, f"lacks the column {', '.join(missing)}")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise BadFile(
                    path, reader.line_num, f"has {len(cells)} cells; {len(header)} were expected"
                )
            yield reader.line_num, dict(zip(header, map(unquoted, cells), strict=True))
    except csv.Error as error:
        raise BadFile(path, reader.line_num, str(error)) from error


def unquoted(cell: str) -> str:
    """Trimmed; `="01.0000"`, a spreadsheet's way to keep a code as text, becomes `01.0000`."""
    cell = cell.strip()
    if cell[:2] == '="' and cell[2:][-1:] == '"':  # slices are faster, and this runs on each cell
        return cell[2:-1].strip()
    return cell
