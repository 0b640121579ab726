"""Change what an account may do. The last active admin stays one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.roles import Role
from barnraise.plumbing.journal.services import record

from ..models import Account
from ..policies import require_admin
from ..sockets import role_given
from .add import clean_role


class LastAdmin(ValidationError):
    """Nobody else could administer the installation."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the last active admin. Make somebody else an admin first; nothing was changed.")
        )


def locked(account: Account) -> tuple[Account, bool]:
    """The row as it is now and whether it is the last active admin; all active admins' rows are held until the
    transaction ends, so that two requests cannot each take the other's for the one that remains.
    """
    keys = list(
        Account.objects.select_for_update()
        .filter(role=Role.ADMIN, is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    row = Account.objects.select_for_update().get(pk=account.pk)
    return row, keys == [row.pk]


def change_role(*, account: Account, role: str, by: Any) -> Account:
    """Give the account that role. Nothing happens when it has it. Raises Refused, LastAdmin, or ValidationError keyed role."""
    require_admin(by)
    role = clean_role(role)
    with transaction.atomic():
        row, is_last_admin = locked(account)
        before = row.role
        if before == role:
            return row
        if is_last_admin:
            raise LastAdmin
        row.role = role
        row.save(update_fields=["role", "updated_at"])
        role_given(row)
        record(
            by=by,
            verb="accounts.role_changed",
            about=[row],
            changes={"role": (str(before), str(role))},
            details={"role": str(role)},
        )
    return row
