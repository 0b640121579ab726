from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuesConfig(AppConfig):
    name = "barnraise.what.issues"
    label = "issues"
    verbose_name = _("Concerns")
    default_auto_field = "django.db.models.BigAutoField"
