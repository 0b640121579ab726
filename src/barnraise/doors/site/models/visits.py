"""How often pages that serve something are read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageVisits(models.Model):
    """How often a page was opened on one day. No visitor is told from another: no cookie, no address, nothing of who it was is kept."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page"))
    on = models.DateField(_("day"), help_text=_("in the installation's time zone"))
    count = models.IntegerField(_("visits"), default=0)

    class Meta:
        verbose_name = _("visits of a page")
        verbose_name_plural = _("visits of pages")
        constraints = [models.UniqueConstraint(fields=["page", "on"], name="site_visits_once")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.on}: {self.count}"
