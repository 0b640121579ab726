"""Forms of the portal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form


class DoorForm(Form):
    """Where the way in is sent."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The one under which the partnership knows you."),
    )


class LateForm(Form):
    """Why it will be late."""

    reason = forms.CharField(
        label=_("Why it will be late, and until when you think"),
        max_length=300,
        help_text=_("The day stays as it was promised; the team reads what you write."),
    )


class MissionForm(Form):
    """What the organisation is for."""

    mission = forms.CharField(
        label=_("What your organisation is for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CorrectForm(Form):
    """What is wrong in the record."""

    text = forms.CharField(
        label=_("What is wrong, and what is right"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The team looks at it within a week."),
    )


class ConcernForm(Form):
    """What worries the organisation."""

    what = forms.CharField(label=_("What is your concern?"), max_length=300, help_text=_("In one sentence."))
    detail = forms.CharField(
        label=_("Tell us more"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class MoreForm(Form):
    """More about a concern."""

    text = forms.CharField(
        label=_("Say more, or why it is not settled"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SendForm(Form):
    """To which mailbox of a partner the way in goes."""

    to = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to"].choices = offered
