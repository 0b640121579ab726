from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_outbox")]
    operations = [
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("queued", "Waiting"),
                    ("sending", "Being sent"),
                    ("handed_over", "Handed over"),
                    ("bounced", "Came back"),
                    ("failed", "Failed"),
                    ("suppressed", "Not sent"),
                    ("cancelled", "Cancelled"),
                ],
                default="queued",
                max_length=12,
                verbose_name="state",
            ),
        ),
    ]
