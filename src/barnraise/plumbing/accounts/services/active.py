"""Deactivate and reactivate."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record

from ..models import Account
from ..policies import require_admin
from .change_role import LastAdmin, locked
from .sessions import drop_sessions


def deactivate(*, account: Account, by: Any) -> Account:
    """It may not log in from now on; its sessions end and its tokens are revoked at once. What it did stays.

    Nothing happens when it is inactive. Raises Refused, LastAdmin, or ValidationError for one's own account.
    """
    require_admin(by)
    with transaction.atomic():
        row, is_last_admin = locked(account)
        if not row.is_active:
            return row
        if is_last_admin:
            raise LastAdmin
        if by is not None and row.pk == by.pk:
            raise ValidationError(_("You cannot deactivate your own account; another admin can."))
        row.is_active = False
        row.sessions_epoch += 1
        row.save(update_fields=["is_active", "sessions_epoch", "updated_at"])
        revoked = row.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
        drop_sessions(row)
        record(
            by=by,
            verb="accounts.deactivated",
            about=[row],
            changes={"is_active": (True, False)},
            details={"tokens": revoked},
        )
    return row


def reactivate(*, account: Account, by: Any) -> Account:
    """It may log in again with its password and second factor; ended sessions and tokens stay ended. Raises Refused."""
    require_admin(by)
    with transaction.atomic():
        row, _is_last = locked(account)
        if row.is_active:
            return row
        row.is_active = True
        row.save(update_fields=["is_active", "updated_at"])
        record(by=by, verb="accounts.reactivated", about=[row], changes={"is_active": (False, True)})
    return row
