"""Forms with the house's face: `class XForm(Form)` or `class XForm(ModelForm)`, drawn by `{{ form.as_fields }}`.

Any other form (a library's) is drawn alike by `{% form_fields form %}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten

from .widgets import dress, proper_widget

SEEN = "seen"
DASHES = "---------"
"""What Django writes where nothing is chosen. People, and whoever has a page read out, get words."""
OVERTAKEN = _(
    "Somebody changed this while you had it open: the timeline says what. What you typed still stands below. "
    "Send it once more to keep it as it stands here, or open the page anew to see theirs."
)
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Group:
    """A named part of a form: `groups = (Group(_("Address"), ("street", "town")), ...)`. Fields in none come first.

    A title that is a name is `AsWritten`. `is_folded`: closed until opened, unless a field in it has an error.
    """

    title: Any
    fields: Sequence[str]
    text: Any = ""
    is_folded: bool = False


class Renderer(DjangoTemplates):
    """Draws fields by `ui/forms/field.html`."""

    field_template_name = "ui/forms/field.html"


RENDERER = Renderer()
"""One for all forms, for it reads a template once."""


class _Drawn:
    """What Form and ModelForm share."""

    groups: Sequence[Group] = ()
    shown_at: Mapping[str, str] = {}
    """By what a service calls a value: the field where its refusal is shown, if that has another name."""
    default_renderer: Any = RENDERER
    error_css_class = "has-error"

    def as_fields(self) -> SafeString:
        """The error summary and all fields, grouped; without <form>, button and token."""
        return drawn(self)  # type: ignore[arg-type]

    def refused(self, no: ValidationError) -> None:
        """Show what a service refused at the fields it is about, the rest above the form."""
        form: Any = self
        if not hasattr(no, "error_dict"):
            form.add_error(None, no)
            return
        for name, reasons in no.error_dict.items():
            shown = self.shown_at.get(name, name)
            form.add_error(shown if shown in form.fields else None, reasons)


class Form(_Drawn, forms.Form):
    """A form that draws itself in the house's way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare(self)


class ModelForm(_Drawn, forms.ModelForm[M]):
    """A form over a model that draws itself in the house's way. Views hand its cleaned data to a service; nobody calls save()."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare(self)


def prepare(form: forms.BaseForm) -> None:
    """Give every field the widget and the classes that the face expects. Done twice it changes nothing more."""
    for field in form.fields.values():
        field.widget = proper_widget(field)
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
            field.empty_label = _("Choose one") if field.required else _("None")
        dress(field)


def guard(form: forms.BaseForm, stamp: datetime) -> None:
    """Keep a form that stood open from writing over what somebody else changed since.

    `stamp`: when the record was changed last. The drawn form carries it; given back with another one, the form says so
    once, and takes what was typed when it is sent again.
    """
    form.seen = stamp.isoformat()  # type: ignore[attr-defined]
    given = form.data.get(SEEN) if form.is_bound else None
    if given and given != stamp.isoformat():
        form.full_clean()
        form.add_error(None, OVERTAKEN)


def drawn(form: forms.BaseForm) -> SafeString:
    """Any form's error summary and fields, grouped by its `groups` where it has some."""
    prepare(form)
    groups: Sequence[Group] = getattr(form, "groups", ())
    named = {name for group in groups for name in group.fields}
    context: Mapping[str, Any] = {
        "form": form,
        "summary": summary(form),
        "comfort": comfort(form),
        "loose": [field for field in form.visible_fields() if field.name not in named],
        "groups": [
            _open_group(form, group) for group in groups if any(n in form.fields for n in group.fields)
        ],
        "hidden": form.hidden_fields(),
        "seen": getattr(form, "seen", ""),
    }
    return mark_safe(RENDERER.render("ui/forms/fields.html", dict(context)))  # noqa: S308 - drawn by a template that escapes


def comfort(form: forms.BaseForm) -> Any:
    """What became of what was typed: browsers give back neither passwords nor the choice of a file."""
    names = {name for name, field in form.fields.items() if isinstance(field.widget, forms.PasswordInput)}
    if names:
        return _("Nothing was saved yet. Type the password once more; all else you typed is still here.")
    if any(form.files.get(form.add_prefix(name)) for name in form.fields):
        return _("Nothing was saved yet. Choose the file once more; all else you typed is still here.")
    return _("Nothing was saved yet, and nothing you typed was lost.")


def summary(form: forms.BaseForm) -> list[tuple[str, Any, str]]:
    """(id of the control or "", label or "", reason) for every error of a bound form, those about the whole first."""
    if not form.is_bound or not form.errors:
        return []
    found: list[tuple[str, Any, str]] = [("", "", str(reason)) for reason in form.non_field_errors()]
    for field in form:
        target = _first_id(field)
        found += [(target, field.label, str(reason)) for reason in field.errors]
    return found


def _first_id(field: forms.BoundField) -> str:
    """The id a link can go to: of groups of boxes the first box, else the control."""
    return str(field.id_for_label or (field.auto_id and f"{field.auto_id}_0") or "")


def _open_group(form: forms.BaseForm, group: Group) -> dict[str, Any]:
    fields = [form[name] for name in group.fields if name in form.fields]
    return {
        "title": group.title,
        "text": group.text,
        "fields": fields,
        "is_folded": group.is_folded,
        "is_written": isinstance(group.title, AsWritten),
        "is_open": any(field.errors for field in fields),
    }
