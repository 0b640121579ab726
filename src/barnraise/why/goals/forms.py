"""Forms of goals, objectives, indicators, the logic model and endorsements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.forms import Form, Group
from barnraise.plumbing.ui.picking import offer
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .models import Endorsement, Goal, Indicator, LogicStep, Objective
from .models.indicator import DIGITS, PLACES
from .selectors import NOT_ENDED, citable, open_objectives
from .sockets import sources


class OwnerField(forms.ModelChoiceField[Account]):
    """One of the team, or nobody."""

    def __init__(self, **options: Any) -> None:
        team = Account.objects.filter(role__in=[str(role) for role in TEAM], is_active=True)
        options.setdefault("label", _("Owner"))
        super().__init__(team.order_by("name", "pk"), required=False, **options)


class OrganisationField(forms.CharField):
    """An organisation by its full name or one of its numbers; cleans to the row."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Organisation"))
        options.setdefault("help_text", _("Its full name, or one of its numbers."))
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError when there is none of that name, or several."""
        text = squeeze(super().clean(value) or "")
        found = organisations.named(text) if text else []
        if len(found) > 1:
            raise ValidationError(
                _now("Several organisations have this name. Write one of the numbers of the one you mean.")
            )
        if text and not found:
            raise ValidationError(_now("There is no organisation of this name. Add it first."))
        return Organisation.objects.get(pk=found[0]) if found else None


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _number(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=DIGITS, decimal_places=PLACES, required=False, localize=False, **options
    )


class GoalForm(Form):
    """A goal."""

    name = forms.CharField(
        label=_("Goal"),
        max_length=200,
        help_text=_("What will be true: Every child of Riverbend eats every day."),
    )
    about = forms.CharField(
        label=_("What changes, and for whom"), max_length=4000, required=False, widget=_area(4)
    )
    starts_on = forms.DateField(label=_("From"), required=False)
    ends_on = forms.DateField(label=_("Until"), required=False)
    owner = OwnerField()


class ObjectiveForm(Form):
    """An objective of a goal."""

    name = forms.CharField(
        label=_("Objective"),
        max_length=300,
        help_text=_("A step you can measure: Serve breakfast in four schools."),
    )
    about = forms.CharField(label=_("How"), max_length=4000, required=False, widget=_area(3))
    owner = OwnerField()
    due_on = forms.DateField(label=_("Until"), required=False)


class IndicatorForm(Form):
    """An indicator."""

    name = forms.CharField(
        label=_("Measure"), max_length=200, help_text=_("Children who eat breakfast at school.")
    )
    objective = forms.ModelChoiceField(Objective.objects.none(), label=_("Objective"), required=False)
    definition = forms.CharField(
        label=_("What counts and what does not"), max_length=4000, required=False, widget=_area(3)
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False, help_text=_("children, hours, %"))
    direction = forms.ChoiceField(
        label=_("Direction"), choices=Indicator.Direction.choices, widget=forms.RadioSelect, initial="up"
    )
    frequency = forms.ChoiceField(
        label=_("How often"), choices=Indicator.Frequency.choices, initial="quarter"
    )
    baseline_value = _number(_("Baseline"), help_text=_("Where things stand before you begin."))
    baseline_on = forms.DateField(label=_("Day of the baseline"), required=False)
    target_value = _number(_("Target"))
    target_on = forms.DateField(label=_("Day of the target"), required=False)
    source = forms.ChoiceField(label=_("Where values come from"), required=False)
    rule = forms.ChoiceField(
        label=_("How rows become the value"),
        choices=[("", _("As it suits the source")), *Indicator.Rule.choices],
        required=False,
        help_text=_("Left so, values written by hand are added up."),
    )
    source_note = forms.CharField(
        label=_("Where the numbers come from"),
        max_length=300,
        required=False,
        help_text=_("For values written by hand: which list, register or partner."),
    )
    owner = OwnerField()
    green_from = forms.DecimalField(
        label=_("Green from this share of the path"),
        max_digits=4,
        decimal_places=2,
        initial="0.95",
        help_text=_("Our own limits, not a standard: 0.95 is 95 % of where the path is by now."),
    )
    amber_from = forms.DecimalField(
        label=_("Amber from this share of the path"), max_digits=4, decimal_places=2, initial="0.80"
    )

    groups = (
        Group(_("Baseline and target"), ("baseline_value", "baseline_on", "target_value", "target_on")),
        Group(_("Values"), ("source", "rule", "frequency", "source_note")),
        Group(_("Colours"), ("green_from", "amber_from"), is_folded=True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Any = self.initial.get("objective")
        rows = open_objectives()
        if isinstance(given, Objective) and given.is_ended:
            rows = Objective.objects.filter(NOT_ENDED | Q(pk=given.pk)).order_by("id")
        offer(self, "objective", rows, folded="name_folded")
        field: Any = self.fields["source"]
        field.choices = [
            ("", _("Written by hand, or by a partner")),
            *((name, plug.label) for name, plug in sources.items()),
        ]

    def clean_rule(self) -> str:
        """The one chosen, else the first that its source suggests."""
        plug = sources.find(str(self.cleaned_data.get("source") or ""))
        return self.cleaned_data["rule"] or (plug.rules[0] if plug is not None else str(Indicator.Rule.SUM))


class CiteForm(Form):
    """Which need or decision a goal rests on, of those that there are."""

    ref = forms.ChoiceField(label=_("Need or decision"))

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ref"]
        self.offered = citable(actor)
        field.choices = [
            (noun, [(f"{kind}:{key}", AsWritten(title)) for key, title in rows])
            for kind, noun, rows in self.offered
            if rows
        ]

    @property
    def has_offers(self) -> bool:
        """There is something to cite."""
        return any(rows for _kind, _noun, rows in self.offered)

    def clean_ref(self) -> Ref:
        """The reference."""
        return Ref.parse(self.cleaned_data["ref"])


class ReasonForm(Form):
    """Why something ends."""

    outcome = forms.ChoiceField(
        label=_("How it ended"),
        choices=[("reached", _("Reached")), ("dropped", _("Dropped"))],
        widget=forms.RadioSelect,
        initial="reached",
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=_area(3), help_text=_("What others should learn from it.")
    )


class PlainReasonForm(Form):
    """Why something ends that is neither reached nor dropped."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=_area(3))


