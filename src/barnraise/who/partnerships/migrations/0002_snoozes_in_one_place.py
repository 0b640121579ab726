from django.db import migrations


def hand_over(apps, schema_editor):
    """Snoozes that still wait go to the place where all of Today's stand."""
    snooze = apps.get_model("snoozes", "Snooze")
    rows = apps.get_model("partnerships", "Partnership").objects.filter(snoozed_until__isnull=False)
    for key, until, reason in rows.values_list("pk", "snoozed_until", "snooze_reason"):
        snooze.objects.get_or_create(
            card="partnerships.silences",
            kind="partnerships.partnership",
            key=key,
            defaults={"until": until, "reason": reason},
        )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial"), ("snoozes", "0001_snoozes")]

    operations = [
        migrations.RunPython(hand_over, migrations.RunPython.noop),
        migrations.RemoveField("partnership", "snoozed_until"),
        migrations.RemoveField("partnership", "snooze_reason"),
    ]
