import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# All but the actor, who is forgotten when a moderator's account is erased.
SAID = (
    "comment_id, source, from_state, to_state, reason, public_note, private_note, batch,"
    " undo_of_id, created"
)
REFUSE = {
    "sqlite": [
        f"""
        CREATE TRIGGER moderationaction_unchanged BEFORE UPDATE OF {SAID}
        ON comments_moderationaction
        BEGIN SELECT RAISE(ABORT, 'A moderation action is never changed.'); END
        """
    ],
    "postgresql": [
        """
        CREATE FUNCTION moderationaction_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'A moderation action is never changed.'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER moderationaction_unchanged BEFORE UPDATE OF {SAID}
        ON comments_moderationaction
        FOR EACH ROW EXECUTE FUNCTION moderationaction_unchanged()
        """,
    ],
}


def refuse_changes(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REFUSE[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0001_initial"),
        ("comments", "0004_akismet_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReaderNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("created", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="comment",
            name="comment_erased_is_empty",
        ),
        migrations.RemoveConstraint(
            model_name="moderationaction",
            name="moderationaction_moves",
        ),
        migrations.AddField(
            model_name="appeal",
            name="answer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="appeals_answered",
                to="comments.moderationaction",
            ),
        ),
        migrations.AddField(
            model_name="block",
            name="batch",
            field=models.UUIDField(blank=True, db_index=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="byline",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="report",
            name="answer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports_answered",
                to="comments.moderationaction",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="weight",
            field=models.FloatField(default=1.0),
        ),
        migrations.AddField(
            model_name="thread",
            name="closed_by_age",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="thread",
            name="opened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="slow_seconds",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="thread",
            name="slow_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "erased"), _negated=True),
                    models.Q(("author", None), ("byline", ""), ("html", ""), ("source", "")),
                    _connector="OR",
                ),
                name="comment_erased_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderationaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_state", models.F("to_state")), _negated=True),
                    ("source", "kept"),
                    _connector="OR",
                ),
                name="moderationaction_moves_or_keeps",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gte", 0)), name="report_weight_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slow_seconds", 0), ("slow_until__isnull", False), _connector="OR"
                ),
                name="thread_slow_for_a_time",
            ),
        ),
        migrations.AddField(
            model_name="readernote",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="notes_written",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="readernote",
            name="reader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="readernote",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="readernote_says_it"
            ),
        ),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop),
    ]
