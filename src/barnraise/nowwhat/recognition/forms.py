"""Forms of thanks and marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.text import AsWritten, fold, squeeze
from barnraise.plumbing.mail.sockets import Addressee
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.forms import Form
from barnraise.who.organisations import selectors as organisations
from barnraise.why.goals.models import Indicator

from . import facing, selectors
from .models import Thanks


class PeriodForm(Form):
    """Of which days."""

    begins_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(label=_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        begins, ends = facing.last_year(timezone.localdate())
        kwargs.setdefault("initial", {"begins_on": begins, "ends_on": ends})
        super().__init__(*args, **kwargs)

    def period(self) -> Period:
        """The days asked for; the last twelve months where nothing, or nothing that can be, is asked for."""
        begins, ends = facing.last_year(timezone.localdate())
        if self.is_bound and self.is_valid():
            begins, ends = self.cleaned_data["begins_on"], self.cleaned_data["ends_on"]
        return Period(begins, max(begins, ends))


class ThanksForm(Form):
    """A letter of thanks, and the words for the public."""

    organisation = forms.CharField(label=_("Partner"), max_length=300, help_text=_("The full name."))
    begins_on = forms.DateField(label=_("For what they gave from"))
    ends_on = forms.DateField(label=_("Until"))
    letter = forms.CharField(
        label=_("Letter"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The greeting stands before it, what they gave below it."),
    )  # fmt: skip
    wording = forms.CharField(
        label=_("How they are named in public"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The partner approves these words by a link in the mail, or wishes others. Empty: it is not asked."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    field_order = ("organisation", "begins_on", "ends_on", "letter", "wording", "language", "owner")

    def __init__(self, *args: Any, actor: Any, thanks: Thanks | None = None, **kwargs: Any) -> None:
        begins, ends = facing.last_year(timezone.localdate())
        initial: dict[str, Any] = {
            "begins_on": begins,
            "ends_on": ends,
            "language": installation().default_language,
            "owner": str(actor.pk),
        }
        if thanks is not None:
            names = ("begins_on", "ends_on", "letter", "wording", "language")
            initial = {name: getattr(thanks, name) for name in names}
            initial["owner"] = str(thanks.owner_id or "")
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if thanks is not None:
            del self.fields["organisation"]
        self.accounts = {str(one.pk): one for one in selectors.owners()}
        if thanks is not None and thanks.owner is not None:
            self.accounts.setdefault(str(thanks.owner_id), thanks.owner)
        field: Any = self.fields["owner"]
        named = [(key, AsWritten(str(one))) for key, one in self.accounts.items()]
        field.choices = [("", _("Nobody yet")), *named]

    def clean_organisation(self) -> Any:
        """The partner. Raises ValidationError when none is called so, or several."""
        found = organisations.named(squeeze(self.cleaned_data["organisation"]))
        if len(found) > 1:
            raise ValidationError(
                _now("Several have this name. Write a number or an e-mail of the one you mean.")
            )
        if not found:
            raise ValidationError(_now("There is no organisation of this name. Add it first."))
        return organisations.one_by_key(found[0])

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        names = [name for name in self.field_order if name in self.fields and name != "owner"]
        return {**{name: clean[name] for name in names}, "owner": self.accounts.get(clean["owner"])}


class SendForm(Form):
    """To whom of the partner the letter goes."""

    to = forms.ChoiceField(label=_("Send it to"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, boxes: Sequence[Addressee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = {one.address: one for one in boxes}
        field: Any = self.fields["to"]
        field.choices = [(key, AsWritten(f"{one.name} <{one.address}>")) for key, one in self.boxes.items()]
        if boxes:
            self.initial.setdefault("to", boxes[0].address)


class EndForm(Form):
    """Why it ends."""

    note = forms.CharField(label=_("Why"), max_length=300)


class ChangeMarkForm(Form):
    """Every how many of its indicator a milestone is reached, and of what."""

    step = forms.DecimalField(label=_("Every"), min_value=0, max_digits=12, decimal_places=2)
    words = forms.CharField(
        label=_("What is counted, in words for everybody"),
        max_length=120,
        help_text=_("As it follows the number: “volunteer hours”."),
    )


class MarkForm(ChangeMarkForm):
    """A mark: every how many of an indicator."""

    field_order = ("indicator", "step", "words")
    indicator = forms.CharField(
        label=_("Indicator"), max_length=300, help_text=_("The full name of an indicator.")
    )

    def clean_indicator(self) -> Indicator:
        """The indicator. Raises ValidationError when there is none, or several."""
        name = fold(squeeze(self.cleaned_data["indicator"]))[:200]
        found = list(Indicator.objects.filter(name_folded=name).order_by("pk")[:2])
        if len(found) > 1:
            raise ValidationError(_now("Several are called so. Give them names that tell them apart."))
        if not found:
            raise ValidationError(_now("There is no indicator of this name."))
        return found[0]
