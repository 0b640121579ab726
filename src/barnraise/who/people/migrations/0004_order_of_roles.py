"""Who works at an organisation, main contacts first, is walked in an index, however many they are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('people', '0003_walk_by_kind')]

    operations = [
        migrations.AddIndex(
            model_name='role',
            index=models.Index(
                fields=['organisation', '-is_main_contact', 'kind', 'id'], name='people_role_order'
            ),
        ),
    ]
