"""The questions of the first run, and the switches of language and appearance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.profile import selectors as profile
from barnraise.plumbing.profile.models import Installation
from barnraise.plumbing.ui.forms import Form
from barnraise.who.communities.models import Community


class NameForm(Form):
    """What the partnership is called."""

    network_name = forms.CharField(
        label=_("Name of the partnership"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        help_text=_("Like “Riverbend Together”."),
    )


class PlaceForm(Form):
    """Where it works, and what kind of place that is."""

    place = forms.CharField(label=_("Place"), max_length=120, help_text=_("Like “Riverbend”."))
    kind = forms.ChoiceField(
        label=_("Kind of place"), choices=Community.Kind.choices, initial=Community.Kind.TOWN
    )


class LanguageForm(Form):
    """Which language most read."""

    default_language = forms.ChoiceField(
        label=_("Main language"), choices=profile.languages, widget=forms.RadioSelect
    )


class TimeZoneForm(Form):
    """Which time zone it is in."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=profile.time_zone_choices,
        widget=forms.Select(attrs={"data-device-zone": "UTC"}),
        help_text=_("By continent and town. That of this device is chosen already where it is known."),
    )


class CurrencyForm(Form):
    """Which currency it counts in."""

    currency = forms.ChoiceField(label=_("Currency"), choices=profile.currencies)


FORMS: dict[str, type[Form]] = {
    "name": NameForm,
    "place": PlaceForm,
    "language": LanguageForm,
    "time_zone": TimeZoneForm,
    "currency": CurrencyForm,
}


def form_of(step: str, facts: Installation, given: Any = None) -> Form | None:
    """The form of that step with what stands; None for a step that asks nothing."""
    made = FORMS.get(step)
    if made is None:
        return None
    stands = {name: getattr(facts, name) for name in made.base_fields if hasattr(facts, name)}
    return made(given, initial=stands)


class LanguageSwitch(forms.Form):
    """The language somebody chose for themselves; empty: the browser's."""

    language = forms.ChoiceField(choices=[("", ""), *settings.LANGUAGES], required=False)


class ThemeSwitch(forms.Form):
    """Light, dark, or as the device."""

    theme = forms.ChoiceField(choices=[("auto", ""), ("light", ""), ("dark", "")])
