"""Choosing one of what another room has: from a list while there are few, by its name once there are many."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import Safe, el
from barnraise.foundation.text import fold

OFFERED = 200
"""So many are offered in a list."""


def offered(rows: QuerySet[Any], title: str, folded: str) -> list[tuple[int, str]]:
    """(key, name) of the first by name, one more than OFFERED where there are more."""
    return list(rows.order_by(folded, "pk").values_list("pk", title)[: OFFERED + 1])


def named(rows: QuerySet[Any], said: str, title: str, folded: str, *, most: int) -> list[tuple[int, str]]:
    """(key, name) of what is called so, whatever the case; where nothing is, of what holds these words in its name."""
    words = fold(said)
    same = list(rows.filter(**{folded: words}).order_by("pk").values_list("pk", title)[:most])
    if same or not words:
        return same
    found = rows.filter(**{f"{folded}__contains": words}).order_by("pk")
    return list(found.values_list("pk", title)[:most])


def search_field(name: str, value: str) -> Safe:
    """A field of a list's filters for a name."""
    return el(
        "input", id=f"f-{name}", name=name, type="search", class_="form-control", value=value, translate="no"
    )


class NamedField(forms.CharField):
    """One of `rows`, by its name. Cleaned it is the row, None where nothing was written."""

    def __init__(self, rows: QuerySet[Any], *, title: str, folded: str, **given: Any) -> None:
        super().__init__(max_length=300, **given)
        self.rows, self.title, self.folded = rows, title, folded

    def prepare_value(self, value: Any) -> Any:
        """The name of what was chosen before."""
        if isinstance(value, Model):
            return getattr(value, self.title)
        if isinstance(value, int) or (isinstance(value, str) and value.isdigit() and len(value) < 19):
            return self.rows.filter(pk=int(value)).values_list(self.title, flat=True).first() or value
        return value

    def clean(self, value: Any) -> Any:
        """The row. Raises ValidationError where none or several are called so."""
        said = str(super().clean(value) or "").strip()
        if not said:
            return None
        if said.isdigit() and len(said) < 19:
            row = self.rows.filter(pk=int(said)).first()
            if row is not None:
                return row
        keys = [key for key, _name in named(self.rows, said, self.title, self.folded, most=2)]
        if len(keys) == 1:
            return self.rows.get(pk=keys[0])
        if keys:
            raise ValidationError(_("Several hold these words in their name. Write the whole name."))
        raise ValidationError(_("There is none of this name. Write the name as it stands in the list."))


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any], *, folded: str, title: str = "name") -> None:
    """Let the field choose among these: the list where there are at most OFFERED, else a field for the name."""
    from .forms import prepare

    field: Any = form.fields[name]
    if len(offered(rows, title, folded)) <= OFFERED:
        field.queryset = rows
        return
    help_text = field.help_text or _("There are many: write its name, or words that only its name holds.")
    form.fields[name] = NamedField(
        rows, title=title, folded=folded, label=field.label, required=field.required, help_text=help_text
    )
    prepare(form)
