from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_drafts")]
    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["returned_at"],
                name="mail_returned",
                condition=models.Q(returned_at__isnull=False),
            ),
        ),
    ]
