"""Lists sorted by kind or city are walked in an index, whichever page is asked for; so are branches."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [
        migrations.RemoveIndex(model_name="organisation", name="organisations_city"),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["kind", "id"], name="organisations_in_kind"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["city", "id"], name="organisations_in_city"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                fields=["parent", "name_folded", "id"],
                name="organisations_branches",
                condition=models.Q(parent__isnull=False),
            ),
        ),
    ]
