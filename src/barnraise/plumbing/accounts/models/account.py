"""An account: somebody who logs in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.roles import Role


class AccountQuerySet(models.QuerySet["Account"]):
    """Named selections of accounts."""

    def active(self) -> AccountQuerySet:
        """Those who may log in."""
        return self.filter(is_active=True)


class AccountManager(BaseUserManager["Account"]):
    """What Django's own tools need to make an account; Barnraise itself writes through services."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """A saved account with that e-mail (lower case) and password (None: cannot log in by password)."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """An admin."""
        return self.create_user(email, password, **{**fields, "role": Role.ADMIN})


class Account(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in with an e-mail address. `role` decides what they may do; there is no superuser."""

    class Roles(models.TextChoices):
        ADMIN = Role.ADMIN, _("Admin")
        COORDINATOR = Role.COORDINATOR, _("Coordinator")
        CONTRIBUTOR = Role.CONTRIBUTOR, _("Contributor")
        VIEWER = Role.VIEWER, _("Viewer")
        PARTNER = Role.PARTNER, _("Partner")

    class Themes(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Roles.choices, default=Roles.VIEWER)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Empty: the language of the browser.")
    )
    theme = models.CharField(_("appearance"), max_length=5, choices=Themes.choices, default=Themes.AUTO)
    is_active = models.BooleanField(_("may log in"), default=True)
    sessions_epoch = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Part of every session's hash: counting up ends them all at once.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AccountManager.from_queryset(AccountQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_email_once",
                violation_error_message=_("There is an account with this e-mail already."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """How libraries call somebody."""
        return str(self)

    def get_session_auth_hash(self) -> str:
        """What a session must hold to stay valid; changes with the password and whenever all sessions are ended."""
        return self._hash_of(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the secret keys that were in use before."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_of(secret)

    def _hash_of(self, secret: str | bytes) -> str:
        value = f"{self.password}:{self.sessions_epoch}"
        return salted_hmac("barnraise.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Django's word for who may use its admin: nobody, it is not installed."""
        return False
