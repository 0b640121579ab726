"""Forms of the file pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form

from .models import File


class AddForm(Form):
    """An upload; its cleaned data are arguments of `keep`."""

    file = forms.FileField(label=_("File"), error_messages={"empty": _("The file is empty.")}, max_length=255)
    alt_text = forms.CharField(
        label=_("Description of the picture"),
        max_length=300,
        required=False,
        help_text=_("Needed for pictures: what does it show, for people who cannot see it?"),
    )
    visibility = forms.ChoiceField(
        label=_("Who may open it"), choices=File.Visibility.choices, initial=File.Visibility.TEAM
    )


class ChangeForm(Form):
    """What can be changed about a file; its cleaned data are arguments of `change`."""

    name = forms.CharField(label=_("Name"), max_length=200)
    alt_text = forms.CharField(
        label=_("Description of the picture"),
        max_length=300,
        required=False,
        help_text=_("For people who cannot see it: what does the picture show?"),
    )
    visibility = forms.ChoiceField(label=_("Who may open it"), choices=File.Visibility.choices)

    @classmethod
    def of(cls, file: File, given: Any = None) -> ChangeForm:
        """The form with what stands; the description only for pictures."""
        names = ("name", "alt_text", "visibility")
        form = cls(given, initial={name: getattr(file, name) for name in names})
        if not file.is_image:
            form.fields["alt_text"].widget = forms.HiddenInput()
        return form
