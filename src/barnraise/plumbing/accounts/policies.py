"""Who may see and change accounts, invitations and tokens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused, admins, anyone, require, role_of, signed_in

may_see_accounts = admins
may_change_accounts = admins
may_invite = admins
may_see_own = signed_in
may_have_tokens = signed_in
"""A token does what its account may: that of a partner reaches what its portal shows, and nothing else."""
may_follow_link = anyone
"""Whoever holds the secret link of an invitation; without it the page says only that the link does not work."""


def may_revoke_token(actor: Any, token: Any = None) -> bool:
    """The account it belongs to, and admins."""
    if admins(actor):
        return True
    return token is not None and role_of(actor) != "" and token.account_id == actor.pk


def require_admin(by: Any) -> None:
    """Raise Refused unless `by` is an admin, or None: the system itself (command line, first start)."""
    if by is not None:
        require(admins, by, reason=_("Only an admin may do that. Nothing was changed."))


def require_self_or_admin(by: Any, account: Any) -> None:
    """Raise Refused unless `by` is that account, an admin, or None: the system itself."""
    if by is not None and not admins(by) and not (signed_in(by) and by.pk == account.pk):
        raise Refused(_("You may change only your own account. Nothing was changed."))
