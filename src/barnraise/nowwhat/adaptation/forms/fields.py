"""Fields and forms that several nouns share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form

from .. import selectors


class AboutField(forms.CharField):
    """The name of a thing of these kinds; cleans to its typed reference. What was there before may stay, also when names are alike."""

    def __init__(self, *, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.kinds = tuple(kinds)
        self.kept = ""

    def clean(self, value: Any) -> str:
        """Raises ValidationError when nothing is called so, or several."""
        text = squeeze(super().clean(value) or "")
        if not text:
            return ""
        if self.kept and selectors.titles_of([self.kept]).get(self.kept) == text:
            return self.kept
        found = selectors.named_many({text}, self.kinds).get(text, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_now("Several are called so. Open the one you mean, and begin there."))
        raise ValidationError(_now("Nothing is called so here. Write its full name."))


class EvidenceField(forms.CharField):
    """One name or typed reference a line; cleans to typed references."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(max_length=4000, required=False, **kwargs)
        self.kinds = tuple(kinds)
        self.actor: Any = None
        self.kept: Sequence[str] = ()

    def clean(self, value: Any) -> list[str]:
        """Raises ValidationError naming the line."""
        lines = [squeeze(line) for line in (super().clean(value) or "").splitlines() if line.strip()]
        before = {title: ref for ref, title in selectors.titles_of(self.kept).items()}
        found = []
        for line in lines:
            ref = before.get(line) or self._named(line)
            if ref not in found:
                found.append(ref)
        return found

    def _named(self, line: str) -> str:
        kind, _colon, key = line.partition(":")
        if kind in self.kinds and key.isdecimal() and selectors.titles_of([line]):
            return line
        try:
            return search.cited(line, actor=self.actor, kinds=self.kinds)
        except ValidationError:
            raise ValidationError(
                _now(
                    "Nothing is called “%(line)s” here, or several are. Write the full name, or a reference like needs.need:3."
                )
                % {"line": line[:80]}
            ) from None


def owner_choices(kept: Any = None) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """Accounts by key as text, and what is chosen from."""
    accounts = {str(one.pk): one for one in selectors.owners()}
    if kept is not None:
        accounts.setdefault(str(kept.pk), kept)
    return accounts, [
        ("", _("Nobody yet")),
        *((key, AsWritten(str(one))) for key, one in accounts.items()),
    ]


class ReasonForm(Form):
    """Why."""

    note = forms.CharField(label=_("Why"), max_length=300)
