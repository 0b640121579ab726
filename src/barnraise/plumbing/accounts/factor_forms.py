"""The login library's forms about second factors, in the house's words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from .relabel import relabel

CODE = {"code": _("Code")}
CODE_HELP = {"code": _("Six digits from your authenticator app, or one of your recovery codes.")}


class AuthenticateForm(factors.AuthenticateForm):
    """The code that completes a login."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, CODE, helps=CODE_HELP)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ReauthenticateForm(factors.ReauthenticateForm):
    """The code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, CODE, helps=CODE_HELP)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, CODE, helps={"code": _("Six digits that the app shows now.")})
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A new passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(
            self,
            {
                "name": _("Name"),
                "passwordless": _("Log in with this key alone, without password"),
                "credential": _("Passkey"),
            },
            helps={
                "name": _("To tell your keys apart, like: phone, laptop, blue key."),
                "passwordless": _("The device asks for your fingerprint, face or PIN instead."),
            },
        )


class EditPasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"name": _("Name")})
