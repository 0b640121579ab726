from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_services_hours_and_capacity"),
    ]
    operations = [
        migrations.RemoveField(model_name="service", name="found_by"),
    ]
