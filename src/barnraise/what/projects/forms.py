"""Forms of projects and their parts. Amounts are typed as people write them and kept in minor units."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.roles import TEAM
from barnraise.foundation.text import squeeze
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.forms import Form, Group, prepare
from barnraise.plumbing.ui.picking import offer
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person
from barnraise.why.goals.models import Objective
from barnraise.why.goals.selectors import open_objectives

from .models import BudgetLine, Contribution, Opening, Placement, Project, ProjectPartner
from .states import PLACEMENT


class OrganisationField(forms.CharField):
    """An organisation by its full name or one of its numbers; cleans to the row, or None when it is empty."""

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


class PersonField(forms.CharField):
    """A person by full name, e-mail address or phone; cleans to the row, or None when it is empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Person"))
        options.setdefault("help_text", _("Full name, e-mail address or phone."))
        super().__init__(max_length=300, **options)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError when there is nobody of that name, or several."""
        text = squeeze(super().clean(value) or "")
        found = people.named(text) if text else []
        if len(found) > 1:
            raise ValidationError(
                _now("Several people have this name. Write the e-mail address of the one you mean.")
            )
        if text and not found:
            raise ValidationError(_now("There is no person of the name “%(name)s”.") % {"name": text[:60]})
        return Person.objects.get(pk=found[0]) if found else None


class MoneyField(forms.DecimalField):
    """An amount in whole units and cents; cleans to minor units."""

    def __init__(self, *, currency: str = "USD", **options: Any) -> None:
        self.places = get_currency_precision(currency)
        super().__init__(max_digits=15, decimal_places=self.places, **options)

    def clean(self, value: Any) -> Any:
        """Minor units, None when it is empty."""
        found = super().clean(value)
        return None if found is None else int(found.scaleb(self.places))

    def prepare_value(self, value: Any) -> Any:
        """Minor units as people write them; what was typed stays as it was typed."""
        return Decimal(value).scaleb(-self.places) if isinstance(value, int) else value


def _note() -> forms.CharField:
    return forms.CharField(label=_("Note"), max_length=300, required=False)


class ProjectForm(Form):
    """A project."""

    name = forms.CharField(label=_("Project"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Project.Kind.choices)
    about = forms.CharField(
        label=_("What is done, and for whom"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    objective = forms.ModelChoiceField(
        Objective.objects.none(), label=_("Objective it serves"), required=False
    )
    starts_on = forms.DateField(label=_("From"), required=False)
    ends_on = forms.DateField(label=_("Until"), required=False)
    owner = forms.ModelChoiceField(Account.objects.none(), label=_("Owner"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "objective", open_objectives(), folded="name_folded")
        owner: Any = self.fields["owner"]
        team = Account.objects.filter(role__in=[str(role) for role in TEAM], is_active=True)
        owner.queryset = team.order_by("name", "pk")


class EndForm(Form):
    """Why a project ends."""

    state = forms.ChoiceField(
        label=_("How it ended"),
        choices=[("finished", _("Finished")), ("stopped", _("Stopped early"))],
        widget=forms.RadioSelect,
        initial="finished",
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What others should learn from it."),
    )


class PartForm(Form):
    """A part of a project."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        self.project = project
        super().__init__(*args, **kwargs)


class PartnerForm(PartForm):
    """A partner in a role."""

    organisation = OrganisationField()
    role = forms.ChoiceField(label=_("Role"), choices=ProjectPartner.Role.choices)
    note = _note()


class MilestoneForm(PartForm):
    """A milestone."""

    name = forms.CharField(label=_("Milestone"), max_length=200)
    due_on = forms.DateField(label=_("Due"))
    done_on = forms.DateField(label=_("Done"), required=False)
    note = _note()


