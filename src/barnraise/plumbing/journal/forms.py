"""What of the journal is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form

from . import selectors
from .selectors import Wanted


def _people() -> list[tuple[str, Any]]:
    return [
        ("", _("anyone")),
        ("0", _("The system")),
        *((str(key), AsWritten(name)) for key, name in selectors.people()),
    ]


class FilterForm(Form):
    """Person, room, what happened, day; all may be left open."""

    person = forms.ChoiceField(label=_("Person"), required=False, choices=_people)
    room = forms.ChoiceField(
        label=_("Part"), required=False, choices=lambda: [("", _("any part")), *selectors.rooms()]
    )
    verb = forms.ChoiceField(
        label=_("What happened"), required=False, choices=lambda: [("", _("anything")), *selectors.verbs()]
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def wanted(self) -> Wanted:
        """What is asked for; a field that cannot be read asks for nothing."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return Wanted(
            person=int(given["person"]) if given.get("person") else None,
            room=given.get("room", ""),
            verb=given.get("verb", ""),
            day=given.get("day"),
        )
