"""The filters of the list by status, language and e-mail have an index to find few rows by."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('people', '0004_order_of_roles')]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['status', 'id'], name='people_status'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['language', 'id'], name='people_language'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['has_email', 'id'], name='people_with_email'),
        ),
    ]
