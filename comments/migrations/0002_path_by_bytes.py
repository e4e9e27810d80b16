"""On PostgreSQL a path sorts and ranges by bytes, whatever language the database speaks."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def sort_by_bytes(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite compares bytes already."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            'ALTER TABLE comments_comment ALTER COLUMN path TYPE varchar(1608) COLLATE "C"'
        )


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]

    operations = [migrations.RunPython(sort_by_bytes, migrations.RunPython.noop)]
