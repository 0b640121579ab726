from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0002_campaigns_in_languages'),
        ('mail', '0003_returned'),
        ('people', '0005_find_by_status_language_and_email'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='campaignreader',
            index=models.Index(condition=models.Q(('unsubscribed_at__isnull', False)), fields=['campaign'], name='campaigns_unsubscribed_from'),
        ),
    ]
