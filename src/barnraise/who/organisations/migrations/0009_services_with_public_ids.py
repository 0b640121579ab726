"""Saved rows get an id that may leave the house, each its own."""

import uuid

from django.db import migrations, models

ROWS = 2000


def give(apps, schema_editor):
    kept = apps.get_model("organisations", "service").objects.using(schema_editor.connection.alias)
    while rows := list(kept.filter(uuid=None)[:ROWS]):
        for row in rows:
            row.uuid = uuid.uuid4()
        kept.bulk_update(rows, ["uuid"])


class Migration(migrations.Migration):
    dependencies = [("organisations", "0008_gives_without_a_place")]
    operations = [
        migrations.AddField("service", "uuid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(give, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "service", "uuid", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
        ),
    ]
