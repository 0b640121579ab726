"""The fields of a meeting that a column of a file can be mapped to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.imports.sockets import Field

from .facing import STATES

FIELDS: tuple[Field, ...] = (
    Field("title", _("Title"), aliases=("title", "meeting", "titulo", "reunion")),
    Field("series", _("Series"), is_shared=True, aliases=("series", "group", "committee", "serie", "comite")),
    Field("on", _("On which day"), "date", is_required=True, aliases=("date", "day", "on", "held on", "fecha")),
    Field("from", _("From (time of day)"), is_shared=True, aliases=("from", "time", "hora", "desde")),
    Field("until", _("Until (time of day)"), is_shared=True, aliases=("until", "to", "hasta")),
    Field("place", _("Place"), is_shared=True, aliases=("place", "location", "lugar")),
    Field(
        "owner", _("Who sees to it"), is_shared=True, aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field(
        "agenda", _("Agenda"), "many", aliases=("agenda", "points", "orden del dia"),
        hint=_("Points with semicolons between them."),
    ),
    Field("notes", _("Notes"), aliases=("notes", "minutes", "notas", "acta")),
    Field(
        "decisions", _("Decisions"), "many", aliases=("decisions", "decided", "decisiones"),
        hint=_("With semicolons between them."),
    ),
    Field(
        "organisations", _("Organisations that came"), "many",
        aliases=("organisations", "organizations", "came", "attendance", "organizaciones"),
        hint=_("Names or numbers, with semicolons between them."),
    ),
    Field("state", _("State"), "choice", options=STATES, aliases=("state", "status", "estado")),
    Field("reason", _("Why it was cancelled"), aliases=("why", "reason", "why it was cancelled", "motivo")),
    Field(
        "uuid", _("Id"), aliases=("id", "uuid", "number in this installation"),
        hint=_("As the list hands it out: then the row is that meeting, whatever else it says."),
    ),
)  # fmt: skip
