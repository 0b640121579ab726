"""Forms of consents and purposes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.forms import Form, prepare

from .models import Consent, Purpose
from .models.purpose import Channel
from .selectors import current_wording, live_purposes

TEXT = "text_"


class RecordForm(Form):
    """What a person said, as a member of the team notes it."""

    answer = forms.ChoiceField(
        label=_("What they said"),
        choices=[("given", _("Yes, they agree")), ("withdrawn", _("No, not any more"))],
        widget=forms.RadioSelect,
        initial="given",
    )
    purpose = forms.ChoiceField(label=_("For what"))
    channels = forms.MultipleChoiceField(
        label=_("By which channel"), choices=Channel.choices, widget=forms.CheckboxSelectMultiple
    )
    source = forms.ChoiceField(label=_("How it was said"), choices=Consent.Source.choices)
    said_on = forms.DateField(label=_("On which day"))
    expires_on = forms.DateField(
        label=_("Counts until"), required=False, help_text=_("Empty: until they say something else.")
    )
    proof = forms.CharField(
        label=_("Where it can be looked up"),
        max_length=300,
        required=False,
        help_text=_("A list of signatures, a form, a mail. Nobody has to believe a consent without it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = {str(one.pk): one for one in live_purposes()}
        field: Any = self.fields["purpose"]
        field.choices = [(key, AsWritten(one.name)) for key, one in self.purposes.items()]

    def said(self) -> dict[str, Any]:
        """Arguments of `record_consent`. A day other than today is noon of that day."""
        clean = self.cleaned_data
        now = timezone.localtime()
        day = clean["said_on"]
        noon = now.replace(
            year=day.year, month=day.month, day=day.day, hour=12, minute=0, second=0, microsecond=0
        )
        return {
            "purpose": self.purposes[clean["purpose"]],
            "channels": clean["channels"],
            "is_given": clean["answer"] == "given",
            "source": clean["source"],
            "happened_at": now if day == now.date() else noon,
            "expires_on": clean["expires_on"],
            "proof": clean["proof"],
        }

    def clean_said_on(self) -> Any:
        """A day that calendars can show."""
        day = self.cleaned_data["said_on"]
        if not 1900 <= day.year <= 9000:
            raise ValidationError(_("Write a day that somebody lived to see."))
        return day

    def refused(self, no: ValidationError) -> None:
        """Show a service's refusal at the fields."""
        for name, reasons in no.error_dict.items():
            shown = {"happened_at": "said_on"}.get(name, name)
            self.add_error(shown if shown in self.fields else None, reasons)


class PurposeForm(Form):
    """A purpose, with its words in every language of the installation."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What people read: Newsletter, Invitations to events.")
    )
    channels = forms.MultipleChoiceField(
        label=_("By which channels people may be contacted for it"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.CharField(
        label=_("For the team"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, purpose: Purpose | None = None, **kwargs: Any) -> None:
        house = installation()
        wording = current_wording(purpose) if purpose is not None else None
        if purpose is not None:
            kwargs["initial"] = {
                "name": purpose.name,
                "channels": purpose.channels,
                "about": purpose.about,
                **{f"{TEXT}{code}": text for code, text in (wording.texts if wording else {}).items()},
            }
        super().__init__(*args, **kwargs)
        known = dict(settings.LANGUAGES)
        for code in dict.fromkeys(
            [house.default_language, *house.languages, *(wording.texts if wording else ())]
        ):
            self.fields[f"{TEXT}{code}"] = forms.CharField(
                label=_("The words in which people are asked (%(language)s)")
                % {"language": known.get(code, code)},
                max_length=2000,
                required=code == house.default_language,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )
        prepare(self)

    def texts(self) -> dict[str, str]:
        """The words by language."""
        return {
            name.removeprefix(TEXT): value
            for name, value in self.cleaned_data.items()
            if name.startswith(TEXT)
        }

    def values(self) -> dict[str, Any]:
        """The other fields."""
        return {name: self.cleaned_data[name] for name in ("name", "channels", "about")}

    def refused(self, no: ValidationError) -> None:
        """Show a service's refusal at the fields."""
        for name, reasons in no.error_dict.items():
            self.add_error(name if name in self.fields else None, reasons)
