"""Who may open the pages that libraries bring, by URL name. A page missing here is not served."""

from __future__ import annotations

from barnraise.foundation.policy import Policy, anyone, nobody, signed_in

_PUBLIC = (
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
)
_OWN = (
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_signup_webauthn",
    "usersessions_list",
)

_CLOSED = (
    "account_signup",
    "account_inactive",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_request_login_code",
)

FOREIGN: dict[str, Policy] = {
    **dict.fromkeys(_PUBLIC, anyone),
    **dict.fromkeys(_OWN, signed_in),
    **dict.fromkeys(_CLOSED, nobody),
}
