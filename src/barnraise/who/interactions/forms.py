"""The forms of the notebook: few fields, all but one of them optional."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form
from barnraise.who.communities import selectors as communities

from . import selectors
from .models import Interaction, NextStep

WHEN = (("now", _("Now")), ("yesterday", _("Yesterday")), ("other", _("Another time")))
DUE = (
    ("", _("No date")),
    ("1", _("Tomorrow")),
    ("7", _("In a week")),
    ("30", _("In a month")),
    ("other", _("Another day")),
)
FOREVER = 9000


def show(form: Form, no: ValidationError, shown_at: Mapping[str, str] | None = None) -> None:
    """Lay a service's refusal at the fields of a form; what has no field stands above them."""
    errors = no.error_dict if hasattr(no, "error_dict") else {"__all__": no.error_list}
    for name, found in errors.items():
        field = (shown_at or {}).get(name, name)
        form.add_error(field if field in form.fields else None, found)


def split_names(text: str) -> list[str]:
    """Names parted by commas."""
    return [name for name in (part.strip() for part in text.split(",")) if name]


class StepPart(Form):
    """The fields of a next step as composers have them."""

    step_text = forms.CharField(label=_("Next step"), required=False, max_length=300)
    step_owner = forms.CharField(label=_("Who does it"), required=False, max_length=20)
    step_due = forms.ChoiceField(label=_("Until"), choices=DUE, required=False)
    step_due_on = forms.DateField(label=_("Day"), required=False)

    def step_owner_row(self) -> Any:
        """The account that is to do it; None for whoever notes it."""
        key = self.cleaned_data.get("step_owner", "")
        return selectors.team().filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None

    def step_day(self) -> date | None:
        """Until when; an explicit day wins over a quick word."""
        day: date | None = self.cleaned_data.get("step_due_on")
        quick = self.cleaned_data.get("step_due", "")
        if day is not None or not quick.isdecimal():
            return day
        return timezone.localdate() + timedelta(days=int(quick))

    def clean_step_due_on(self) -> date | None:
        """A day that calendars can show."""
        day: date | None = self.cleaned_data["step_due_on"]
        if day is not None and not 1900 <= day.year <= FOREVER:
            raise ValidationError(_("Write a day that somebody will live to see."))
        return day


class LogForm(StepPart):
    """What the composer and the page "Note an interaction" send."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Interaction.Kind.choices, required=False)
    text = forms.CharField(label=_("What was said or happened"), required=False, widget=forms.Textarea)
    when = forms.ChoiceField(label=_("When"), choices=WHEN, required=False)
    happened_at = forms.DateTimeField(label=_("Day and time"), required=False)
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[("", _("Not said")), *Interaction.Direction.choices],
        required=False,
    )
    subject = forms.CharField(label=_("Subject"), required=False, max_length=200)
    restricted = forms.BooleanField(label=_("Only coordinators and I read it"), required=False)
    community = forms.TypedChoiceField(label=_("Community"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("community") or not self.is_bound:
            field: Any = self.fields["community"]
            field.choices = [("", _("As the person's")), *_as_written(communities.choices())]

    def happened(self, now: datetime) -> datetime:
        """The instant it happened; an explicit one wins over a quick word."""
        given: datetime | None = self.cleaned_data.get("happened_at")
        if given is not None:
            return given
        return now - timedelta(days=1) if self.cleaned_data.get("when") == "yesterday" else now

    def said(self, now: datetime) -> dict[str, Any]:
        """The values that `log_interaction` takes."""
        clean = self.cleaned_data
        restricted = (
            Interaction.Visibility.COORDINATORS if clean["restricted"] else Interaction.Visibility.TEAM
        )
        return {
            "kind": clean["kind"] or Interaction.Kind.NOTE,
            "text": clean["text"],
            "happened_at": self.happened(now),
            "direction": clean["direction"],
            "subject": clean["subject"],
            "visibility": restricted,
            "community": clean["community"],
        }

    def refused(self, no: ValidationError) -> None:
        """Show what a service refused at the field that people see."""
        show(self, no, {"due_on": "step_due_on", "visibility": "restricted"})


class ChangeForm(Form):
    """Change an interaction."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Interaction.Kind.choices)
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[("", _("Not said")), *Interaction.Direction.choices],
        required=False,
    )
    subject = forms.CharField(label=_("Subject"), required=False, max_length=200)
    text = forms.CharField(label=_("What was said or happened"), required=False, widget=forms.Textarea)
    happened_at = forms.DateTimeField(label=_("When"))
    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Interaction.Visibility.choices)
    community = forms.TypedChoiceField(label=_("Community"), coerce=int, required=False, empty_value=None)
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=2000, help_text=_("Free labels with commas between them.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.choices = [("", _("None")), *_as_written(communities.choices())]
        self.fields["text"].widget.attrs["rows"] = 10

    def clean_tags(self) -> list[str]:
        """The names."""
        return split_names(self.cleaned_data["tags"])

    def refused(self, no: ValidationError) -> None:
        """Show what the service refused at its field."""
        show(self, no)


class StepForm(Form):
    """Change a next step, or add one."""

    text = forms.CharField(label=_("What to do"), max_length=300)
    owner = forms.TypedChoiceField(label=_("Who does it"), coerce=int, required=False, empty_value=None)
    due_on = forms.DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, step: NextStep | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        there = [(account.pk, str(account)) for account in selectors.team()]
        if step and step.owner and step.owner_id not in {key for key, _name in there}:
            there.append((step.owner.pk, str(step.owner)))
        field.choices = [("", _("Nobody yet")), *_as_written(there)]

    def refused(self, no: ValidationError) -> None:
        """Show what the service refused at its field."""
        show(self, no)


class VisibilityForm(Form):
    """Who reads them."""

    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Interaction.Visibility.choices)


class TagsForm(Form):
    """Which tags."""

    names = forms.CharField(
        label=_("Tags"), max_length=600, help_text=_("Free labels with commas between them.")
    )

    def clean_names(self) -> list[str]:
        """The names."""
        return split_names(self.cleaned_data["names"])


class DueForm(Form):
    """Until when."""

    due_on = forms.DateField(label=_("Until"))

    def clean_due_on(self) -> str:
        """As text, so that the background job can keep it."""
        day: date = self.cleaned_data["due_on"]
        if not 1900 <= day.year <= FOREVER:
            raise ValidationError(_("Write a day that somebody will live to see."))
        return day.isoformat()


class OwnerForm(Form):
    """Who does them."""

    owner = forms.TypedChoiceField(label=_("Who does it"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = _as_written([(account.pk, str(account)) for account in selectors.team()])


def _as_written(pairs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(key, AsWritten(name)) for key, name in pairs]
