"""What was imported last, kept in the transaction that wrote the rows."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from careers.importers.files import BadFile
from careers.models import ImportRecord

_OWN_CODE = sorted(Path(__file__).parent.glob("*.py"))


def is_recorded(source: str, label: str, sha256: str) -> bool:
    return ImportRecord.objects.filter(source=source, label=label, sha256=sha256).exists()


def record(source: str, label: str, sha256: str, rows: int) -> None:
    """Call inside the importer's transaction; the same again writes nothing."""
    values = {"sha256": sha256, "rows": rows}
    if not ImportRecord.objects.filter(source=source, label=label, **values).exists():
        ImportRecord.objects.update_or_create(source=source, label=label, defaults=values)


@dataclass(frozen=True)
class Origin:
    """Where rows come from: an official file, or an embedded slice, which gives way to one.

    `path` is a file, or a folder with nothing else in it. `state` is what else the rows depend on.
    """

    path: Path
    embedded: bool = False
    state: str = ""

    @cached_property
    def digest(self) -> str:
        """A slice is read again when the code that reads it has changed."""
        paths = sorted(self.path.iterdir()) if self.path.is_dir() else [self.path]
        total = hashlib.sha256(self.state.encode())
        try:
            for path in [*paths, *(_OWN_CODE if self.embedded else ())]:
                total.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise BadFile(self.path, None, f"cannot be read ({error.strerror})") from error
        return total.hexdigest()

    def gives_way(self, source: str, label: str = "") -> bool:
        """Whether an official file of that edition or release (any, without a label) was read."""
        records = ImportRecord.objects.filter(source=source)
        return self.embedded and (records.filter(label=label) if label else records).exists()

    def is_recorded(self, source: str, label: str) -> bool:
        return is_recorded(self._name(source), label, self.digest)

    def record(self, source: str, label: str, rows: int) -> None:
        record(self._name(source), label, self.digest, rows)

    def _name(self, source: str) -> str:
        return f"{source}-embedded" if self.embedded else source
