"""The very first admin, by a one-time link."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.roles import Role
from barnraise.foundation.tokens import digest, new_token
from barnraise.plumbing.journal.services import record

from ..models import Account, FirstAdminLink
from ..selectors import has_active_admin
from .add import make

LASTS = timedelta(days=7)
"""How long the link works; every start without an admin makes a new one."""


class LinkIsDead(ValidationError):
    """The link is unknown, used, too old, or an admin exists by now."""

    def __init__(self) -> None:
        super().__init__(_("This link no longer works. Start the server again for a new one."))


def first_admin_link(*, base_url: str) -> str | None:
    """A fresh address below `base_url` (scheme and host, no slash at the end) that makes the first admin, once.

    Earlier unused links die. None when an active admin exists.
    """
    if has_active_admin():
        return None
    secret = new_token("first")
    with transaction.atomic():
        FirstAdminLink.objects.filter(used_at=None).delete()
        FirstAdminLink.objects.create(digest=digest(secret), expires_at=timezone.now() + LASTS)
    return base_url.rstrip("/") + reverse("accounts:first_admin", kwargs={"secret": secret})


def first_admin_link_works(secret: str) -> bool:
    """Whether this secret would make the first admin now."""
    return not has_active_admin() and _open(secret).exists()


def accept_first_admin(*, secret: str, email: str, name: str, password: str) -> Account:
    """The first admin. Raises LinkIsDead, AccountExists, or ValidationError keyed email or password."""
    with transaction.atomic():
        link = _open(secret).select_for_update().first()
        if link is None or has_active_admin():
            raise LinkIsDead
        account = make(email=email, role=Role.ADMIN, name=name, password=password)
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        record(by=account, verb="accounts.first_admin", about=[account])
    return account


def _open(secret: str) -> QuerySet[FirstAdminLink]:
    return FirstAdminLink.objects.filter(digest=digest(secret), used_at=None, expires_at__gt=timezone.now())
