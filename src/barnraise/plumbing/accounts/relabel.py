"""Put the house's words on a library's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms


def relabel(
    form: forms.BaseForm, labels: Mapping[str, Any], *, helps: Mapping[str, Any] | None = None
) -> None:
    """New labels and help texts by field; placeholders go, for a placeholder is no label."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = (helps or {}).get(name, "")
        if name in labels:
            field.label = labels[name]
