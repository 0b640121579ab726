"""The form of a service offered, read into its document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation import contacts
from barnraise.foundation.text import squeeze
from barnraise.plumbing.profile.selectors import home_country
from barnraise.plumbing.ui.forms import Form, Group

from .. import offering
from ..documents import Offered
from ..models import Service
from . import hours

Area = forms.Textarea
_FREE = (
    ("", gettext_lazy("Not known")),
    ("yes", gettext_lazy("Free")),
    ("no", gettext_lazy("Costs something")),
)
_IS_FREE = {"": None, "yes": True, "no": False}


class ServiceForm(Form):
    """Everything about a service."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=10_000, widget=Area
    )
    eligibility = forms.CharField(
        label=gettext_lazy("For whom"),
        required=False,
        max_length=4000,
        widget=Area(attrs={"rows": 2}),
        help_text=gettext_lazy("Who may come: residence, income, age, situation."),
    )
    minimum_age = forms.IntegerField(
        label=gettext_lazy("From the age of"), required=False, min_value=0, max_value=150
    )
    maximum_age = forms.IntegerField(
        label=gettext_lazy("To the age of"), required=False, min_value=0, max_value=150
    )
    areas = forms.CharField(
        label=gettext_lazy("Area"),
        required=False,
        max_length=8000,
        widget=Area(attrs={"rows": 2}),
        help_text=gettext_lazy("Where people have to live or be, one a line."),
    )
    application = forms.CharField(
        label=gettext_lazy("How to get it"), required=False, max_length=4000, widget=Area(attrs={"rows": 2})
    )
    free = forms.ChoiceField(label=gettext_lazy("Is it free?"), required=False, choices=_FREE)
    fees = forms.CharField(
        label=gettext_lazy("Cost"), required=False, max_length=4000, widget=Area(attrs={"rows": 2})
    )
    hours_note = forms.CharField(
        label=gettext_lazy("More about the hours"),
        required=False,
        max_length=4000,
        widget=Area(attrs={"rows": 2}),
        help_text=gettext_lazy("Holidays, first Tuesday of the month, by appointment."),
    )
    languages = forms.CharField(
        label=gettext_lazy("Languages"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("With commas between them: Spanish, English."),
    )
    interpretation = forms.CharField(
        label=gettext_lazy("Interpretation"), required=False, max_length=2000, widget=Area(attrs={"rows": 2})
    )
    accessibility = forms.CharField(
        label=gettext_lazy("Accessibility"),
        required=False,
        max_length=4000,
        widget=Area(attrs={"rows": 2}),
        help_text=gettext_lazy("Steps, doors, toilets, hearing loops, transport."),
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=60)
    email = forms.CharField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    url = forms.CharField(label=gettext_lazy("Website"), required=False, max_length=300)
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Service.Status.choices)
    assured_on = forms.DateField(
        label=gettext_lazy("Checked on"),
        required=False,
        help_text=gettext_lazy("When somebody made sure that all this is right."),
    )
    assured_by = forms.CharField(
        label=gettext_lazy("Checked by"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("The mailbox of whoever made sure."),
    )
    groups = (
        Group(
            gettext_lazy("Who may come"),
            ("eligibility", "minimum_age", "maximum_age", "areas", "application"),
        ),
        Group(gettext_lazy("Cost"), ("free", "fees")),
        Group(gettext_lazy("When"), (*hours.NAMES, "hours_note"), is_folded=True),
        Group(gettext_lazy("Languages and accessibility"), ("languages", "interpretation", "accessibility")),
        Group(gettext_lazy("How to reach it"), ("phone", "email", "url"), is_folded=True),
        Group(gettext_lazy("State"), ("status", "assured_on", "assured_by"), is_folded=True),
    )

    def __init__(self, *args: Any, document: Offered | None = None, **kwargs: Any) -> None:
        self.document = document
        if document is not None:
            kwargs["initial"] = self._values(document)
        else:
            kwargs.setdefault("initial", {"status": Service.Status.ACTIVE})
        super().__init__(*args, **kwargs)

    @staticmethod
    def _values(said: Offered) -> dict[str, Any]:
        same = ("name", "description", "eligibility", "minimum_age", "maximum_age", "application", "fees", "hours_note",
                "interpretation", "accessibility", "phone", "email", "url", "status", "assured_on", "assured_by")  # fmt: skip
        return {
            **{name: getattr(said, name) for name in same},
            **hours.initial(said.hours),
            "free": {None: "", True: "yes", False: "no"}[said.is_free],
            "areas": "\n".join(said.areas),
            "languages": ", ".join(offering.language(code) for code in said.languages),
        }

    def _contact(self, name: str, kind: str) -> str:
        text = squeeze(self.cleaned_data[name])
        if not text:
            return ""
        try:
            return contacts.normalise(kind, text, country=home_country())
        except contacts.ContactError as no:
            raise ValidationError(_(no.reason)) from None

    def clean_phone(self) -> str:
        """In normal form."""
        return self._contact("phone", "phone")

    def clean_email(self) -> str:
        """In normal form."""
        return self._contact("email", "email")

    def clean_url(self) -> str:
        """In normal form."""
        return self._contact("url", "website")

    def clean_assured_by(self) -> str:
        """In normal form."""
        return self._contact("assured_by", "email")

    def clean(self) -> dict[str, Any]:
        """Say at the fields what the document may not say."""
        given = super().clean() or self.cleaned_data
        given["hours"] = hours.read(self, given)
        if not self.errors:
            for field, reason in offering.faults(self.wanted(given)):
                self.add_error(field if field in self.fields else None, reason)
        return given

    def wanted(self, given: Mapping[str, Any] | None = None) -> Offered:
        """The service that the form says."""
        said: Mapping[str, Any] = given if given is not None else self.cleaned_data
        texts = (
            "description",
            "eligibility",
            "application",
            "fees",
            "hours_note",
            "interpretation",
            "accessibility",
        )
        same = (
            "minimum_age",
            "maximum_age",
            "status",
            "phone",
            "email",
            "url",
            "assured_on",
            "assured_by",
            "hours",
        )
        return Offered(
            ref=self.document.ref if self.document else "",
            name=squeeze(said["name"]),
            is_free=_IS_FREE[said["free"]],
            areas=tuple(line for line in (squeeze(line) for line in said["areas"].splitlines()) if line),
            languages=tuple(
                dict.fromkeys(
                    offering.language_code(part)
                    for part in re.split(r"[,;\n]", said["languages"])
                    if part.strip()
                )
            ),
            **{name: said[name].strip() for name in texts},
            **{name: said[name] for name in same},
        )


for _name, _field in hours.day_fields().items():
    ServiceForm.base_fields[_name] = _field
