"""Forms of reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.profile.selectors import languages
from barnraise.plumbing.ui.forms import Form
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .models import Report
from .selectors import choices


class PartnerField(forms.CharField):
    """An organisation by name or number; cleans to the row, None when it is empty."""

    def clean(self, value: Any) -> Organisation | None:
        """Raises ValidationError when there is none of that name, or several."""
        text = squeeze(super().clean(value) or "")
        found = organisations.named(text) if text else []
        if len(found) > 1:
            raise ValidationError(
                _now("Several organisations have this name. Write one of the numbers of the one you mean.")
            )
        if text and not found:
            raise ValidationError(_now("There is no organisation of this name. Add it first."))
        return organisations.one_by_key(found[0]) if found else None


class ReportForm(Form):
    """For whom, about which days, with which sections."""

    name = forms.CharField(label=_("Title"), max_length=200)
    audience = forms.ChoiceField(label=_("For"), choices=Report.Audience.choices, widget=forms.RadioSelect)
    organisation = PartnerField(
        label=_("Which partner"),
        required=False,
        max_length=300,
        help_text=_("Only for a report to a partner: it then holds only what concerns that partner."),
    )
    begins_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"))
    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One that has nothing to say in this period is left out by itself."),
    )
    intro = forms.CharField(
        label=_("Foreword"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, report: Report | None = None, **kwargs: Any) -> None:
        if report is not None:
            names = ("name", "audience", "begins_on", "ends_on", "intro", "language", "sections")
            kwargs["initial"] = {
                **{name: getattr(report, name) for name in names},
                "organisation": report.organisation.name if report.organisation else "",
            }
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["sections"].choices = choices()
        fields["language"].choices = languages()

    def values(self) -> dict[str, Any]:
        """Arguments of the services: for a partner, sections that may not stand in its report are left out."""
        clean = dict(self.cleaned_data)
        allowed = {name for name, _title in choices(clean["audience"])}
        clean["sections"] = [name for name in clean["sections"] if name in allowed]
        return clean


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=300)
