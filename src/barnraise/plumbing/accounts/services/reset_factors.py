"""Help somebody who lost phone, key and recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record

from ..models import Account
from ..policies import require_admin
from .letters import post
from .sessions import end_sessions


def reset_factors(*, account: Account, by: Any) -> int:
    """Remove every second factor of the account and end its sessions; its password lets it in again. Gives how many went.

    The account is told by mail. Raises Refused, or ValidationError for one's own account.
    """
    require_admin(by)
    if by is not None and by.pk == account.pk:
        raise ValidationError(_("Remove your own second factor on the page of your account."))
    with transaction.atomic():
        removed = int(Authenticator.objects.filter(user_id=account.pk).delete()[0])
        if not removed:
            return 0
        end_sessions(account=account, by=by)
        record(by=by, verb="accounts.factors_reset", about=[account], details={"count": removed})
    post(name="factors_reset", to=account.email, language=account.language, context={"account": account})
    return removed
