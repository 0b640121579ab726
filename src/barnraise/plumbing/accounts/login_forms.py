"""The login library's forms about passwords, in the house's words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as library
from django.utils.translation import gettext_lazy as _

from .relabel import relabel

NEW_PASSWORD = {
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}
GOOD_PASSWORD = {
    "password1": _("At least 10 characters. A short sentence is easy to keep in mind and hard to guess.")
}


class LoginForm(library.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"login": _("E-mail"), "password": _("Password")})
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ReauthenticateForm(library.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"password": _("Password")})


class ResetPasswordForm(library.ResetPasswordForm):
    """Where the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"email": _("E-mail")})


class ResetPasswordKeyForm(library.ResetPasswordKeyForm):
    """A new password, by the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, NEW_PASSWORD, helps=GOOD_PASSWORD)


class ChangePasswordForm(library.ChangePasswordForm):
    """A new password for the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, NEW_PASSWORD, helps=GOOD_PASSWORD)


class SetPasswordForm(library.SetPasswordForm):
    """A first password, for an account that has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, NEW_PASSWORD, helps=GOOD_PASSWORD)
