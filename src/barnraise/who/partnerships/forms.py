"""Forms of partnerships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.ui.forms import Form, Group
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from .models import Partnership, Stage
from .selectors import owners

LEVELS = [
    (1, _("1 – very little")),
    (2, _("2 – little")),
    (3, _("3 – some")),
    (4, _("4 – much")),
    (5, _("5 – very much")),
]


class PartnerField(forms.CharField):
    """An organisation or a person, by name, number or address; cleans to the row."""

    def clean(self, value: Any) -> Any:
        """Raises ValidationError when nobody is called so, or several."""
        text = squeeze(super().clean(value) or "")
        if not text:
            return None
        bodies, persons = organisations.named(text), people.named(text)
        if len(bodies) + len(persons) > 1:
            raise ValidationError(
                _now(
                    "Several have this name. Open the page of the one you mean and begin the partnership there."
                )
            )
        if bodies:
            return organisations.one_by_key(bodies[0])
        if persons:
            return people.one_by_key(persons[0])
        raise ValidationError(_now("There is no organisation and no person of this name. Add them first."))


class _Standing(Form):
    """What begin and change share."""

    owner = forms.ChoiceField(label=_("Who keeps the relation"), required=False)
    cadence_days = forms.IntegerField(
        label=_("At most so many days between two contacts"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("As agreed with them: 30 is every month, 90 every quarter. Empty: no reminder."),
    )
    about = forms.CharField(
        label=_("What it is about"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreement = forms.CharField(
        label=_("What was agreed"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    agreed_on = forms.DateField(label=_("Agreed on"), required=False)
    agreement_ends_on = forms.DateField(label=_("Agreement ends on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(one.pk): one for one in owners()}
        field: Any = self.fields["owner"]
        kept = kwargs.get("initial", {}).get("kept")
        if kept is not None:
            self.accounts.setdefault(str(kept.pk), kept)
        rows = [(key, AsWritten(str(one))) for key, one in self.accounts.items()]
        field.choices = [("", _("Nobody yet")), *rows]

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        names = ("cadence_days", "about", "agreement", "agreed_on", "agreement_ends_on")
        return {**{name: clean[name] for name in names}, "owner": self.accounts.get(clean["owner"])}


class BeginForm(_Standing):
    """A new partnership. Whoever comes from a partner's page has said with whom."""

    partner = PartnerField(
        label=_("With whom"),
        max_length=300,
        help_text=_("The full name of an organisation, or of a leader who has none."),
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    since_on = forms.DateField(label=_("Since"))
    reason = forms.CharField(label=_("Why, if it ended"), required=False, max_length=300)
    field_order = ("partner", "stage", "since_on", "reason", "owner", "cadence_days", "about")
    groups = (Group(_("Agreement"), ("agreement", "agreed_on", "agreement_ends_on"), is_folded=True),)

    def __init__(self, *args: Any, partner: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = partner
        if partner is not None:
            del self.fields["partner"]

    def values(self) -> dict[str, Any]:
        """Arguments of `begin_partnership` but the partner."""
        clean = self.cleaned_data
        return {**super().values(), **{name: clean[name] for name in ("stage", "since_on", "reason")}}

    def chosen(self) -> Any:
        """With whom."""
        return self.given or self.cleaned_data["partner"]


class ChangeForm(_Standing):
    """What stands of a partnership beside its histories."""

    field_order = ("owner", "cadence_days", "about")
    groups = (Group(_("Agreement"), ("agreement", "agreed_on", "agreement_ends_on")),)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        names = ("cadence_days", "about", "agreement", "agreed_on", "agreement_ends_on")
        kwargs["initial"] = {
            **{name: getattr(partnership, name) for name in names},
            "owner": str(partnership.owner_id or ""),
            "kept": partnership.owner,
        }
        super().__init__(*args, **kwargs)


class MoveForm(Form):
    """Another stage."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices, widget=forms.RadioSelect)
    since_on = forms.DateField(label=_("Since"))
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("Needed when it has ended; welcome otherwise."),
    )


class RateForm(Form):
    """Influence and interest."""

    influence = forms.TypedChoiceField(
        label=_("Influence"),
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("How much depends on them for what we aim at."),
    )
    interest = forms.TypedChoiceField(
        label=_("Interest"),
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("How much it matters to them."),
    )
    rated_on = forms.DateField(label=_("On which day"))
    note = forms.CharField(label=_("What makes you think so"), required=False, max_length=300)


class TagsForm(Form):
    """Which tags."""

    names = forms.CharField(
        label=_("Tags"), max_length=600, help_text=_("Free labels with commas between them.")
    )

    def clean_names(self) -> list[str]:
        """The names. Raises ValidationError where there is none."""
        found = [name for name in (part.strip() for part in self.cleaned_data["names"].split(",")) if name]
        if not found:
            raise ValidationError(_now("Write one tag at least."))
        return found


class OwnerForm(Form):
    """Which account."""

    owner = forms.TypedChoiceField(
        label=_("Who keeps the relation"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        rows = [(str(one.pk), AsWritten(str(one))) for one in owners()]
        field.choices = [("", _("Nobody yet")), *rows]
