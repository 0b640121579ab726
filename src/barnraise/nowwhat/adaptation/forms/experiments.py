"""Forms of experiments."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.forms import Form

from .. import selectors
from ..faults import DONE
from ..models import Experiment
from .fields import AboutField, owner_choices

NAMES = ("title", "hypothesis", "measure", "stop_rule", "starts_on", "judge_on")


def _lines(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), help_text=help_text
    )


class ExperimentForm(Form):
    """A card."""

    title = forms.CharField(label=_("What is tried"), max_length=200)
    hypothesis = _lines(_("Hypothesis"), _("What you expect, so that it can turn out wrong."))
    measure = _lines(_("How it is measured"), _("What you count, and what would be enough."))
    stop_rule = _lines(_("When it is stopped early"), _("What would be bad enough to stop before the day."))
    starts_on = forms.DateField(label=_("From"))
    judge_on = forms.DateField(
        label=_("Judged on"), help_text=_("Today reminds whoever sees to it from this day on.")
    )
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    about = AboutField(
        label=_("Tried in"),
        kinds=DONE,
        required=False,
        help_text=_("The full name of an event, a project, an objective or a goal; empty for none."),
    )

    def __init__(self, *args: Any, actor: Any, experiment: Experiment | None = None, about: str = "", **kwargs: Any) -> None:  # fmt: skip
        today = timezone.localdate()
        kept = experiment.about if experiment is not None else about
        first: dict[str, Any] = {
            "starts_on": today,
            "judge_on": today + timedelta(days=60),
            "owner": str(actor.pk),
        }
        if experiment is not None:
            first = {name: getattr(experiment, name) for name in NAMES}
            first["owner"] = str(experiment.owner_id or "")
        kwargs["initial"] = {**first, "about": selectors.titles_of([kept]).get(kept, "")}
        super().__init__(*args, **kwargs)
        about_field: Any = self.fields["about"]
        about_field.kept = kept
        self.accounts, choices = owner_choices(experiment.owner if experiment is not None else None)
        owner: Any = self.fields["owner"]
        owner.choices = choices

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        said = {name: clean[name] for name in (*NAMES, "about")}
        return {**said, "owner": self.accounts.get(clean["owner"])}


class VerdictForm(Form):
    """What came of it."""

    verdict = forms.ChoiceField(
        label=_("What came of it"), choices=Experiment.Verdict.choices, widget=forms.RadioSelect
    )
    verdict_on = forms.DateField(label=_("On which day"))
    note = forms.CharField(
        label=_("What you saw, and what follows"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"verdict_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
