"""The form of a person: one page, errors at the field, read into a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, squeeze
from barnraise.plumbing.profile.selectors import home_country
from barnraise.plumbing.ui.components import data
from barnraise.plumbing.ui.forms import Form, Group, prepare

from .. import choosing, shaping
from ..choosing import KeyField, OrganisationField
from ..documents import FIELDS, PersonDocument, Place, Post, name_of
from ..faults import faults
from ..models import CustomField, Person
from ..selectors import custom_fields
from ..takes import CUSTOM

Area = forms.Textarea
_SHOWN_AT = {"addresses": "street", "roles": "role_title"}
"""Where the form shows a fault of a document's field."""


def custom_form_field(field: CustomField, value: Any) -> forms.Field:
    """The control of a custom field, filled with the value kept."""
    common: dict[str, Any] = {
        "label": data(field.label),
        "required": False,
        "help_text": data(field.help_text) if field.help_text else "",
        "initial": value,
    }
    if field.type == CustomField.Type.NUMBER:
        return forms.FloatField(**common)
    if field.type == CustomField.Type.DATE:
        return forms.DateField(**common)
    if field.type == CustomField.Type.CHOICE:
        options = [("", _("Not known")), *((text, AsWritten(text)) for text in field.options)]
        return forms.ChoiceField(choices=options, **common)
    if field.type == CustomField.Type.YES_NO:
        common["initial"] = {True: "yes", False: "no"}.get(value, "")
        return forms.ChoiceField(choices=[("", _("Not known")), ("yes", _("yes")), ("no", _("no"))], **common)
    return forms.CharField(max_length=1000, **common)


