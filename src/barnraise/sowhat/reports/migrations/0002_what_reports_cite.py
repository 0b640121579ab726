"""What the lines of issued reports walk back to, so that the thread leads down to them."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Of reports that were issued before."""
    report, cited = apps.get_model("reports", "Report"), apps.get_model("reports", "Cited")
    for row in report.objects.filter(issued_on__isnull=False).only("content").iterator(chunk_size=50):
        lines = (line for one in row.content for part in one["parts"] for line in part["lines"])
        refs = dict.fromkeys(line["ref"] for line in lines if line.get("ref"))
        cited.objects.bulk_create(cited(report_id=row.pk, ref=ref) for ref in refs)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Cited",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("ref", models.CharField(max_length=120)),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cited",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "what a report cites",
                "verbose_name_plural": "what reports cite",
                "indexes": [models.Index(fields=["ref", "report"], name="reports_citing")],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "ref"), name="reports_cited_once")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
