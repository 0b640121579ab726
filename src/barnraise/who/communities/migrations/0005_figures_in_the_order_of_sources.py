from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_unknown_figures_have_an_index")]

    operations = [
        migrations.AddIndex("figure", models.Index(fields=["source", "id"], name="communities_figure_by_source")),
    ]
