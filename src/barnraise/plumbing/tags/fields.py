"""Tags in a form: one line of text, names parted by commas, with the existing ones offered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .names import LONGEST, MOST_AT_ONCE, split
from .selectors import suggestions


class TagsInput(forms.TextInput):
    """A text input; a script offers existing tags for the name being typed, without it the line works as it is."""

    template_name = "tags/widgets/tags.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the names to offer."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"].update({"class": "form-control", "autocomplete": "off", "data-tags": True})
        context["offered"] = suggestions()
        return context


class TagsField(forms.CharField):
    """Cleans to a list of tidy names, each once. Give the `initial` as a list of tags or names."""

    widget = TagsInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Tags"))
        options.setdefault("help_text", gettext_lazy("Part them by commas. New ones are made as you save."))
        options.setdefault("required", False)
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """A list as one line."""
        if value is None or isinstance(value, str):
            return value
        return ", ".join(str(tag) for tag in value)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError for too many or too long names."""
        names = split(super().clean(self.prepare_value(value)) or "")
        if len(names) > MOST_AT_ONCE:
            raise ValidationError(_("At most %(most)s tags at a time.") % {"most": MOST_AT_ONCE})
        for name in names:
            if len(name) > LONGEST:
                raise ValidationError(
                    _("“%(name)s…” is longer than %(most)s characters.")
                    % {"name": name[:20], "most": LONGEST}
                )
        return names