class StepForm(Form):
    """A box of the logic model."""

    stage = forms.ChoiceField(label=_("Column"), choices=LogicStep.Stage.choices)
    text = forms.CharField(label=_("Text"), max_length=200)
    objective = forms.ModelChoiceField(
        Objective.objects.none(),
        label=_("Objective that this outcome is"),
        required=False,
        help_text=_("For outcomes: then its indicators tell whether it came about."),
    )

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["objective"]
        field.queryset = Objective.objects.filter(goal=goal).order_by("id")


class ArrowForm(Form):
    """An arrow of the logic model."""

    start = forms.ModelChoiceField(LogicStep.objects.none(), label=_("From"))
    end = forms.ModelChoiceField(LogicStep.objects.none(), label=_("To"))
    assumption = forms.CharField(label=_("On which assumption"), max_length=300, required=False)

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("start", "end"):
            field: Any = self.fields[name]
            field.queryset = LogicStep.objects.filter(goal=goal).order_by("id")


class AskForm(Form):
    """Whom to ask whether they stand behind a goal."""

    organisation = OrganisationField()


class AnswerForm(Form):
    """What a partner said to the team."""

    state = forms.ChoiceField(label=_("What they said"), widget=forms.RadioSelect)
    signed_by = forms.CharField(label=_("Who says so for the organisation"), max_length=200)
    words = forms.CharField(label=_("In their words"), max_length=1000, required=False, widget=_area(3))

    def __init__(self, *args: Any, endorsement: Endorsement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["state"]
        field.choices = answers_of(endorsement)


def answers_of(endorsement: Endorsement) -> Sequence[tuple[str, Any]]:
    """What can be said now: who stands behind a goal may take that back."""
    if endorsement.state == Endorsement.State.ENDORSED:
        return [
            ("endorsed", _("We stand behind this goal")),
            ("withdrawn", _("We take our endorsement back")),
        ]
    return [("endorsed", _("We stand behind this goal")), ("declined", _("Not at this time"))]
