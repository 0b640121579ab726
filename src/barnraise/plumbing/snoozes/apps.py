from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SnoozesConfig(AppConfig):
    name = "barnraise.plumbing.snoozes"
    label = "snoozes"
    verbose_name = _("Snoozed reminders")
    default_auto_field = "django.db.models.BigAutoField"
