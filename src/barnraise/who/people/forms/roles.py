"""Forms of roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.ui.forms import Form

from ..choosing import OrganisationField
from ..models import Role


class RoleForm(Form):
    """A role of a person in an organisation."""

    organisation = OrganisationField()
    is_new = forms.BooleanField(label=_("It is new: add it as an organisation"), required=False)
    title = forms.CharField(label=_("Role or job title"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Role.Kind.choices)
    is_main_contact = forms.BooleanField(
        label=_("Main contact of the organisation"), required=False, help_text=_("Shown first on its page.")
    )
    started_on = forms.DateField(label=_("Since"), required=False)
    ended_on = forms.DateField(label=_("Until"), required=False, help_text=_("Empty while they have it."))
    note = forms.CharField(label=_("Note"), required=False, max_length=400)

    def __init__(self, *args: Any, role: Role | None = None, **kwargs: Any) -> None:
        if role is not None:
            names = ("title", "kind", "is_main_contact", "started_on", "ended_on", "note")
            kwargs["initial"] = {
                **{name: getattr(role, name) for name in names},
                "organisation": role.organisation.name,
            }
        super().__init__(*args, **kwargs)
        self.role = role
        if not self.is_bound or "is_new" not in self.data:
            self.fields["is_new"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A name nobody has is taken when the box is ticked; the box is shown once it may be needed."""
        given = super().clean() or self.cleaned_data
        errors = self.errors.get("organisation")
        if errors is not None and any(e.code == "unknown" for e in errors.as_data()):
            if given.get("is_new"):
                del self.errors["organisation"]
                given["organisation"] = None
            else:
                self.fields["is_new"].widget = forms.CheckboxInput(attrs={"class": "form-check-input"})
        start, end = given.get("started_on"), given.get("ended_on")
        if start and end and end < start:
            self.add_error("ended_on", _("A role cannot end before it began."))
        return given

    @property
    def typed_name(self) -> str:
        """The name as it was typed, for a new organisation."""
        return squeeze(str(self.data.get("organisation", "")))[:300]

    def values(self) -> dict[str, Any]:
        """Arguments of `add_role` and `change_role` but the organisation."""
        names = ("title", "kind", "is_main_contact", "started_on", "ended_on", "note")
        return {name: self.cleaned_data[name] for name in names}


class EndForm(Form):
    """Since when a role or leadership is over."""

    on = forms.DateField(label=_("Last day"))
    reason = forms.CharField(label=_("Why it ended"), required=False, max_length=200)
