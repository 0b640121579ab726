from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoiConfig(AppConfig):
    name = "barnraise.sowhat.roi"
    label = "roi"
    verbose_name = _("Cost and value")
    default_auto_field = "django.db.models.BigAutoField"
