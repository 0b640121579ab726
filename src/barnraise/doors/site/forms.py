"""Forms of the website and of its page in the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form

from . import selectors
from .models import PublicNumber

WAYS = (
    ("volunteer", _("As a volunteer")),
    ("partner", _("As a partner organisation")),
    ("leader", _("As somebody who speaks for a community")),
)


class InvolvedForm(Form):
    """Who wants to get involved, and how."""

    way = forms.ChoiceField(label=_("How"), choices=WAYS, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    message = forms.CharField(
        label=_("What would you like to do?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class SignUpForm(Form):
    """Who signs up."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class NumberForm(Form):
    """Which indicator becomes public, and what it says."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    about = forms.CharField(
        label=_("What it says, in plain words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, number: PublicNumber | None = None, **kwargs: Any) -> None:
        if number is not None:
            kwargs["initial"] = {"about": number.about}
        super().__init__(*args, **kwargs)
        if number is not None:
            del self.fields["indicator"]
            return
        self.rows = {str(one.uuid): one for one in selectors.not_public()}
        field: Any = self.fields["indicator"]
        field.choices = [(uuid, AsWritten(one.name)) for uuid, one in self.rows.items()]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "indicator": self.rows[self.cleaned_data["indicator"]],
            "about": self.cleaned_data["about"],
        }
