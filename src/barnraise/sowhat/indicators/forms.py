"""Forms of numbers that are written by hand or asked of partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.ui.forms import Form
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .models.observation import DIGITS, PLACES, Reason

REASONS = [(code, label) for code, label in Reason.choices if code != Reason.NOTHING]


class OrganisationField(forms.CharField):
    """An organisation by its full name or one of its numbers; cleans to the row, or None when it is empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Organisation"))
        options.setdefault("help_text", _("Its full name, or one of its numbers."))
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError when there is none of that name, or several."""
        text = squeeze(super().clean(value) or "")
        found = organisations.named(text) if text else []
        if len(found) > 1:
            raise ValidationError(
                _now("Several organisations have this name. Write one of the numbers of the one you mean.")
            )
        if text and not found:
            raise ValidationError(_now("There is no organisation of this name. Add it first."))
        return Organisation.objects.get(pk=found[0]) if found else None


class WriteForm(Form):
    """A number of a period, or the reason why there is none."""

    on = forms.DateField(
        label=_("A day of the period"), help_text=_("The month, quarter or year is told by it.")
    )
    value = forms.DecimalField(label=_("Number"), max_digits=DIGITS, decimal_places=PLACES, required=False)
    reason = forms.ChoiceField(label=_("Why there is none"), choices=[("", "–"), *REASONS], required=False)
    organisation = OrganisationField(
        label=_("Reported by"),
        required=False,
        help_text=_("A partner's full name; empty where it is our own number."),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    restating = forms.CharField(
        label=_("Why it changes"),
        max_length=300,
        required=False,
        help_text=_("Only for a locked period: shown with it."),
    )


class AskForm(Form):
    """Which partner to ask for which period, until when."""

    organisation = OrganisationField()
    on = forms.DateField(
        label=_("A day of the period"), help_text=_("The month, quarter or year is told by it.")
    )
    due_on = forms.DateField(label=_("Answer until"), required=False)
