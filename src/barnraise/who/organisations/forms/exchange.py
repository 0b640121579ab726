"""The form of one give or seek, read into a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.forms import Form, Group
from barnraise.who.communities import selectors as communities

from .. import exchange_words, shaping
from ..documents import SectorCode
from ..exchanges import FIELDS, USUAL_UNITS, ExchangeDocument, faults
from ..models import Exchange
from ..season import day_of, read_day

_UNITS = [("", _("the usual one"))] + [(value, label) for value, label in Exchange.Unit.choices]


class ExchangeForm(Form):
    """Everything about one thing given or sought."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Exchange.Kind.choices,
        widget=forms.RadioSelect(attrs={"class": "in-columns"}),
    )
    what = forms.CharField(
        label=_("What"), max_length=300, help_text=_("In a few words: “Hall for meetings with kitchen”.")
    )
    amount = forms.DecimalField(
        label=pgettext_lazy("exchange", "Amount"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=15,
        decimal_places=3,
    )
    unit = forms.ChoiceField(
        label=_("Counted in"),
        required=False,
        choices=_UNITS,
        help_text=_("The usual one is money, pieces, people, square metres or hours, as the kind says."),
    )
    per = forms.ChoiceField(label=_("How often"), required=False, choices=Exchange.Per.choices)
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3)
    condition = forms.CharField(
        label=_("Condition"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("What has to hold: “for youth programmes”, “evenings only”, “our name on the poster”."),
    )
    communities = forms.MultipleChoiceField(
        label=_("Communities concerned"), required=False, help_text=_("None: it is for any of them.")
    )
    valid_from = forms.DateField(label=_("Holds from"), required=False)
    valid_until = forms.DateField(label=_("Holds until"), required=False)
    months = forms.MultipleChoiceField(
        label=_("Months of every year"),
        required=False,
        choices=[(str(number), name) for number, name in MONTHS.items()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "in-columns"}),
    )
    season_from = forms.CharField(
        label=_("First day of the season"),
        required=False,
        max_length=40,
        help_text=_("Instead of months: a day of every year, like 15 November."),
    )
    season_until = forms.CharField(label=_("Last day of the season"), required=False, max_length=40)
    sectors = forms.CharField(
        label=_("Sectors"),
        required=False,
        widget=forms.Textarea,
        max_length=2000,
        help_text=_(
            "One a line, the scheme first: NTEE K31, SDG 2. Without them those of the organisation count."
        ),
    )
    groups = (
        Group(_("How much"), ("amount", "unit", "per", "currency")),
        Group(_("On what terms"), ("condition", "communities", "valid_from", "valid_until")),
        Group(_("Season"), ("months", "season_from", "season_until"), is_folded=True),
        Group(_("Sectors"), ("sectors",), is_folded=True),
    )

    def __init__(
        self, *args: Any, direction: str, document: ExchangeDocument | None = None, **kwargs: Any
    ) -> None:
        self.direction, self.document = direction, document
        usual: dict[str, Any] = {"currency": installation().currency}
        kwargs["initial"] = {**usual, **(self._values(document) if document else kwargs.get("initial", {}))}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["communities"]
        field.choices = [(str(key), AsWritten(name)) for key, name in communities.choices()]

    @staticmethod
    def _values(said: ExchangeDocument) -> dict[str, Any]:
        places = get_currency_precision(said.currency) if said.currency else 0
        days = {name: getattr(said, name) for name in ("season_from", "season_until")}
        return {
            **{name: getattr(said, name) for name in ("kind", "what", "unit", "per", "condition", "valid_from", "valid_until")},
            "currency": said.currency or installation().currency,
            "amount": None if said.amount is None else Decimal(said.amount).scaleb(-places),
            "communities": [str(key) for key in said.communities],
            "months": [] if said.season_from else [str(month) for month in sorted(said.season.months)],
            **{name: exchange_words.day_words(day_of(day)) if day else "" for name, day in days.items()},
            "sectors": shaping.write_sectors(SectorCode(*pair) for pair in said.sectors),
        }  # fmt: skip

    def clean_sectors(self) -> Any:
        """(scheme, code) pairs."""
        found = shaping.read_sectors(self.cleaned_data["sectors"])
        return tuple(sorted({(one.scheme, one.code) for one in found}))

    def _day(self, name: str) -> str:
        try:
            return read_day(self.cleaned_data[name], exchange_words.month_names())
        except ValueError:
            raise ValidationError(_("Write a day and a month, for example 15 November.")) from None

    def clean_season_from(self) -> str:
        """ "11-15"."""
        return self._day("season_from")

    def clean_season_until(self) -> str:
        """ "03-31"."""
        return self._day("season_until")

    def clean_currency(self) -> str:
        """Capital letters."""
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        """Say at the fields what the document may not say."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                found = faults(self.wanted(given))
            except ValidationError as no:
                self.add_error("amount", no)
                return given
            for field, reason in found:
                self.add_error(field if field in self.fields else None, reason)
        return given

    def wanted(self, given: Mapping[str, Any] | None = None) -> ExchangeDocument:
        """The document that the form says. Raises ValidationError for half a person."""
        said: Mapping[str, Any] = given if given is not None else self.cleaned_data
        days = {name: said[name] for name in ("season_from", "season_until")}
        months = 0 if any(days.values()) else sum(1 << (int(month) - 1) for month in set(said["months"]))
        before = self.document or ExchangeDocument(direction=self.direction, kind="", what="")
        return replace(
            before,
            kind=said["kind"],
            what=squeeze(said["what"]),
            condition=said["condition"].strip(),
            communities=tuple(sorted(int(key) for key in said["communities"])),
            sectors=said["sectors"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            months=months,
            **days,
            **_amount(said),
        )

    def values(self) -> dict[str, Any]:
        """Every field of the wanted document, for `change_exchange`."""
        wanted = self.wanted()
        return {name: getattr(wanted, name) for name in FIELDS}


def _amount(said: Mapping[str, Any]) -> dict[str, Any]:
    if said["amount"] is None:
        return {"amount": None, "unit": "", "currency": "", "per": said["per"]}
    unit = said["unit"] or USUAL_UNITS.get(said["kind"], "")
    currency = said["currency"] if unit == Exchange.Unit.MONEY else ""
    places = get_currency_precision(currency) if currency else 0
    exact = said["amount"].scaleb(places)
    if exact != exact.to_integral_value():
        raise ValidationError(_("Write a whole number; only money has decimals."))
    return {
        "amount": int(exact.to_integral_value(ROUND_HALF_EVEN)),
        "unit": unit,
        "currency": currency,
        "per": said["per"],
    }
