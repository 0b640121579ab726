"""The settings form of the installation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form

from . import choices
from .models import SMALLEST_THRESHOLD, Installation

FIELDS = (
    "network_name",
    "place",
    "default_language",
    "languages",
    "time_zone",
    "currency",
    "fiscal_year_start_month",
    "disclosure_threshold",
)


class InstallationForm(Form):
    """All facts at once; its cleaned data are the arguments of `change_installation`."""

    network_name = forms.CharField(label=_("Name of the partnership"), max_length=120, required=False)
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        help_text=_("The town, county or region it works in."),
    )
    default_language = forms.ChoiceField(
        label=_("Main language"),
        choices=choices.languages,
        help_text=_("For people who have chosen none."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=choices.languages,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those the partnership works in."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=choices.time_zone_choices,
        help_text=_("Dates and times are shown in it."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=choices.currencies)
    fiscal_year_start_month = forms.TypedChoiceField(
        label=_("First month of the fiscal year"), choices=choices.months, coerce=int
    )
    disclosure_threshold = forms.IntegerField(
        label=_("Smallest count shown"),
        min_value=SMALLEST_THRESHOLD,
        max_value=100,
        help_text=_("Counts of people below this number are hidden in what is published."),
        error_messages={"min_value": _("The threshold must be at least 3.")},
    )

    @classmethod
    def of(cls, row: Installation, given: Any = None) -> InstallationForm:
        """The form with what stands; `given` is what was sent."""
        return cls(given, initial={name: getattr(row, name) for name in FIELDS})
