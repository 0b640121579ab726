from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "barnraise.doors.site"
    label = "site"
    verbose_name = _("Website")
    default_auto_field = "django.db.models.BigAutoField"
