"""Forms of plan revisions and their budget moves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import major
from barnraise.plumbing.ui.forms import Form
from barnraise.what.projects.models import BudgetLine

from .. import selectors
from ..faults import EVIDENCE, PLANS
from ..models import Move, Revision
from .fields import AboutField, EvidenceField


def _long(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, required=required, max_length=4000, widget=widget, help_text=help_text
    )


class RevisionForm(Form):
    """What changes, why, on what evidence."""

    about = AboutField(
        label=_("What is revised"),
        kinds=PLANS,
        help_text=_("The full name of a project, an objective or a goal."),
    )
    title = forms.CharField(label=_("What changes"), max_length=200)
    why = _long(_("Why"), required=True)
    before = _long(_("The plan before"))
    after = _long(_("The plan after"))
    evidence = EvidenceField(
        label=_("Evidence"),
        kinds=EVIDENCE,
        help_text=_(
            "One a line: the name of an indicator, a need, a decision, an event, an experiment or a review."
        ),
    )

    def __init__(self, *args: Any, actor: Any, revision: Revision | None = None, about: str = "", **kwargs: Any) -> None:  # fmt: skip
        kept = revision.about if revision is not None else about
        cited = list(revision.evidence) if revision is not None else []
        names = ("title", "why", "before", "after")
        titles = selectors.titles_of([kept, *cited])
        kwargs["initial"] = {
            **({name: getattr(revision, name) for name in names} if revision is not None else {}),
            "about": titles.get(kept, ""),
            "evidence": "\n".join(titles[ref] for ref in cited if ref in titles),
        }
        super().__init__(*args, **kwargs)
        about_field: Any = self.fields["about"]
        about_field.kept = kept
        evidence: Any = self.fields["evidence"]
        evidence.kept, evidence.actor = cited, actor

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        return {
            name: self.cleaned_data[name] for name in ("about", "title", "why", "before", "after", "evidence")
        }


class MoveForm(Form):
    """Between two budget lines, how much."""

    taken_from = forms.ChoiceField(label=_("From the line"))
    given_to = forms.ChoiceField(label=_("To the line"))
    amount = forms.DecimalField(label=_("Amount"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)

    def __init__(
        self, *args: Any, lines: Sequence[BudgetLine], move: Move | None = None, **kwargs: Any
    ) -> None:
        if move is not None:
            amount = Decimal(move.amount).scaleb(-get_currency_precision(move.project.currency))
            kwargs["initial"] = {
                "taken_from": str(move.taken_from_id),
                "given_to": str(move.given_to_id),
                "amount": amount,
            }
        super().__init__(*args, **kwargs)
        self.lines = {str(row.pk): row for row in lines}
        shown = [
            (
                key,
                AsWritten(f"{row.name} ({major(row.planned, row.project.currency)} {row.project.currency})"),
            )
            for key, row in self.lines.items()
        ]
        for name in ("taken_from", "given_to"):
            field: Any = self.fields[name]
            field.choices = shown

    def values(self) -> dict[str, Any]:
        """Arguments of `add_move` and `change_move`."""
        clean = self.cleaned_data
        currency = self.lines[clean["taken_from"]].project.currency
        return {
            "taken_from": self.lines[clean["taken_from"]],
            "given_to": self.lines[clean["given_to"]],
            "amount": int(clean["amount"].scaleb(get_currency_precision(currency))),
        }


class ApproveForm(Form):
    """A word with the approval."""

    note = forms.CharField(label=_("A word about it"), required=False, max_length=300)
