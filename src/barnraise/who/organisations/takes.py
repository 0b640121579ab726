"""The fields of an organisation that a column of a spreadsheet can be mapped to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.imports.sockets import Field

from .models import Organisation

FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        _("Name"),
        is_required=True,
        aliases=(
            "organisation",
            "organization",
            "organisation name",
            "organization name",
            "org name",
            "org",
            "agency",
            "agency name",
            "company",
            "company name",
            "account name",
            "partner",
            "partner name",
            "nombre",
            "organizacion",
            "nombre de la organizacion",
        ),
    ),
    Field("legal_name", _("Legal name"), aliases=("registered name", "legal name", "razon social")),
    Field(
        "other_names",
        _("Other names"),
        "many",
        aliases=("alternate name", "also known as", "aka", "dba", "trading name", "acronym", "short name"),
    ),
    Field(
        "kind",
        _("Kind"),
        "choice",
        aliases=("type", "organisation type", "organization type", "category", "tipo"),
        options=tuple(Organisation.Kind.choices),
    ),
    Field("mission", _("Mission"), aliases=("description", "about", "purpose", "mision", "descripcion")),
    Field("email", _("E-mail"), "email", aliases=("email", "e mail", "email address", "mail", "correo")),
    Field(
        "phone", _("Phone"), "phone", aliases=("telephone", "phone number", "tel", "main phone", "telefono")
    ),
    Field("website", _("Website"), "url", aliases=("web", "url", "web site", "homepage", "sitio web")),
    Field(
        "street",
        _("Street"),
        aliases=("address", "street address", "address 1", "address line 1", "direccion", "calle"),
    ),
    Field("street_2", _("Street, second line"), aliases=("address 2", "address line 2", "suite", "unit")),
    Field("city", _("City"), aliases=("town", "municipality", "ciudad")),
    Field(
        "region", _("State or region"), aliases=("state", "province", "county", "state province", "estado")
    ),
    Field("postcode", _("Postcode"), aliases=("zip", "zip code", "zipcode", "postal code", "codigo postal")),
    Field(
        "country",
        _("Country (two letters)"),
        aliases=("country code",),
        hint=_("As two letters, for example US."),
    ),
    Field("lat", _("Latitude"), "latitude", aliases=("lat", "y")),
    Field("lon", _("Longitude"), "longitude", aliases=("lon", "lng", "long", "x")),
    Field("ein", _("US employer number (EIN)"), aliases=("ein", "tax id", "federal tax id", "fein")),
    Field(
        "gb_chc",
        _("Charity number, England and Wales"),
        aliases=("charity number", "registered charity number", "gb chc"),
    ),
    Field(
        "gb_coh",
        _("Company number, United Kingdom"),
        aliases=("company number", "companies house number", "gb coh"),
    ),
    Field(
        "own_id",
        _("Our own number"),
        aliases=(
            "id",
            "number",
            "record id",
            "external id",
            "organisation id",
            "organization id",
            "account id",
        ),
        hint=_("Tells the row from all others; keep it the same from one file to the next."),
    ),
    Field(
        "uuid",
        _("Number in this installation (uuid)"),
        aliases=("uuid",),
        hint=_("As an export from here has it: the row is that organisation, whatever else changed."),
    ),
    Field(
        "identifiers",
        _("Identifiers"),
        "many",
        aliases=("identifiers",),
        hint=_("Each with its scheme before it: EIN 012345678."),
    ),
    Field("ntee", _("NTEE code"), "many", aliases=("ntee", "ntee code", "ntee cd")),
    Field("sectors", _("Sectors of our own"), "many", aliases=("sector", "sectors", "focus area", "field")),
    Field(
        "founded_year", _("Founded in"), "number", aliases=("year founded", "founded", "year incorporated")
    ),
    Field(
        "closed_on",
        _("Closed on"),
        "date",
        aliases=("closed", "date closed", "closing date", "dissolved", "fecha de cierre"),
        hint=_("A day marks the organisation as closed."),
    ),
    Field(
        "employees",
        _("People employed"),
        "number",
        aliases=("staff", "employee count", "number of employees"),
    ),
    Field(
        "employees_band",
        _("Size"),
        aliases=(
            "size",
            "size band",
            "organisation size",
            "organization size",
            "company size",
            "staff size",
            "tamano",
            "tamano de la organizacion",
        ),
        options=tuple(Organisation.Band.choices),
        hint=_("How many people it employs: 10-49, a number, or small, medium, large."),
    ),
    Field("income", _("Yearly income"), "money", aliases=("income", "revenue", "annual budget", "budget")),
    Field(
        "income_currency",
        _("Currency"),
        aliases=("currency", "currency code", "moneda"),
        hint=_(
            "Three letters, for example USD. Without it an amount is in the currency of the installation."
        ),
    ),
    Field(
        "income_year",
        _("Year of the income"),
        "number",
        aliases=("income year", "fiscal year", "financial year"),
    ),
    Field(
        "communities",
        _("Communities served"),
        "many",
        aliases=(
            "community",
            "communities",
            "community served",
            "serves",
            "areas served",
            "area served",
            "service area",
            "service areas",
            "neighbourhoods",
            "neighborhoods",
            "neighbourhoods served",
            "neighborhoods served",
            "comunidades",
            "comunidades atendidas",
            "zona de servicio",
        ),
        hint=_("By their names as they are called here; each has to be here already."),
    ),
    Field("tags", _("Tags"), "many", aliases=("tag", "labels", "groups", "etiquetas")),
)
