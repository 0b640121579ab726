"""Controls of forms: which widget a field gets, and the classes and attributes it wears."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import ModelChoiceIteratorValue
from django.forms.widgets import ChoiceWidget, Input
from django.utils.safestring import SafeString

from barnraise.foundation.html import el, join
from barnraise.foundation.text import AsWritten

_TEXTLIKE = (Input, forms.Textarea)
_BOXES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class DateInput(forms.DateInput):
    """A date by the browser's own picker; the value travels as ISO 8601."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """A date and time by the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TimeInput(forms.TimeInput):
    """A time of day by the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class FileInput(forms.ClearableFileInput):
    """A file field with a place to drop files on (without JavaScript: the browser's own control)."""

    template_name = "ui/forms/file.html"


class FilesInput(FileInput):
    """The same for several files at once."""

    allow_multiple_selected = True


class _Options(ChoiceWidget):
    """Options that are names, not words of the interface, say so to readers' machines."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option; rows of a table and what is `AsWritten` are not to be translated."""
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        if isinstance(label, AsWritten) or isinstance(value, ModelChoiceIteratorValue):
            option["attrs"]["translate"] = "no"
        return option


class Choice(_Options, forms.Select):
    """One of many, from a list that opens. Drawn in Python: some lists have hundreds of options."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """What Django's templates would draw."""
        told = self.get_context(name, value, attrs)["widget"]
        drawn = []
        for label, options, _place in told["optgroups"]:
            inner = join(el("option", one["label"], value=one["value"], **one["attrs"]) for one in options)
            drawn.append(el("optgroup", inner, label=label) if label else inner)
        return SafeString(el("select", *drawn, name=told["name"], **told["attrs"]))


class CheckList(_Options, forms.CheckboxSelectMultiple):
    """Several of many, as boxes in a list that scrolls and can be narrowed by typing."""

    template_name = "ui/forms/check_list.html"


class Boxes(_Options, forms.CheckboxSelectMultiple):
    """Several of a few, as boxes below each other."""

    template_name = "ui/forms/options.html"


class Radios(_Options, forms.RadioSelect):
    """One of a few, as radio buttons below each other."""

    template_name = "ui/forms/options.html"


_BETTER: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: DateInput,
    forms.DateTimeInput: DateTimeInput,
    forms.TimeInput: TimeInput,
    forms.ClearableFileInput: FileInput,
    forms.FileInput: FileInput,
    forms.Select: Choice,
    forms.SelectMultiple: CheckList,
    forms.CheckboxSelectMultiple: Boxes,
    forms.RadioSelect: Radios,
}


def proper_widget(field: forms.Field) -> forms.Widget:
    """The house's widget in place of Django's plain one; a widget chosen by the form stays."""
    better = _BETTER.get(type(field.widget))
    if better is None:
        plain: forms.Widget = field.widget
        return plain
    made = better(attrs=dict(field.widget.attrs))
    made.is_required = field.widget.is_required
    made.is_localized = field.widget.is_localized
    if isinstance(made, ChoiceWidget):
        made.choices = field.choices  # type: ignore[attr-defined]
    return made


def dress(field: forms.Field) -> None:
    """Put the classes of the face on the field's widget, once."""
    widget = field.widget
    wear = _class_of(widget)
    worn = str(widget.attrs.get("class", "")).split()
    if wear and wear not in worn:
        widget.attrs["class"] = " ".join([*worn, wear])
    if isinstance(widget, forms.Textarea):
        widget.attrs.setdefault("rows", 4)
        if widget.attrs.get("rows") == "10":
            widget.attrs["rows"] = 4
        widget.attrs.pop("cols", None)


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, _BOXES):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    if isinstance(widget, _TEXTLIKE):
        return "form-control"
    return ""


def is_box(widget: forms.Widget) -> bool:
    """A single checkbox: its label stands behind it."""
    return isinstance(widget, forms.CheckboxInput)


def is_group(widget: forms.Widget) -> bool:
    """Several controls under one name: drawn as a fieldset with a legend."""
    return bool(widget.use_fieldset)
