"""Forms of valuations, outcomes and assumptions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, fold, squeeze
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form
from barnraise.why.goals.models import Indicator

from .models import Assumption, Outcome, Valuation
from .selectors import CITED, owners


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ValuationForm(Form):
    """What is valued, for which days."""

    name = forms.CharField(label=_("Name"), max_length=200)
    cites = forms.CharField(
        label=_("Project or event"),
        max_length=300,
        help_text=_("Its full name. What was spent on it and given to it in the period are the inputs."),
    )
    begins_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"))
    owner = forms.ChoiceField(
        label=_("Who sees to it"), required=False, help_text=_("Today reminds them of assumptions without a source.")
    )  # fmt: skip
    about = forms.CharField(
        label=_("What it values, and for whom"), required=False, max_length=2000, widget=_area(3)
    )
    is_first_year_discounted = forms.BooleanField(
        label=_("Discount the first year too"),
        required=False,
        initial=True,
        help_text=_("The usual way of social return. Untick it where the first year should count whole."),
    )

    def __init__(self, *args: Any, actor: Any, valuation: Valuation | None = None, **kwargs: Any) -> None:
        if valuation is not None:
            names = ("name", "begins_on", "ends_on", "about", "is_first_year_discounted")
            kwargs["initial"] = {
                **{name: getattr(valuation, name) for name in names},
                "owner": str(valuation.owner_id or ""),
                "cites": search.cited_title(valuation.cites),
            }
        super().__init__(*args, **kwargs)
        self.actor, self.kept_cites = actor, valuation.cites if valuation is not None else ""
        self.accounts = {str(one.pk): one for one in owners()}
        if valuation is not None and valuation.owner is not None:
            self.accounts.setdefault(str(valuation.owner.pk), valuation.owner)
        field: Any = self.fields["owner"]
        named = [(key, AsWritten(str(one))) for key, one in self.accounts.items()]
        field.choices = [("", _("Nobody yet")), *named]

    def clean_cites(self) -> str:
        """The typed reference of what is valued."""
        text = squeeze(self.cleaned_data["cites"])
        if self.kept_cites and text == search.cited_title(self.kept_cites):
            return self.kept_cites
        try:
            return search.cited(text, actor=self.actor, kinds=CITED)
        except ValidationError:
            hits = search.find(text, actor=self.actor, kinds=list(CITED), limit=20)
            if any(fold(search.cited_title(str(hit.ref))) == fold(text) for hit in hits):
                raise
            raise ValidationError(_now("There is no project and no event of this name.")) from None

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        return {**self.cleaned_data, "owner": self.accounts.get(self.cleaned_data["owner"])}


class OutcomeForm(Form):
    """What changed, and what says how many."""

    name = forms.CharField(
        label=_("What changed"), max_length=200, help_text=_("A change for people, not what was done: “reads at grade level”.")
    )  # fmt: skip
    indicator = forms.CharField(
        label=_("Indicator that says how many"),
        required=False,
        max_length=300,
        help_text=_(
            "The name of an indicator: its values of the period are taken. Empty: you assume a number."
        ),
    )
    about = forms.CharField(
        label=_("For whom, and how it is known"), required=False, max_length=1000, widget=_area(3)
    )

    def __init__(self, *args: Any, outcome: Outcome | None = None, **kwargs: Any) -> None:
        if outcome is not None:
            kwargs["initial"] = {
                "name": outcome.name,
                "about": outcome.about,
                "indicator": outcome.indicator.name if outcome.indicator else "",
            }
        super().__init__(*args, **kwargs)

    def clean_indicator(self) -> Indicator | None:
        """The indicator of this name."""
        text = squeeze(self.cleaned_data["indicator"])
        if not text:
            return None
        found = Indicator.objects.filter(name_folded=fold(text)[:200]).first()
        if found is None:
            raise ValidationError(_now("There is no indicator of this name."))
        return found


class AssumptionForm(Form):
    """A line of the register."""

    kind = forms.ChoiceField(label=_("Assumption"))
    low = forms.DecimalField(label=_("Low"), max_digits=18, decimal_places=6)
    base = forms.DecimalField(label=_("Base"), max_digits=18, decimal_places=6)
    high = forms.DecimalField(
        label=_("High"),
        max_digits=18,
        decimal_places=6,
        help_text=_("Three times the same number where nothing speaks for a range. Shares from 0 to 1: enter 50% as 0.5."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=300,
        help_text=_("Who says so, and when: a study, a price list, the people who were asked."),
    )
    source_url = forms.URLField(
        label=_("Address of the source"), required=False, max_length=500, assume_scheme="https"
    )
    seen_on = forms.DateField(label=_("Seen on"), required=False)

    def __init__(self, *args: Any, names: Any, assumption: Assumption | None = None, **kwargs: Any) -> None:
        if assumption is not None:
            fields = ("kind", "low", "base", "high", "source", "source_url", "seen_on")
            kept = {name: getattr(assumption, name) for name in fields}
            for name in ("low", "base", "high"):
                kept[name] = kept[name].normalize()
            kwargs["initial"] = kept
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(name, Assumption.Kind(name).label) for name in names]


class EndForm(Form):
    """Why it is used no more."""

    reason = forms.CharField(label=_("Why it ended"), max_length=300)
