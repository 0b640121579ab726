"""Forms of promises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form, Group
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from .faults import CITED
from .models import Commitment
from .selectors import owners


class PartnerField(forms.CharField):
    """An organisation or, unless `only_bodies`, a person, by name, number or address; cleans to the row, None when empty."""

    def __init__(self, *, only_bodies: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=300, required=False, **kwargs)
        self.only_bodies = only_bodies

    def clean(self, value: Any) -> Any:
        """Raises ValidationError when nobody is called so, or several."""
        text = squeeze(super().clean(value) or "")
        if not text:
            return None
        bodies = organisations.named(text)
        persons = [] if self.only_bodies else people.named(text)
        if len(bodies) + len(persons) > 1:
            raise ValidationError(
                _now("Several have this name. Write a number or an e-mail of the one you mean.")
            )
        if bodies:
            return organisations.one_by_key(bodies[0])
        if persons:
            return people.one_by_key(persons[0])
        if self.only_bodies:
            raise ValidationError(_now("There is no organisation of this name. Add it first."))
        raise ValidationError(_now("There is no organisation and no person of this name. Add them first."))


class _Said(Form):
    """What note and change share."""

    what = forms.CharField(label=_("What was promised"), max_length=300)
    due_on = forms.DateField(label=_("Due on"))
    owner = forms.ChoiceField(
        label=_("Who sees to it"), required=False, help_text=_("Today reminds them before it is due, and when it is late.")
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=Commitment.Kind.choices)
    promised_on = forms.DateField(label=_("Promised on"))
    cites = forms.CharField(
        label=_("What it serves"),
        required=False,
        max_length=300,
        help_text=_("The name of a project, an objective, a goal or a need."),
    )
    detail = forms.CharField(
        label=_("More about it"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    actor: Any = None
    kept_cites = ""

    def __init__(self, *args: Any, actor: Any, kept: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.accounts = {str(one.pk): one for one in owners()}
        if kept is not None:
            self.accounts.setdefault(str(kept.pk), kept)
        field: Any = self.fields["owner"]
        named = [(key, AsWritten(str(one))) for key, one in self.accounts.items()]
        field.choices = [("", _("Nobody yet")), *named]

    def clean_cites(self) -> str:
        """The typed reference of what it serves."""
        text = squeeze(self.cleaned_data["cites"])
        if self.kept_cites and text == search.cited_title(self.kept_cites):
            return self.kept_cites
        return search.cited(text, actor=self.actor, kinds=CITED)

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        names = ("what", "due_on", "kind", "promised_on", "cites", "detail")
        return {**{name: clean[name] for name in names}, "owner": self.accounts.get(clean["owner"])}


class MakeForm(_Said):
    """A new promise."""

    direction = forms.ChoiceField(
        label=_("Who promised"), choices=Commitment.Direction.choices, widget=forms.RadioSelect
    )
    partner = PartnerField(
        label=_("Partner"),
        help_text=_(
            "The full name of the organisation or person that promised it, or that we promised it to."
        ),
    )
    to = PartnerField(
        label=_("Promised to, between partners"),
        only_bodies=True,
        help_text=_("The other organisation; empty unless a partner promised it to another one."),
    )
    field_order = ("direction", "partner", "to", "what", "due_on", "owner")
    groups = (Group(_("More"), ("kind", "promised_on", "cites", "detail"), is_folded=True),)
    shown_at = {"organisation": "partner", "to_organisation": "to"}

    def values(self) -> dict[str, Any]:
        """Arguments of `make_commitment`."""
        clean = self.cleaned_data
        return {**super().values(), **{name: clean[name] for name in ("direction", "partner", "to")}}


class ChangeForm(_Said):
    """What a promise says; who promised whom stays."""

    field_order = ("what", "due_on", "owner", "kind", "promised_on", "cites", "detail")

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        names = ("what", "due_on", "kind", "promised_on", "detail")
        kwargs["initial"] = {
            **{name: getattr(commitment, name) for name in names},
            "owner": str(commitment.owner_id or ""),
            "cites": search.cited_title(commitment.cites) if commitment.cites else "",
        }
        self.kept_cites = commitment.cites
        super().__init__(*args, kept=commitment.owner, **kwargs)


class SettleForm(Form):
    """What became of it."""

    settled = forms.ChoiceField(
        label=_("What came of it"), choices=Commitment.Settled.choices, widget=forms.RadioSelect
    )
    settled_on = forms.DateField(label=_("On which day"))
    note = forms.CharField(
        label=_("Why, or a word about it"),
        required=False,
        max_length=300,
        help_text=_("Needed when it was not kept, or when whoever it was promised to released it."),
    )

    def __init__(self, *args: Any, settled: str = "kept", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"settled": settled, "settled_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
