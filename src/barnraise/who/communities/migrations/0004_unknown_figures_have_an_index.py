from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0003_population_of_figures"),
    ]
    operations = [
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(condition=models.Q(("value__isnull", True)), fields=["id"], name="communities_figure_unknown"),
        ),
    ]
