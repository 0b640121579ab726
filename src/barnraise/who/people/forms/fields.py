"""The form of a custom field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.ui.forms import Form

from ..models import CustomField, Person


class FieldForm(Form):
    """A custom field."""

    label = forms.CharField(label=_("Label"), max_length=80)
    help_text = forms.CharField(label=_("Help"), required=False, max_length=200)
    type = forms.ChoiceField(label=_("Kind of value"), choices=CustomField.Type.choices)
    options = forms.CharField(
        label=_("Options"),
        required=False,
        max_length=9000,
        widget=forms.Textarea,
        help_text=_("For a list: one a line."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Asked of"),
        required=False,
        choices=Person.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means everyone."),
    )
    is_retired = forms.BooleanField(
        label=_("Ask for it no more"), required=False, help_text=_("What people have stays to be read.")
    )

    def __init__(self, *args: Any, field: CustomField | None = None, **kwargs: Any) -> None:
        if field is not None:
            names = ("label", "help_text", "type", "kinds", "is_retired")
            kwargs["initial"] = {name: getattr(field, name) for name in names} | {
                "options": "\n".join(field.options)
            }
        super().__init__(*args, **kwargs)
        if field is None:
            del self.fields["is_retired"]

    def clean_options(self) -> list[str]:
        """One a line."""
        return [
            line for line in (squeeze(line) for line in self.cleaned_data["options"].splitlines()) if line
        ]

    def refused(self, no: ValidationError) -> None:
        """Show what the service refused at the fields."""
        for field, reasons in (no.error_dict if hasattr(no, "error_dict") else {"": no.error_list}).items():
            self.add_error(field if field in self.fields else None, reasons)
