from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfileConfig(AppConfig):
    name = "barnraise.plumbing.profile"
    label = "profile"
    verbose_name = _("Profile")
    default_auto_field = "django.db.models.BigAutoField"
