"""Forms of leaderships and the notes about them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form

from .. import choosing
from ..choosing import KeyField, OrganisationField
from ..models import LeaderNote, Leadership


class LeaderForm(Form):
    """A leadership."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Leadership.Kind.choices)
    constituency = forms.CharField(
        label=_("Constituency"),
        required=False,
        max_length=200,
        help_text=_("Whom they speak for: a ward, a congregation, the tenants of a street."),
    )
    community = KeyField(label=_("Community"))
    organisation = OrganisationField(required=False)
    term_started_on = forms.DateField(label=_("In office since"), required=False)
    term_ends_on = forms.DateField(
        label=_("Term ends on"), required=False, help_text=_("Today reminds you 60 days before.")
    )
    ended_reason = forms.CharField(label=_("Why it ended"), required=False, max_length=200)

    def __init__(self, *args: Any, leadership: Leadership | None = None, **kwargs: Any) -> None:
        if leadership is not None:
            names = ("kind", "constituency", "term_started_on", "term_ends_on", "ended_reason")
            kwargs["initial"] = {
                **{name: getattr(leadership, name) for name in names},
                "community": leadership.community_id or "",
                "organisation": leadership.organisation.name if leadership.organisation else "",
            }
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.offer(choosing.places(), _("None"))

    def clean(self) -> dict[str, Any]:
        """The term ends after it began."""
        given = super().clean() or self.cleaned_data
        start, end = given.get("term_started_on"), given.get("term_ends_on")
        if start and end and end < start:
            self.add_error("term_ends_on", _("A term cannot end before it began."))
        return given


class NoteForm(Form):
    """What somebody thinks of a leader's reach or influence."""

    aspect = forms.ChoiceField(label=_("About"), choices=LeaderNote.Aspect.choices)
    level = forms.TypedChoiceField(
        label=_("Level"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not said")), ("1", _("1: little")), ("2", "2"), ("3", _("3: some")), ("4", "4"), ("5", _("5: very much"))],
    )  # fmt: skip
    note = forms.CharField(label=_("Why"), required=False, max_length=1000, widget=forms.Textarea)
    noted_on = forms.DateField(label=_("Noted on"), required=False)
