"""Writing a table: read and compare first, then write only the differences.

A run that changes nothing writes nothing, so locks are short and "nothing changed" is true.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.db import models
from django.utils import timezone

BATCH = 2000


@dataclass(frozen=True)
class Changes:
    """How many rows a sync added, changed, retired or deleted, and left as they were."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.added + other.added,
            self.changed + other.changed,
            self.gone + other.gone,
            self.same + other.same,
        )

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.gone)

    def __str__(self) -> str:
        if not self.any:
            return f"nothing changed ({self.same:,} rows)"
        return (
            f"{self.added:,} added, {self.changed:,} changed, {self.gone:,} gone, "
            f"{self.same:,} as before"
        )


Key = tuple[Any, ...]


def sync(
    scope: models.QuerySet[Any],
    rows: Iterable[models.Model],
    *,
    key: Sequence[str],
    fields: Sequence[str],
    gone: Literal["delete", "retire", "keep"] = "delete",
) -> Changes:
    """Make `scope` hold `rows`, which are unsaved instances of its model.

    `key` and `fields` are attribute names ("guide_id", not "guide"); `key` must be a unique
    constraint of the model or its primary key. Rows of the scope that are not in `rows` are
    deleted, retired (`retired_at` set; a row that returns is restored) or kept. Call inside the
    importer's transaction. Raises ValueError when two rows have one key.
    """
    model = scope.model
    wanted = _by_key(rows, key)
    compared = [*fields, "retired_at"] if gone == "retire" else list(fields)
    present = {
        row[: len(key)]: row[len(key) :] for row in scope.values_list(*key, *compared).iterator()
    }
    new = [row for k, row in wanted.items() if k not in present]
    changed = [
        row
        for k, row in wanted.items()
        if k in present and tuple(_stored(row, name) for name in compared) != present[k]
    ]
    model._default_manager.bulk_create(new, batch_size=BATCH)
    if changed:
        model._default_manager.bulk_create(
            changed,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[_field_name(model, name) for name in key],
            update_fields=[_field_name(model, name) for name in compared],
        )
    vanished = [k for k in present if k not in wanted]
    if gone == "retire":  # those already retired stay as they are
        vanished = [k for k in vanished if present[k][-1] is None]
    if gone != "keep":
        _remove(scope, key, vanished, gone)
    return Changes(
        added=len(new),
        changed=len(changed),
        gone=len(vanished) if gone != "keep" else 0,
        same=len(wanted) - len(new) - len(changed),
    )


def _by_key(rows: Iterable[models.Model], key: Sequence[str]) -> dict[Key, models.Model]:
    found: dict[Key, models.Model] = {}
    for row in rows:
        k = tuple(_stored(row, name) for name in key)
        if k in found:
            raise ValueError(f"two rows have the key {k}")
        found[k] = row
    return found


def _stored(row: models.Model, name: str) -> Any:
    """The value as the database gives it back, so that 3 and Decimal("3.0") compare equal."""
    return _field(type(row), name).to_python(getattr(row, name))


def _field_name(model: type[models.Model], attribute: str) -> str:
    return _field(model, attribute).name


def _field(model: type[models.Model], attribute: str) -> models.Field[Any, Any]:
    return cast("models.Field[Any, Any]", model._meta.get_field(attribute))


def _remove(scope: models.QuerySet[Any], key: Sequence[str], vanished: list[Key], how: str) -> None:
    """By primary key, looked up once: a natural key of several columns has no portable IN."""
    if not vanished:
        return
    gone = set(vanished)
    pks = [row[0] for row in scope.values_list("pk", *key) if row[1:] in gone]
    for start in range(0, len(pks), BATCH):
        batch = scope.model._default_manager.filter(pk__in=pks[start : start + BATCH])
        if how == "retire":
            batch.update(retired_at=timezone.now())
        else:
            batch.delete()
