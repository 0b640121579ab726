"""Writes of accounts."""

from .active import deactivate, reactivate
from .add import AccountExists, add_account
from .change_email import ask_for_email, change_email, confirm_email
from .change_own import change_own
from .change_role import LastAdmin, change_role
from .first_admin import LinkIsDead, accept_first_admin, first_admin_link
from .invitations import Invited, accept_invitation, invite, resend_invitation, revoke_invitation
from .note_security import note_security
from .purge import purge
from .reset_factors import reset_factors
from .sessions import end_session, end_sessions, note_session
from .tokens import add_token, rename_token, revoke_token, touch_token

__all__ = [
    "AccountExists",
    "Invited",
    "LastAdmin",
    "LinkIsDead",
    "accept_first_admin",
    "accept_invitation",
    "add_account",
    "add_token",
    "ask_for_email",
    "change_email",
    "change_own",
    "change_role",
    "confirm_email",
    "deactivate",
    "end_session",
    "end_sessions",
    "first_admin_link",
    "invite",
    "note_security",
    "note_session",
    "purge",
    "reactivate",
    "rename_token",
    "resend_invitation",
    "reset_factors",
    "revoke_invitation",
    "revoke_token",
    "touch_token",
]
