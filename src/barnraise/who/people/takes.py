"""The fields of a person that a column of a spreadsheet can be mapped to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.imports.sockets import Field

from .models import CustomField, Person, Role

FIELDS: tuple[Field, ...] = (
    Field(
        "given_name",
        _("Given name"),
        aliases=("first name", "first", "forename", "givenname", "nombre", "nombre de pila", "nombres"),
    ),
    Field(
        "family_name",
        _("Family name"),
        aliases=("last name", "last", "surname", "familyname", "apellido", "apellidos"),
    ),
    Field(
        "name",
        _("Whole name"),
        aliases=(
            "name",
            "full name",
            "display name",
            "contact name",
            "contact",
            "person",
            "nombre completo",
            "nombre y apellido",
        ),
        hint=_("For files with one column for the name; “Ruiz, Ana” is read as Ana Ruiz."),
    ),
    Field("pronunciation", _("How to say the name"), aliases=("pronunciation", "phonetic name")),
    Field("pronouns", _("Pronouns"), aliases=("pronoun", "pronombres")),
    Field(
        "kind",
        _("Kind"),
        "choice",
        aliases=("type", "person type", "contact type", "tipo"),
        options=tuple(Person.Kind.choices),
    ),
    Field(
        "language",
        _("Preferred language"),
        "choice",
        aliases=("language", "preferred language", "idioma", "lengua"),
        options=tuple((code, AsWritten(name)) for code, name in settings.LANGUAGES),
    ),
    Field("email", _("E-mail"), "email", aliases=("email", "e mail", "email address", "mail", "correo", "correo electronico")),
    Field("work_email", _("E-mail at work"), "email", aliases=("work email", "business email", "email work")),
    Field("phone", _("Phone"), "phone", aliases=("telephone", "phone number", "tel", "telefono")),
    Field("mobile", _("Mobile phone"), "phone", aliases=("mobile", "cell", "cell phone", "mobile phone", "celular", "movil")),
    Field("work_phone", _("Phone at work"), "phone", aliases=("work phone", "business phone", "office phone")),
    Field("home_phone", _("Phone at home"), "phone", aliases=("home phone", "phone home")),
    Field("website", _("Website"), "url", aliases=("web", "url", "homepage", "sitio web")),
    Field(
        "street",
        _("Street"),
        aliases=("address", "street address", "address 1", "address line 1", "home street", "direccion", "calle"),
    ),
    Field("street_2", _("Street, second line"), aliases=("address 2", "address line 2", "apt", "unit")),
    Field("city", _("City"), aliases=("town", "home city", "ciudad")),
    Field("region", _("State or region"), aliases=("state", "province", "home state", "estado")),
    Field("postcode", _("Postcode"), aliases=("zip", "zip code", "zipcode", "postal code", "codigo postal")),
    Field("country", _("Country (two letters)"), aliases=("country code",), hint=_("As two letters, for example US.")),
    Field(
        "organisation",
        _("Organisation"),
        aliases=(
            "organization",
            "organisation name",
            "organization name",
            "company",
            "company name",
            "employer",
            "agency",
            "affiliation",
            "organizacion",
            "empresa",
        ),
        hint=_("Found by its number, else by its exact name; a new name makes a new organisation."),
    ),
    Field("organisation_ein", _("Organisation's EIN"), aliases=("ein", "organization ein", "tax id")),
    Field("organisation_own_id", _("Organisation's own number"), aliases=("organisation id", "organization id", "account id")),
    Field("organisation_city", _("Organisation's city"), aliases=("organization city", "company city")),
    Field("role_title", _("Role or job title"), aliases=("title", "job title", "position", "role", "cargo", "puesto", "funcion")),
    Field("role_kind", _("Kind of role"), "choice", aliases=("role type",), options=tuple(Role.Kind.choices)),
    Field("role_started_on", _("Role since"), "date", aliases=("start date", "since", "started", "desde")),
    Field("role_ended_on", _("Role until"), "date", aliases=("end date", "until", "ended", "hasta")),
    Field(
        "is_main_contact", _("Main contact of the organisation"), aliases=("main contact", "primary contact"), hint=_("Yes or no."),
    ),
    Field(
        "own_id",
        _("Our own number"),
        aliases=("id", "number", "record id", "person id", "contact id", "external id"),
        hint=_("Tells the row from all others; keep it the same from one file to the next."),
    ),
    Field("about", _("About"), aliases=("notes", "note", "description", "comments", "notas")),
    Field("tags", _("Tags"), "many", aliases=("tag", "labels", "groups", "etiquetas")),
)  # fmt: skip

_KINDS: dict[str, str] = {
    CustomField.Type.TEXT: "text",
    CustomField.Type.NUMBER: "number",
    CustomField.Type.DATE: "date",
    CustomField.Type.CHOICE: "choice",
    CustomField.Type.YES_NO: "choice",
}
CUSTOM = "custom_"
"""What the names of custom fields begin with in a mapping."""


def field_of(field: CustomField) -> Field:
    """A custom field as a column can be mapped to it."""
    options: tuple[tuple[str, Any], ...] = tuple((text, AsWritten(text)) for text in field.options)
    if field.type == CustomField.Type.YES_NO:
        options = (("yes", _("yes")), ("no", _("no")))
    kind = _KINDS[field.type]
    return Field(f"{CUSTOM}{field.key}", AsWritten(field.label), kind, options=options)  # type: ignore[arg-type]
