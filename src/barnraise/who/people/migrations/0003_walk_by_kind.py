"""The list of people sorted by kind is walked in an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('people', '0002_former_addresses')]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['kind', 'id'], name='people_in_kind'),
        ),
    ]
