"""The indexes that begin with the series serve it alone too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0002_count_what_was_brought_along'),
    ]

    operations = [
        migrations.AlterField(
            model_name='listing',
            name='series',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='imports.series'),
        ),
    ]
