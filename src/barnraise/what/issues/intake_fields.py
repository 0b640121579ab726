"""The fields of a concern that a column of a file can be mapped to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.imports.sockets import Field

from .clock import SEVERITIES
from .models import Issue

FIELDS: tuple[Field, ...] = (
    Field(
        "what",
        _("The concern"),
        is_required=True,
        aliases=("concern", "what", "issue", "title", "complaint", "inquietud", "queja"),
    ),
    Field(
        "origin",
        _("Who raised it"),
        "choice",
        is_shared=True,
        options=tuple(Issue.Origin.choices),
        aliases=("origin", "raised by", "who raised it", "quien la planteo"),
    ),
    Field(
        "raised_on",
        _("Raised"),
        "date",
        is_required=True,
        aliases=("raised", "raised on", "date", "planteada el", "fecha"),
    ),
    Field(
        "severity",
        _("Severity"),
        "choice",
        is_shared=True,
        options=tuple((name, Issue.Severity(name).label) for name in SEVERITIES),
        aliases=("severity", "priority", "gravedad"),
    ),
    Field(
        "organisation",
        _("Raised by the organisation"),
        aliases=("organisation", "organization", "partner", "organizacion"),
    ),
    Field("about", _("About the organisation"), aliases=("about", "against", "sobre")),
    Field("name", _("Name of whoever raised it"), aliases=("name", "contact", "nombre")),
    Field("email", _("Their e-mail"), aliases=("email", "e-mail", "mail", "correo")),
    Field("language", _("Language of the answer"), is_shared=True, aliases=("language", "idioma")),
    Field(
        "owner",
        _("Who sees to it"),
        is_shared=True,
        aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field("detail", _("More about it"), aliases=("detail", "notes", "more about it", "detalle")),
    Field("answer", _("The answer"), aliases=("answer", "reply", "respuesta")),
    Field("answered_on", _("Answered"), "date", aliases=("answered", "answered on", "respondida el")),
    Field(
        "state",
        _("State"),
        "choice",
        is_shared=True,
        options=tuple(Issue.State.choices),
        aliases=("state", "status", "estado"),
    ),
    Field("outcome", _("What came of it"), aliases=("outcome", "what came of it", "resultado")),
    Field("ended_on", _("Ended"), "date", aliases=("ended", "ended on", "closed on", "terminada el")),
    Field(
        "uuid",
        _("Id"),
        aliases=("id", "uuid", "number in this installation"),
        hint=_("As the list hands it out: then the row is that concern, whatever else it says."),
    ),
    Field(
        "is_confidential",
        _("Confidential"),
        "choice",
        is_shared=True,
        options=(("yes", _("Yes")), ("no", _("No"))),
        aliases=("confidential", "confidencial"),
    ),
)
