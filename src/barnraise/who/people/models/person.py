"""A person: somebody we know, wherever they live or work."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.files.models import File
from barnraise.who.communities.models import Community
from barnraise.who.organisations.models import Source


class Person(models.Model):
    """A resident, partner's representative, volunteer or one of our team; whether they log in is `account`'s matter.

    `display_name` is what lists show; where nobody gave one it is the given and the family name. `family_folded` sorts by
    family name. `city` to `is_approximate` repeat where the person is, and `has_email` and `has_phone` whether they can be
    reached, for lists; the services derive them.
    """

    class Kind(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        REPRESENTATIVE = "representative", _("Works with an organisation")
        VOLUNTEER = "volunteer", _("Volunteer")
        STAFF = "staff", _("Our team")
        OTHER = "other", _("Other person")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        INACTIVE = "inactive", _("Moved away or no longer involved")
        DECEASED = "deceased", _("Deceased")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    display_name = models.CharField(_("shown as"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    family_folded = models.CharField(max_length=200, editable=False)
    pronunciation = models.CharField(_("how to say the name"), max_length=200, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.OTHER)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ACTIVE)
    language = models.CharField(_("preferred language"), max_length=10, blank=True)
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    photo = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who keeps the relation"),
    )
    about = models.TextField(_("about"), blank=True)
    custom = models.JSONField(_("custom fields"), default=dict, blank=True)
    facts = models.JSONField(
        default=dict,
        blank=True,
        help_text="what a source says beyond the fields here: code -> text as given",
    )
    city = models.CharField(max_length=120, blank=True, editable=False)
    region = models.CharField(max_length=80, blank=True, editable=False)
    country = models.CharField(max_length=2, blank=True, editable=False)
    lat = models.FloatField(null=True, editable=False)
    lon = models.FloatField(null=True, editable=False)
    is_approximate = models.BooleanField(default=False, editable=False)
    has_email = models.BooleanField(default=False, editable=False)
    has_phone = models.BooleanField(default=False, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    source_at = models.DateTimeField(help_text="when its source said so last")
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="people_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="people_name"),
            models.Index(fields=["family_folded", "id"], name="people_family"),
            models.Index(fields=["kind", "name_folded", "id"], name="people_kind"),
            models.Index(fields=["kind", "id"], name="people_in_kind"),
            models.Index(fields=["city", "id"], name="people_in_city"),
            models.Index(fields=["status", "id"], name="people_status"),
            models.Index(fields=["language", "id"], name="people_language"),
            models.Index(fields=["has_email", "id"], name="people_with_email"),
            models.Index(
                fields=["community", "name_folded", "id"],
                name="people_community",
                condition=Q(community__isnull=False),
            ),
            models.Index(
                fields=["owner", "name_folded", "id"], name="people_owner", condition=Q(owner__isnull=False)
            ),
            models.Index(fields=["updated_at", "id"], name="people_updated"),
            models.Index(fields=["id"], name="people_sample", condition=Q(is_sample=True)),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("people:one", args=[self.uuid])

    @property
    def is_active(self) -> bool:
        """Neither moved away nor deceased."""
        return self.status == self.Status.ACTIVE
