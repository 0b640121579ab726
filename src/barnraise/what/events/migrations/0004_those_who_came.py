from __future__ import annotations

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0003_registrations_by_last_change'),
        ('people', '0005_find_by_status_language_and_email'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(condition=models.Q(('came_at__isnull', False)), fields=['created_at', 'id'], name='events_of_those_who_came'),
        ),
    ]
