"""Put the house's words on a library's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from barnraise.plumbing.ui.forms import RENDERER


def relabel(
    form: forms.BaseForm, labels: Mapping[str, Any], *, helps: Mapping[str, Any] | None = None
) -> None:
    """New labels and help texts by field, drawn in the house's way; placeholders go, for a placeholder is no label."""
    form.renderer = RENDERER
    form.label_suffix = ""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = (helps or {}).get(name, "")
        if name in labels:
            field.label = labels[name]
