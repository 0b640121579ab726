"""Forms of accounts. Each one's cleaned data are the arguments of a service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form

from .models import Account, Token

ROLE_HELP = _(
    "Admins also manage accounts and settings. Coordinators decide: imports, bulk actions, removing. "
    "Contributors record. Viewers read. Partners see only what concerns their own organisation."
)


def languages() -> list[tuple[str, Any]]:
    """Those the interface speaks."""
    return [(code, name) for code, name in settings.LANGUAGES]


class InviteForm(Form):
    """Whom to invite."""

    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(
        label=_("Role"), choices=Account.Roles.choices, initial=Account.Roles.CONTRIBUTOR, help_text=ROLE_HELP
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=languages)


class RoleForm(Form):
    """Another role."""

    role = forms.ChoiceField(label=_("Role"), choices=Account.Roles.choices, help_text=ROLE_HELP)


class EmailForm(Form):
    """Another address."""

    email = forms.EmailField(label=_("New e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class PasswordForm(Form):
    """Name and password of somebody who comes for the first time."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. A short sentence is easy to keep in mind and hard to guess."),
    )
    again = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        self.person_email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Both passwords alike, and strong enough for this person."""
        given = super().clean() or {}
        password = given.get("password")
        if password and "again" in given and password != given["again"]:
            self.add_error("again", _("The two passwords differ."))
        elif password:
            person = Account(email=given.get("email") or self.person_email, name=given.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as weak:
                self.add_error("password", weak)
        return given


class FirstAdminForm(PasswordForm):
    """The same, with the address."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    field_order = ("email", "name", "password", "again")


class OwnForm(Form):
    """What one sets about oneself."""

    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [("", _("As the browser")), *languages()],
        required=False,
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Account.Themes.choices)


class TokenForm(Form):
    """A token to make."""

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("For example: nightly export to the warehouse.")
    )
    scope = forms.ChoiceField(
        label=_("What it may do"),
        choices=Token.Scopes.choices,
        initial=Token.Scopes.READ,
        widget=forms.RadioSelect,
        help_text=_("Never more than your own role allows."),
    )
    days = forms.TypedChoiceField(
        label=_("Works for"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("1 year"))],
        initial=365,
        coerce=int,
    )
