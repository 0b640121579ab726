"""The form of a snooze."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form


class SnoozeForm(Form):
    """Until when, and why."""

    until = forms.DateField(
        label=_("Wait until"),
        help_text=_("Up to and including this day Today says nothing about it, to nobody."),
    )
    reason = forms.CharField(
        label=_("Why it can wait"),
        max_length=200,
        help_text=_("Whoever looks at what is snoozed reads it, with your name."),
    )
