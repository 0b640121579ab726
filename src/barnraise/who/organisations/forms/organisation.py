"""The form of an organisation: one page, errors at the field, read into a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.forms import Form, Group
from barnraise.who.communities import selectors as communities

from .. import shaping
from ..documents import FIELDS, Name, OrganisationDocument, Place
from ..faults import faults
from ..models import Organisation
from . import hours

_SHOWN_AT = {
    "names": "other_names",
    "addresses": "street",
    "income_amount": "income",
    "income_currency": "currency",
    "employees_band": "size",
}
"""Where the form shows a fault of a document's field."""

_SIZE = (
    "sectors",
    "size",
    "employees",
    "capacity",
    "capacity_per",
    "founded_year",
    "income",
    "currency",
    "income_year",
)
Area = forms.Textarea


class OrganisationForm(Form):
    """Everything about an organisation that people type."""

    name = forms.CharField(label=_("Name"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose a kind")), *Organisation.Kind.choices])
    mission = forms.CharField(
        label=_("Mission"),
        required=False,
        max_length=20_000,
        widget=Area,
        help_text=_("What it is there for."),
    )
    communities = forms.MultipleChoiceField(label=_("Communities served"), required=False)
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=2000, help_text=_("Free labels with commas between them.")
    )
    street = forms.CharField(label=_("Street"), required=False, max_length=400)
    city = forms.CharField(label=_("City"), required=False, max_length=120)
    region = forms.CharField(label=_("State or region"), required=False, max_length=80)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=20)
    country = forms.CharField(
        label=_("Country"), required=False, max_length=2, help_text=_("Two letters, for example US.")
    )
    coordinates = forms.CharField(
        label=_("Latitude, longitude"),
        required=False,
        max_length=60,
        help_text=_("In degrees, like 40.06, -82.42. Without them it is counted beside the map."),
    )
    more_addresses = forms.CharField(
        label=_("Further addresses"),
        required=False,
        widget=Area,
        max_length=8000,
        help_text=_(
            "One a line: street | city | state | postcode | country. Write “post:” before one for mail only."
        ),
    )
    contacts = forms.CharField(
        label=_("Phones, e-mails, web pages"),
        required=False,
        widget=Area,
        max_length=8000,
        help_text=_("One a line, a label behind a bar: +1 740-555-0100 | front desk"),
    )
    legal_name = forms.CharField(label=_("Legal name"), required=False, max_length=300)
    other_names = forms.CharField(
        label=_("Further names it trades under"), required=False, widget=Area, max_length=8000,
        help_text=_("One a line."),
    )  # fmt: skip
    former_names = forms.CharField(
        label=_("Former names"), required=False, widget=Area, max_length=8000, help_text=_("One a line.")
    )
    identifiers = forms.CharField(
        label=_("Identifiers"),
        required=False,
        widget=Area,
        max_length=8000,
        help_text=_("One a line, the scheme first: EIN 01-2345678. No two organisations share one."),
    )
    sectors = forms.CharField(
        label=_("Sectors"),
        required=False,
        widget=Area,
        max_length=8000,
        help_text=_("One a line, the scheme first: NTEE K31, SDG 2, ICNPTSO D or OWN Food security."),
    )
    size = forms.ChoiceField(
        label=_("Size"), required=False, choices=[("", _("Not known")), *Organisation.Band.choices]
    )
    employees = forms.IntegerField(
        label=_("People employed"), required=False, min_value=0, max_value=2_147_483_647
    )
    founded_year = forms.IntegerField(label=_("Founded in"), required=False, min_value=1000, max_value=2200)
    income = forms.DecimalField(label=_("Yearly income"), required=False, max_digits=17, decimal_places=3)
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3)
    income_year = forms.IntegerField(
        label=_("Year of the income"), required=False, min_value=1800, max_value=2200
    )
    capacity = forms.IntegerField(
        label=_("People it can serve"), required=False, min_value=1, max_value=2_147_483_647
    )
    capacity_per = forms.ChoiceField(
        label=_("How often"), required=False, choices=[("", _("Not known")), *Organisation.Per.choices]
    )
    hours_note = forms.CharField(
        label=_("More about the hours"),
        required=False,
        max_length=2000,
        widget=Area(attrs={"rows": 2}),
        help_text=_("Holidays, first Tuesday of the month, by appointment."),
    )
    parent = forms.CharField(
        label=_("Branch of"),
        required=False,
        max_length=300,
        help_text=_("The full name of the organisation it is a branch of, or one of its identifiers."),
    )
    groups = (
        Group(_("Where it is"), ("street", "city", "region", "postcode", "country", "coordinates", "more_addresses")),
        Group(_("How to reach it"), ("contacts",)),
        Group(_("Opening hours"), (*hours.NAMES, "hours_note"), is_folded=True),
        Group(_("Names and numbers"), ("legal_name", "other_names", "former_names", "identifiers"), is_folded=True),
        Group(_("Sector and size"), _SIZE, is_folded=True),
        Group(_("Branches"), ("parent",), is_folded=True),
    )  # fmt: skip

    def __init__(self, *args: Any, document: OrganisationDocument | None = None, **kwargs: Any) -> None:
        self.document = document
        if document is not None:
            kwargs["initial"] = self._values(document)
        else:
            kwargs["initial"] = {"currency": installation().currency, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["communities"]
        field.choices = [(str(key), AsWritten(name)) for key, name in communities.choices()]

    @staticmethod
    def _values(said: OrganisationDocument) -> dict[str, Any]:
        place = said.addresses[0] if said.addresses else Place()
        legal = [part.name for part in said.names if part.kind == "legal"]
        places = get_currency_precision(said.income_currency) if said.income_currency else 2
        income = None if said.income_amount is None else Decimal(said.income_amount).scaleb(-places)
        parent = Organisation.objects.filter(pk=said.parent).first() if said.parent else None
        return {
            **{
                name: getattr(said, name)
                for name in ("name", "kind", "mission", "employees", "capacity", "capacity_per", "hours_note")
            },
            **hours.initial(said.hours),
            "communities": [str(key) for key in said.communities],
            "tags": ", ".join(said.tags),
            "street": place.lines,
            **{name: getattr(place, name) for name in ("city", "region", "postcode", "country")},
            "coordinates": shaping.write_coordinates(place),
            "more_addresses": shaping.write_places(said.addresses[1:]),
            "contacts": shaping.write_contacts(said.contacts),
            "legal_name": legal[0] if legal else "",
            "other_names": shaping.write_names(said.names, "trading"),
            "former_names": shaping.write_names(said.names, "former"),
            "identifiers": shaping.write_identifiers(said.identifiers),
            "sectors": shaping.write_sectors(said.sectors),
            "size": said.employees_band,
            "founded_year": said.founded_year,
            "income": income,
            "currency": said.income_currency or installation().currency,
            "income_year": said.income_year,
            "parent": parent.name if parent else "",
        }

    def clean_country(self) -> str:
        """Capital letters."""
        return str(self.cleaned_data["country"]).strip().upper()

    def clean_currency(self) -> str:
        """Capital letters."""
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean_identifiers(self) -> Any:
        """Document parts."""
        return shaping.read_identifiers(self.cleaned_data["identifiers"])

    def clean_sectors(self) -> Any:
        """Document parts."""
        return shaping.read_sectors(self.cleaned_data["sectors"])

    def clean_more_addresses(self) -> Any:
        """Document parts; a line that is as it was keeps what the form does not show of it."""
        before = self.document.addresses[1:] if self.document else ()
        return shaping.read_places(self.cleaned_data["more_addresses"], before)

    def clean_coordinates(self) -> Any:
        """(latitude, longitude)."""
        return shaping.read_coordinates(self.cleaned_data["coordinates"])

    def clean_contacts(self) -> Any:
        """Document parts; numbers without + are dialled in the country given."""
        country = self.cleaned_data.get("country") or self._home_country()
        before = self.document.contacts if self.document else ()
        return shaping.read_contacts(self.cleaned_data["contacts"], country, before)

    def _home_country(self) -> str:
        return {"USD": "US", "GBP": "GB", "CAD": "CA"}.get(installation().currency, "")

    def clean_parent(self) -> int | None:
        """The key of the one organisation meant."""
        text = squeeze(self.cleaned_data["parent"])
        if not text:
            return None
        from ..selectors import named

        found = named(text)
        if self.document is not None and self.document.parent in found:
            return self.document.parent
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("Several organisations have this name. Write one of the identifiers of the one you mean.")
            )
        raise ValidationError(_("There is no organisation of this name. Add it first."))

    def clean(self) -> dict[str, Any]:
        """Say at the fields what the document may not say."""
        given = super().clean() or self.cleaned_data
        given["hours"] = hours.read(self, given)
        if not self.errors:
            for field, reason in faults(self.wanted(given)):
                shown = _SHOWN_AT.get(field, field)
                self.add_error(shown if shown in self.fields else None, reason)
        return given

    def wanted(self, given: Mapping[str, Any] | None = None) -> OrganisationDocument:
        """The document that the form says: what it does not show stays as it was."""
        said: Mapping[str, Any] = given if given is not None else self.cleaned_data
        before = self.document or OrganisationDocument(name="")
        return replace(
            before,
            name=squeeze(said["name"]),
            kind=said["kind"],
            mission=said["mission"].strip(),
            communities=tuple(sorted(int(key) for key in said["communities"])),
            tags=tuple(name for name in (squeeze(part) for part in said["tags"].split(",")) if name),
            addresses=self._addresses(said, before),
            contacts=said["contacts"],
            names=self._names(said, before),
            identifiers=said["identifiers"],
            sectors=said["sectors"],
            employees_band=said["size"],
            employees=said["employees"],
            founded_year=said["founded_year"],
            capacity=said["capacity"],
            capacity_per=said["capacity_per"],
            hours=said["hours"],
            hours_note=said["hours_note"].strip(),
            parent=said["parent"],
            **self._income(said),
        )

    @staticmethod
    def _addresses(said: Mapping[str, Any], before: OrganisationDocument) -> tuple[Place, ...]:
        first = before.addresses[0] if before.addresses else Place()
        lat, lon = said["coordinates"]
        place = replace(
            first,
            lines=squeeze(said["street"]),
            lat=lat,
            lon=lon,
            **{name: squeeze(said[name]) for name in ("city", "region", "postcode", "country")},
        )
        is_empty = replace(place, kind="physical", country="", source="") == Place()
        further: tuple[Place, ...] = said["more_addresses"]
        return further if is_empty else (place, *further)

    @staticmethod
    def _names(said: Mapping[str, Any], before: OrganisationDocument) -> tuple[Name, ...]:
        kept = tuple(part for part in before.names if part.kind in {"short", "sort"})
        legal = (Name("legal", squeeze(said["legal_name"])),) if said["legal_name"].strip() else ()
        further = tuple(part for part in before.names if part.kind == "legal")[1:]
        trading = shaping.read_names(said["other_names"], "trading")
        return (*legal, *further, *trading, *shaping.read_names(said["former_names"], "former"), *kept)

    @staticmethod
    def _income(said: Mapping[str, Any]) -> dict[str, Any]:
        if said["income"] is None:
            return {"income_amount": None, "income_currency": "", "income_year": None}
        places = get_currency_precision(said["currency"]) if said["currency"] else 2
        amount = int(said["income"].scaleb(places).to_integral_value(ROUND_HALF_EVEN))
        return {
            "income_amount": amount,
            "income_currency": said["currency"],
            "income_year": said["income_year"],
        }

    def values(self) -> dict[str, Any]:
        """Every field of the wanted document, for `change_organisation`."""
        wanted = self.wanted()
        return {name: getattr(wanted, name) for name in FIELDS}

    def refused(self, no: ValidationError) -> None:
        """Show what a service refused at the fields of this form."""
        if not hasattr(no, "error_dict"):
            self.add_error(None, no)
            return
        for field, reasons in no.error_dict.items():
            shown = _SHOWN_AT.get(field, field)
            self.add_error(shown if shown in self.fields else None, reasons)


for _name, _field in hours.day_fields().items():
    OrganisationForm.base_fields[_name] = _field
