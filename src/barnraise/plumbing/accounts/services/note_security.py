"""Journal what people do to their own password and second factor on the pages of the login library."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record

VERBS = {
    "account/email/password_changed": "accounts.password_changed",
    "account/email/password_set": "accounts.password_changed",
    "account/email/password_reset": "accounts.password_reset",
    "mfa/email/totp_activated": "accounts.factor_added",
    "mfa/email/totp_deactivated": "accounts.factor_removed",
    "mfa/email/webauthn_added": "accounts.passkey_added",
    "mfa/email/webauthn_removed": "accounts.passkey_removed",
    "mfa/email/recovery_codes_generated": "accounts.recovery_codes_made",
}
"""The library's notice of an event -> the verb it leaves in the journal."""


def note_security(*, notice: str, account: Any) -> None:
    """Leave the sentence that belongs to this notice; other notices leave none."""
    verb = VERBS.get(notice)
    if verb:
        with transaction.atomic():
            record(by=account, verb=verb, about=[account])