class BudgetForm(PartForm):
    """A budget line."""

    name = forms.CharField(label=_("Budget line"), max_length=200)
    is_income = forms.BooleanField(label=_("Money that comes in"), required=False)
    planned = MoneyField(label=_("Planned"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        self.fields["planned"] = MoneyField(label=_("Planned"), currency=project.currency)
        prepare(self)


class AmountForm(PartForm):
    """What was spent or came in."""

    line = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("Budget line"))
    on = forms.DateField(label=_("Day"))
    amount = MoneyField(label=_("Amount"))
    note = _note()

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        self.fields["amount"] = MoneyField(label=_("Amount"), currency=project.currency)
        prepare(self)
        line: Any = self.fields["line"]
        line.queryset = BudgetLine.objects.filter(project=project).order_by("id")


class OpeningForm(PartForm):
    """An opening."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Opening.Kind.choices)
    name = forms.CharField(label=_("Role"), max_length=200)
    about = forms.CharField(
        label=_("What it asks and gives"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    places = forms.IntegerField(label=_("Places"), initial=1)
    closes_on = forms.DateField(label=_("Closes"), required=False)
    is_closed = forms.BooleanField(label=_("Closed"), required=False)
    is_public = forms.BooleanField(
        label=_("People apply on its page"),
        required=False,
        help_text=_("Whoever has the address reads what it asks and gives, and can apply."),
    )
    forget_after_days = forms.IntegerField(
        label=_("Days after which applications that were not taken are removed"),
        initial=180,
        min_value=1,
        max_value=3650,
        required=False,
        help_text=_("Name, address and words of whoever is not in the directory go then, by themselves."),
    )

    def clean_forget_after_days(self) -> int:
        """The usual term where nothing is written."""
        return self.cleaned_data["forget_after_days"] or 180


FORMS: Mapping[str, type[PartForm]] = {
    "partners": PartnerForm,
    "milestones": MilestoneForm,
    "budget": BudgetForm,
    "amounts": AmountForm,
    "openings": OpeningForm,
}
ADD: Mapping[str, Any] = {
    "partners": _("Add a partner"),
    "milestones": _("Add a milestone"),
    "budget": _("Add a budget line"),
    "amounts": _("Note an amount"),
    "openings": _("Add an opening"),
}
CHANGE: Mapping[str, Any] = {
    "partners": _("Change the partner's role"),
    "milestones": _("Change the milestone"),
    "budget": _("Change the budget line"),
    "amounts": _("Change the amount"),
    "openings": _("Change the opening"),
}


class ContributionForm(PartForm):
    """What somebody gave."""

    organisation = OrganisationField(required=False)
    person = PersonField(required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Contribution.Kind.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Day"))
    what = forms.CharField(label=_("What"), max_length=200, required=False)
    unit_value = MoneyField(
        label=_("Amount, or fair value of one unit"),
        required=False,
        help_text=_("Of money the amount itself."),
    )
    quantity = forms.DecimalField(label=_("Quantity"), max_digits=12, decimal_places=2, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    hours = forms.DecimalField(label=_("Hours"), max_digits=9, decimal_places=2, required=False)
    technique = forms.ChoiceField(
        label=_("How it was valued"), choices=[("", "–"), *Contribution.Technique.choices], required=False
    )
    recognised = forms.ChoiceField(
        label=_("Why the service counts as money"),
        choices=[("", _("It counts as hours only")), *Contribution.Recognised.choices],
        required=False,
        help_text=_("An aid, not accounting advice: your accountant has the last word."),
    )
    is_restricted = forms.BooleanField(label=_("Given for a certain use only"), required=False)
    is_monetised = forms.BooleanField(label=_("Sold, not used"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    groups = (
        Group(_("Value"), ("unit_value", "quantity", "unit", "hours")),
        Group(
            _("For the books"), ("technique", "recognised", "is_restricted", "is_monetised"), is_folded=True
        ),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        before: Any = self.fields["unit_value"]
        self.fields["unit_value"] = MoneyField(
            label=before.label, help_text=before.help_text, required=False, currency=project.currency
        )
        prepare(self)


class ApplyForm(Form):
    """Who wants to take an opening."""

    person = PersonField()
    on = forms.DateField(label=_("Applied on"))


class MoveForm(Form):
    """The next step of a placement."""

    state = forms.ChoiceField(label=_("Next step"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("Day"))
    mentor = PersonField(label=_("Mentor"), required=False)

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["state"]
        labels = dict(Placement.State.choices)
        field.choices = [(code, labels[code]) for code in PLACEMENT[placement.state]]


class PlacementForm(Form):
    """Hours worked, and when to ask again."""

    hours = forms.DecimalField(label=_("Hours"), max_digits=9, decimal_places=2, required=False)
    follow_up_on = forms.DateField(label=_("Follow up on"), required=False)


class FollowUpForm(Form):
    """What became of a placement."""

    outcome = forms.CharField(
        label=_("What became of it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Found work, came back to help, finished school: as they tell it."),
    )


class PublicForm(Form):
    """Who applies by themselves."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("So that we can answer you. It is used for nothing else."),
    )
    said = forms.CharField(
        label=_("Why you would like to, and when you can"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
