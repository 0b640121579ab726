"""Choices and fields that several forms of people share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.roles import TEAM
from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.accounts.models import Account
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation


def team() -> list[tuple[str, AsWritten]]:
    """Active accounts of the team, by name."""
    rows = Account.objects.active().filter(role__in=[str(role) for role in TEAM]).order_by("name", "email")
    return [(str(row.pk), AsWritten(str(row))) for row in rows]


def languages() -> list[tuple[str, AsWritten]]:
    """The languages Barnraise writes in, each by its own name."""
    return [(code, AsWritten(name)) for code, name in settings.LANGUAGES]


def places() -> list[tuple[str, AsWritten]]:
    """All communities by name."""
    return [(str(key), AsWritten(name)) for key, name in communities.choices()]


class KeyField(forms.TypedChoiceField):
    """One of many rows, as its key; empty is None. Give the choices when the form is made."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(coerce=int, empty_value=None, **options)

    def offer(self, rows: list[tuple[str, Any]], nothing: Any) -> None:
        """The rows, after a line that stands for none."""
        self.choices = [("", nothing), *rows]


class OrganisationField(forms.CharField):
    """An organisation by its name or one of its numbers, as people write it; cleans to the row, or None when it is empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Organisation"))
        options.setdefault("help_text", gettext_lazy("Its full name, or one of its numbers."))
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError when there is none of that name, or several."""
        text = squeeze(super().clean(value) or "")
        if not text:
            return None
        found = organisations.named(text)
        if len(found) == 1:
            return Organisation.objects.get(pk=found[0])
        if found:
            raise ValidationError(
                _("Several organisations have this name. Write one of the numbers of the one you mean.")
            )
        raise ValidationError(_("There is no organisation of this name. Add it first."), code="unknown")
