"""Forms of events."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form, Group

from . import choosing, selectors
from .models import Event


class EventForm(Form):
    """An event."""

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=Event.Kind.choices)
    starts_at = forms.DateTimeField(label=_("Begins"))
    ends_at = forms.DateTimeField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), required=False, max_length=300)
    about = forms.CharField(
        label=_("What happens there"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    owner = forms.ChoiceField(label=_("Who sees to it"), required=False)
    cites = forms.CharField(
        label=_("Serves"),
        required=False,
        max_length=200,
        help_text=_("The name of the project, objective, goal or need it is for."),
    )
    is_public = forms.BooleanField(
        label=_("People register on its page"),
        required=False,
        help_text=_("Whoever has the address reads it and registers, without an account."),
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        help_text=_("Empty: as many as come. Whoever comes later waits, and moves up when somebody cancels."),
    )
    closes_at = forms.DateTimeField(
        label=_("Registration closes"), required=False, help_text=_("Empty: when it begins.")
    )
    groups = (Group(_("Registration"), ("is_public", "capacity", "closes_at")),)

    def __init__(self, *args: Any, actor: Any, event: Event | None = None, **kwargs: Any) -> None:
        self.actor = actor
        if event is not None:
            names = ("title", "kind", "place", "about", "is_public", "capacity")
            kwargs["initial"] = {
                **{name: getattr(event, name) for name in names},
                "starts_at": timezone.localtime(event.starts_at),
                "ends_at": timezone.localtime(event.ends_at),
                "closes_at": timezone.localtime(event.closes_at) if event.closes_at else None,
                "owner": str(event.owner_id or ""),
                "cites": search.cited_title(event.cites),
            }
        super().__init__(*args, **kwargs)
        self.kept = event.cites if event is not None else ""
        self.accounts, offered = choosing.owner_choices(event.owner if event is not None else None)
        field: Any = self.fields["owner"]
        field.choices = [("", _("Nobody yet")), *offered]
        if not choosing.citable():
            del self.fields["cites"]

    def clean_cites(self) -> str:
        """The typed reference of what it serves."""
        text = self.cleaned_data["cites"]
        if self.kept and text == search.cited_title(self.kept):
            return self.kept
        return choosing.cited(text, actor=self.actor)

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = dict(self.cleaned_data)
        clean.setdefault("cites", self.kept)
        return {**clean, "owner": self.accounts.get(clean["owner"])}


class CancelForm(Form):
    """Why it does not take place."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Who registered reads it on the event's page.")
    )


class CloseForm(Form):
    """What came of it."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class MadeForm(Form):
    """Outputs, costs and hosts, one a line."""

    outputs = forms.CharField(
        label=_("Outputs"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, how many and of what: 120 meals"),
    )
    costs = forms.CharField(
        label=_("Costs"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, what for and how much: Printing 45.50"),
    )
    hosts = forms.CharField(
        label=_("Hosts and their share of the credit"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line, with the share in percent, ours too: Oak Hill Pantry 60. Together they make 100."
        ),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "outputs": "\n".join(
                f"{_plain(one.quantity)} {one.unit}" for one in event.outputs.order_by("id")
            ),
            "costs": "\n".join(
                f"{one.what} {_plain(Decimal(one.amount).scaleb(-get_currency_precision(one.currency)))}"
                for one in event.costs.order_by("id")
            ),
            "hosts": "\n".join(f"{one.organisation} {one.share}" for one in selectors.hosts_of(event)),
        }
        super().__init__(*args, **kwargs)

    def clean_outputs(self) -> Any:
        """As the service takes them."""
        return choosing.read_outputs(self.cleaned_data["outputs"])

    def clean_costs(self) -> Any:
        """As the service takes them."""
        return choosing.read_costs(self.cleaned_data["costs"])

    def clean_hosts(self) -> Any:
        """As the service takes them."""
        return choosing.read_hosts(self.cleaned_data["hosts"])


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class NewcomerForm(Form):
    """Who registers."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    note = forms.CharField(label=_("Something we should know"), required=False, max_length=300)


class PublicForm(NewcomerForm):
    """Who registers by themselves."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only for this event, so that we can tell you when something changes."),
    )


class HoursForm(Form):
    """How long somebody stayed."""

    hours = forms.DecimalField(
        label=_("Hours"), required=False, min_value=0, max_value=744, max_digits=6, decimal_places=2
    )

    def minutes(self) -> int | None:
        """In minutes."""
        hours = self.cleaned_data["hours"]
        return None if hours is None else int((hours * 60).to_integral_value())
