"""Saved rows get an id that may leave the house, each its own."""

import uuid

from django.db import migrations, models

ROWS = 2000


def give(apps, schema_editor):
    kept = apps.get_model("ui", "savedview").objects.using(schema_editor.connection.alias)
    while rows := list(kept.filter(uuid=None)[:ROWS]):
        for row in rows:
            row.uuid = uuid.uuid4()
        kept.bulk_update(rows, ["uuid"])


class Migration(migrations.Migration):
    dependencies = [("ui", "0001_saved_views")]
    operations = [
        migrations.AddField("savedview", "uuid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(give, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "savedview", "uuid", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
        ),
    ]
