"""The filter keeps in how many lessons a token stood. What it knew is learned again (version 0)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_path_by_bytes"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="tokenweight",
            name="weight",
        ),
        migrations.AddField(
            model_name="learnedfilter",
            name="version",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="tokenweight",
            name="good",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="tokenweight",
            name="pull",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="tokenweight",
            name="spam",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="spamlesson",
            name="passes",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
