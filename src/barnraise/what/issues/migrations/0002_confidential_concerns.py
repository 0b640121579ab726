from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="is_confidential",
            field=models.BooleanField(db_default=False, default=False, verbose_name="confidential"),
        ),
    ]
