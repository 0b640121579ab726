from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdaptationConfig(AppConfig):
    name = "barnraise.nowwhat.adaptation"
    label = "adaptation"
    verbose_name = _("Adaptation")
    default_auto_field = "django.db.models.BigAutoField"
