"""Forms of the tag pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.plumbing.ui.forms import Form

from .fields import TagsField
from .models import Tag
from .selectors import tag_by_name

__all__ = ["MergeForm", "TagForm", "TagsField"]


class TagForm(Form):
    """Name and description; its cleaned data are the arguments of `create` and `change`."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("When to use it, for those who tag."),
    )


class MergeForm(Form):
    """The tag that stays, by its name."""

    into = forms.CharField(
        label=gettext_lazy("Tag that stays"),
        max_length=60,
        help_text=gettext_lazy("Everything that carries the other tag carries this one afterwards."),
    )

    def __init__(self, *args: Any, absorb: Tag, **options: Any) -> None:
        super().__init__(*args, **options)
        self._absorb = absorb

    def clean_into(self) -> Tag:
        """The tag of that name, which is not the one merged away."""
        found = tag_by_name(self.cleaned_data["into"])
        if found is None:
            raise ValidationError(_("There is no tag with this name. To give it a new name, rename it."))
        if found == self._absorb:
            raise ValidationError(_("A tag cannot be merged with itself."))
        return found
