from __future__ import annotations

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0001_initial'),
        ('organisations', '0009_services_with_public_ids'),
        ('people', '0005_find_by_status_language_and_email'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='commitment',
            name='commitments_settled',
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('settled_on__isnull', False)), fields=['settled_on', 'id'], name='commitments_settled'),
        ),
    ]
