"""What bulk actions of the list ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form

from .. import choosing
from ..choosing import KeyField


class TagsForm(Form):
    """Which tags."""

    names = forms.CharField(
        label=_("Tags"), max_length=600, help_text=_("Free labels with commas between them.")
    )

    def clean_names(self) -> list[str]:
        """The names."""
        return [name for name in (part.strip() for part in self.cleaned_data["names"].split(",")) if name]


class OwnerForm(Form):
    """Which account."""

    owner = KeyField(label=_("Who keeps the relation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.offer(choosing.team(), _("Nobody"))


class CommunityForm(Form):
    """Which community."""

    community = KeyField(label=_("Community"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.offer(choosing.places(), _("None"))
