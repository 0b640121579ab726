"""What the ranking is narrowed to, as the address says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form
from barnraise.who.communities import selectors as communities

from ..models import Organisation
from ..selectors.fitting import Wanted


class FitForm(Form):
    """One of our asks, kinds of organisation, a community served, a distance."""

    ask = forms.TypedChoiceField(
        label=gettext_lazy("Ask"), required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("That ask is not open now; all of them are shown.")},
    )  # fmt: skip
    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Kind of organisation"), required=False, choices=Organisation.Kind.choices
    )
    community = forms.TypedChoiceField(
        label=gettext_lazy("Serves"), required=False, coerce=int, empty_value=None
    )
    within = forms.IntegerField(
        label=gettext_lazy("Within kilometres"), required=False, min_value=1, max_value=20_000
    )

    def __init__(self, *args: Any, asks: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="fit-%s", **kwargs)
        places = [(str(key), AsWritten(name)) for key, name in communities.choices()]
        self._fill("ask", [("", _("All asks")), *((str(row.pk), AsWritten(row.what)) for row in asks)])
        self._fill("community", [("", _("Any community")), *places])

    def _fill(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def wanted(self) -> Wanted:
        """The cleaned values; a community stands for all below it too."""
        given = self.cleaned_data
        key = given["community"]
        below = frozenset({key, *communities.descendant_keys(key)}) if key is not None else frozenset()
        return Wanted(given["ask"], tuple(given["kind"]), below, given["within"])

    def said(self) -> list[tuple[str, Any, Any]]:
        """(name, label, words) of what is set."""
        given = self.cleaned_data
        found: list[tuple[str, Any, Any]] = []
        for name in ("ask", "community"):
            if given[name] is not None:
                words = dict(self.fields[name].choices)[str(given[name])]  # type: ignore[attr-defined]
                found.append((name, self.fields[name].label, words))
        if given["kind"]:
            names = dict(Organisation.Kind.choices)
            found.append(
                ("kind", self.fields["kind"].label, _(" or ").join(str(names[one]) for one in given["kind"]))
            )
        if given["within"]:
            found.append(("within", _("Within"), _("%(km)s km") % {"km": given["within"]}))
        return found
