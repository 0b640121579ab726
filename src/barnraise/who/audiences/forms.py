"""Forms of audiences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form, Group, prepare
from barnraise.who.consent import selectors as consents
from barnraise.who.consent.models.purpose import CONTACTS

from .models import Audience, Rule
from .selectors import options_of
from .services import Given
from .sockets import criteria


class AudienceForm(Form):
    """An audience without its rules."""

    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(label=_("What it is for"), max_length=300, required=False)
    mode = forms.ChoiceField(
        label=_("Who belongs to it"),
        choices=[
            ("all", _("Whoever passes all of the rules")),
            ("any", _("Whoever passes any of the rules")),
        ],
        widget=forms.RadioSelect,
        initial="all",
    )
    purpose = forms.ChoiceField(label=_("Usually written to for"), required=False)
    channel = forms.ChoiceField(label=_("By which channel"), required=False, choices=[("", "–"), *CONTACTS])
    groups = (
        Group(
            _("Reach"),
            ("purpose", "channel"),
            text=_(
                "Its page tells how many of its people may be contacted for this, and why the others may not."
            ),
        ),
    )

    def __init__(self, *args: Any, audience: Audience | None = None, **kwargs: Any) -> None:
        if audience is not None:
            names = ("name", "about", "mode", "channel")
            kwargs["initial"] = {
                **{name: getattr(audience, name) for name in names},
                "purpose": str(audience.purpose_id or ""),
            }
        super().__init__(*args, **kwargs)
        self.purposes = {str(one.pk): one for one in consents.live_purposes()}
        if audience is not None and audience.purpose is not None:
            self.purposes.setdefault(str(audience.purpose_id), audience.purpose)
        field: Any = self.fields["purpose"]
        offered = [(key, AsWritten(one.name)) for key, one in self.purposes.items()]
        field.choices = [("", _("Nothing in particular")), *offered]

    def values(self) -> dict[str, Any]:
        """Arguments of the services."""
        clean = self.cleaned_data
        return {**clean, "purpose": self.purposes.get(clean["purpose"])}


class RuleForm(Form):
    """The values of one criterion."""

    is_not = forms.ChoiceField(
        label=_("Whether"),
        choices=[("", _("any of these holds")), ("1", _("none of these holds"))],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, *args: Any, criterion: str, rule: Rule | None = None, **kwargs: Any) -> None:
        if rule is not None:
            kwargs["initial"] = {"is_not": "1" if rule.is_not else "", "values": rule.values}
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        plug = criteria.get(criterion)
        offered = options_of(criterion, rule.values if rule is not None else ())
        field = forms.MultipleChoiceField(
            label=plug.title, choices=offered, help_text=plug.help, widget=forms.SelectMultiple
        )
        self.fields = {"values": field, **self.fields}
        prepare(self)

    def given(self) -> Given:
        """The rule."""
        clean = self.cleaned_data
        return Given(self.criterion, clean["values"], clean["is_not"] == "1")
