from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import migrations, models

LIVE = ("prospect", "contact", "forming", "active")


def reckon(apps, schema_editor):
    """As the services do from now on: so many days after the last contact, or after the relation began."""
    facts = apps.get_model("profile", "Installation").objects.filter(pk=1).first()
    zone = ZoneInfo(facts.time_zone if facts else "UTC")
    heard = apps.get_model("interactions", "Heard").objects
    partnerships = apps.get_model("partnerships", "Partnership").objects
    rows = partnerships.filter(cadence_days__isnull=False, stage__in=LIVE).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        batch = list(rows.filter(pk__in=keys[start : start + 500]))
        said = {}
        for kind in ("person", "organisation"):
            column = f"{kind}_id"
            there = heard.filter(**{f"{column}__in": [getattr(row, column) for row in batch if getattr(row, column)]})
            said |= {(kind, one[0]): one[1:] for one in there.values_list(column, "last_at", "team_last_at")}
        for row in batch:
            whom = ("person", row.person_id) if row.person_id else ("organisation", row.organisation_id)
            for name, at in zip(("due_all_on", "due_team_on"), said.get(whom, (None, None)), strict=True):
                begin = at.astimezone(zone).date() if at else row.begun_on
                setattr(row, name, begin + timedelta(days=row.cadence_days))
        partnerships.bulk_update(batch, ["due_all_on", "due_team_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0002_snoozes_in_one_place"),
        ("interactions", "0001_initial"),
        ("profile", "0001_initial"),
    ]

    operations = [
        migrations.AddField("partnership", "due_all_on", models.DateField(editable=False, null=True, verbose_name="next contact until")),
        migrations.AddField("partnership", "due_team_on", models.DateField(editable=False, null=True, verbose_name="next contact until, of what the team reads")),
        migrations.AddIndex("partnership", models.Index(fields=["due_all_on", "id"], name="partnerships_due_all")),
        migrations.AddIndex("partnership", models.Index(fields=["due_team_on", "id"], name="partnerships_due_team")),
        migrations.RunPython(reckon, migrations.RunPython.noop),
    ]