class PersonForm(Form):
    """Everything about a person that people type on one page."""

    given_name = forms.CharField(label=_("Given name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Person.Kind.choices)
    contacts = forms.CharField(
        label=_("Phones, e-mails, web pages"),
        required=False,
        widget=Area,
        max_length=8000,
        help_text=_("One a line, the main one first; a label behind a bar: +1 740-555-0100 | mobile"),
    )
    organisation = OrganisationField(
        label=_("Works with"),
        required=False,
        help_text=_("An organisation's full name, or one of its numbers."),
    )
    role_title = forms.CharField(
        label=_("As"), required=False, max_length=120, help_text=_("Role or job title.")
    )
    language = forms.ChoiceField(
        label=_("Preferred language"), required=False, help_text=_("Barnraise writes to them in it.")
    )
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=2000, help_text=_("Free labels with commas between them.")
    )
    about = forms.CharField(label=_("About"), required=False, max_length=20_000, widget=Area)
    community = KeyField(label=_("Community"))
    owner = KeyField(
        label=_("Who keeps the relation"), help_text=_("The one of the team who knows them best.")
    )
    street = forms.CharField(label=_("Street"), required=False, max_length=400)
    city = forms.CharField(label=_("City"), required=False, max_length=120)
    region = forms.CharField(label=_("State or region"), required=False, max_length=80)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=20)
    country = forms.CharField(
        label=_("Country"), required=False, max_length=2, help_text=_("Two letters, for example US.")
    )
    display_name = forms.CharField(
        label=_("Shown as"),
        required=False,
        max_length=200,
        help_text=_("Only where it is not the given and the family name, like Doña Ana."),
    )
    pronunciation = forms.CharField(
        label=_("How to say the name"),
        required=False,
        max_length=200,
        help_text=_("As you would spell it: AH-na roo-EES"),
    )
    pronouns = forms.CharField(label=_("Pronouns"), required=False, max_length=60)
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("It is cut to a square; where and with what it was taken is left out."),
    )
    photo_alt = forms.CharField(
        label=_("Description of the picture"),
        required=False,
        max_length=300,
        help_text=_("Needed with a photo: what does it show, for people who cannot see it?"),
    )
    status = forms.ChoiceField(label=_("Status"), choices=Person.Status.choices, initial=Person.Status.ACTIVE)
    account = KeyField(label=_("Account"), help_text=_("Where this person logs in to Barnraise."))
    identifiers = forms.CharField(
        label=_("Identifiers"),
        required=False,
        widget=Area,
        max_length=8000,
        help_text=_("One a line, the scheme first: OWN 17. No two people share one."),
    )
    groups: Sequence[Group] = (
        Group(_("Name and photo"), ("display_name", "pronunciation", "pronouns", "photo", "photo_alt"), is_folded=True),
        Group(_("Where they are"), ("community", "street", "city", "region", "postcode", "country"), is_folded=True),
        Group(_("Among us"), ("owner", "status", "account", "identifiers"), is_folded=True),
    )  # fmt: skip

    def __init__(self, *args: Any, document: PersonDocument | None = None, **kwargs: Any) -> None:
        self.document = document
        kwargs["initial"] = (
            self._values(document)
            if document is not None
            else {"kind": "resident", **kwargs.get("initial", {})}
        )
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if document is not None:
            del fields["organisation"], fields["role_title"]
        fields["language"].choices = [("", _("As the partnership")), *choosing.languages()]
        fields["community"].offer(choosing.places(), _("Not known"))
        fields["owner"].offer(choosing.team(), _("Nobody"))
        fields["account"].offer(choosing.team(), _("None"))
        self._add_custom(document)
        prepare(self)

    def _add_custom(self, document: PersonDocument | None) -> None:
        kept = dict(document.custom) if document else {}
        kind = (document.kind if document else "") or ""
        self.custom = [
            field
            for field in custom_fields()
            if field.key in kept or (field.is_for(kind) if kind else not field.is_retired)
        ]
        names = []
        for field in self.custom:
            name = f"{CUSTOM}{field.key}"
            self.fields[name] = custom_form_field(field, kept.get(field.key))
            names.append(name)
        if names:
            self.groups = (Group(_("More about them"), tuple(names)), *type(self).groups)

    @staticmethod
    def _values(said: PersonDocument) -> dict[str, Any]:
        place = said.addresses[0] if said.addresses else Place()
        is_made_up = said.display_name == name_of(said.given_name, said.family_name)
        plain = (
            "given_name",
            "family_name",
            "kind",
            "language",
            "about",
            "pronunciation",
            "pronouns",
            "status",
        )
        return {
            **{name: getattr(said, name) for name in plain},
            **{name: getattr(said, name) or "" for name in ("community", "owner", "account")},
            "display_name": "" if is_made_up else said.display_name,
            "tags": ", ".join(said.tags),
            "street": place.lines,
            **{name: getattr(place, name) for name in ("city", "region", "postcode", "country")},
            "contacts": shaping.write_contacts(said.contacts),
            "identifiers": shaping.write_identifiers(said.identifiers),
        }

    def clean_country(self) -> str:
        """Capital letters."""
        return str(self.cleaned_data["country"]).strip().upper()

    def clean_identifiers(self) -> Any:
        """Document parts."""
        return shaping.read_identifiers(self.cleaned_data["identifiers"])

    def clean(self) -> dict[str, Any]:
        """Say at the fields what the document may not say."""
        given = super().clean() or self.cleaned_data
        if "contacts" in given:
            try:
                given["contacts"] = shaping.read_contacts(
                    given["contacts"], given.get("country") or home_country()
                )
            except ValidationError as no:
                self.add_error("contacts", no)
        if given.get("photo") and not given.get("photo_alt"):
            self.add_error("photo_alt", _("Say what the picture shows, for people who cannot see it."))
        if not self.errors:
            for field, reason in faults(self.wanted(given)):
                self._fault(field, reason)
        return given

    def _fault(self, field: str, reason: Any) -> None:
        shown = _SHOWN_AT.get(field, field)
        self.add_error(shown if shown in self.fields else None, reason)

    def wanted(self, given: Mapping[str, Any] | None = None) -> PersonDocument:
        """The document that the form says: what it does not show stays as it was."""
        said: Mapping[str, Any] = given if given is not None else self.cleaned_data
        before = self.document or PersonDocument()
        texts = ("given_name", "family_name", "display_name", "pronunciation", "pronouns")
        return replace(
            before,
            **dict[str, Any]({name: squeeze(said[name]) for name in texts}),
            **{name: said[name] for name in ("kind", "status", "language", "community", "owner", "account")},
            about=said["about"].strip(),
            tags=tuple(name for name in (squeeze(part) for part in said["tags"].split(",")) if name),
            contacts=said["contacts"],
            identifiers=said["identifiers"],
            addresses=self._addresses(said, before),
            custom=self._custom(said, before),
            roles=self._roles(said, before),
        )

    @staticmethod
    def _addresses(said: Mapping[str, Any], before: PersonDocument) -> tuple[Place, ...]:
        first = before.addresses[0] if before.addresses else Place()
        told: dict[str, Any] = {
            name: squeeze(said[name]) for name in ("city", "region", "postcode", "country")
        }
        place = replace(first, lines=squeeze(said["street"]), **told)
        if (place.lines, place.city, place.postcode) != (first.lines, first.city, first.postcode):
            place = replace(place, lat=None, lon=None)
        is_empty = replace(place, label="", country="", source="") == Place()
        return before.addresses[1:] if is_empty else (place, *before.addresses[1:])

    def _custom(self, said: Mapping[str, Any], before: PersonDocument) -> tuple[tuple[str, Any], ...]:
        values = dict(before.custom)
        for field in self.custom:
            value = said.get(f"{CUSTOM}{field.key}")
            values[field.key] = value if value not in (None, "") else None
        return tuple(sorted((key, value) for key, value in values.items() if value is not None))

    @staticmethod
    def _roles(said: Mapping[str, Any], before: PersonDocument) -> tuple[Post, ...]:
        organisation = said.get("organisation")
        if organisation is None:
            return before.roles
        title = squeeze(said.get("role_title") or "")
        return (*before.roles, Post(organisation.pk, title, "employee" if title else "contact"))

    def values(self) -> dict[str, Any]:
        """Every field of the wanted document that the form shows, for `change_person`."""
        wanted = self.wanted()
        hidden = {"roles", "leaderships", "photo", "facts"}
        return {name: getattr(wanted, name) for name in FIELDS if name not in hidden}

    def refused(self, no: ValidationError) -> None:
        """Show what a service refused at the fields of this form."""
        if not hasattr(no, "error_dict"):
            self.add_error(None, no)
            return
        for field, reasons in no.error_dict.items():
            for reason in reasons:
                self._fault(field, reason)
