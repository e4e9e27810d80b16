"""What was imported last from one source, kept in the transaction that wrote the rows."""

from careers.models import ImportRecord


def is_recorded(source: str, label: str, sha256: str) -> bool:
    return ImportRecord.objects.filter(source=source, label=label, sha256=sha256).exists()


def record(source: str, label: str, sha256: str, rows: int) -> None:
    """Call inside the importer's transaction; the same again writes nothing."""
    values = {"sha256": sha256, "rows": rows}
    if not ImportRecord.objects.filter(source=source, label=label, **values).exists():
        ImportRecord.objects.update_or_create(source=source, label=label, defaults=values)
