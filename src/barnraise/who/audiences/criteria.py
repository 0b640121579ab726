"""The criteria about people, their roles, tags and consents, which this room plugs on behalf of the rooms below."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast, Substr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.questionnaires.models import Questionnaire, Response
from barnraise.plumbing.tags import selectors as tags
from barnraise.plumbing.tags.models import Tagging
from barnraise.who.communities import selectors as communities
from barnraise.who.consent.models import Purpose, Standing
from barnraise.who.consent.models.purpose import Channel
from barnraise.who.organisations.models import Organisation
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Leadership, Person, Role

from .sockets import Criterion, Options

PERSON = "people.person"
Rows = QuerySet[Any, Any]
MOST = 300
"""So many of the latest questionnaires are offered."""


def _fixed(choices: Sequence[tuple[str, Any]]) -> Any:
    return lambda chosen: list(choices)


def _whole(values: Sequence[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]


def _own(
    title: Any, options: Options, passing: Callable[[Sequence[str], date], Q], words: Any = ""
) -> Criterion:
    """Of what the row of the person tells by itself."""

    def keys(values: Sequence[str], today: date) -> Rows:
        return Person.objects.filter(passing(values, today)).values("pk")

    return Criterion(title, options, keys, words, passing)


def _of_field(field: str) -> Callable[[Sequence[str], date], Q]:
    return lambda values, today: Q(**{f"{field}__in": list(values)})


def _places(chosen: Collection[str]) -> list[tuple[str, Any]]:
    return [(str(key), AsWritten(name)) for key, name in communities.choices()]


def _in_places(values: Sequence[str], today: date) -> Q:
    """Also who belongs to a community within one of these."""
    keys = set(_whole(values))
    for key in list(keys):
        keys |= communities.descendant_keys(key)
    return Q(community__in=sorted(keys))


def _tags(chosen: Collection[str]) -> list[tuple[str, Any]]:
    return [(str(tag.pk), AsWritten(tag.name)) for tag in tags.all_tags()]


def _tagged(values: Sequence[str], today: date) -> Rows:
    return Tagging.objects.filter(kind=PERSON, tag__in=_whole(values)).values("key")


def _with_roles(values: Sequence[str], today: date) -> Rows:
    return Role.objects.filter(people.current(today), kind__in=list(values)).values("person_id")


def _in_kinds(values: Sequence[str], today: date) -> Rows:
    bodies = Organisation.objects.filter(kind__in=list(values)).values("pk")
    return Role.objects.filter(people.current(today), organisation__in=bodies).values("person_id")


def _leaders(values: Sequence[str], today: date) -> Rows:
    in_office = Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=today)
    return Leadership.objects.filter(in_office, kind__in=list(values)).values("person_id")


def _consents(chosen: Collection[str]) -> list[tuple[str, Any]]:
    rows = Purpose.objects.order_by("name_folded", "id")
    return [
        (f"{row.pk}:{code}", format_lazy("{} · {}", AsWritten(row.name), Channel(code).label))
        for row in rows
        for code in row.channels
        if not row.is_ended or f"{row.pk}:{code}" in chosen
    ]


def _consented(values: Sequence[str], today: date) -> Rows:
    found = Q(pk__in=())
    for value in values:
        purpose, _colon, channel = value.partition(":")
        if _whole([purpose]):
            found |= Q(purpose_id=int(purpose), channel=channel)
    counts = Q(expires_on__isnull=True) | Q(expires_on__gte=today)
    return Standing.objects.filter(found, counts, is_given=True).values("person_id")


def _questionnaires(chosen: Collection[str]) -> list[tuple[str, Any]]:
    """Those whose answers are not sensitive, the latest first; of very many the latest and those chosen."""
    rows = Questionnaire.objects.filter(is_sensitive=False).order_by("-pk")
    found = dict(rows.values_list("pk", "name")[:MOST])
    found |= dict(rows.filter(pk__in=_whole(list(chosen))).values_list("pk", "name"))
    return [(str(key), AsWritten(name)) for key, name in found.items()]


def _answered(values: Sequence[str], today: date) -> Rows:
    """Whoever is named as having answered: the key stands behind the colon of the reference."""
    rows = Response.objects.filter(questionnaire__in=_whole(values), respondent__startswith=f"{PERSON}:")
    rows = rows.filter(questionnaire__is_sensitive=False)
    key = Cast(Substr("respondent", len(PERSON) + 2), BigIntegerField())
    return rows.annotate(person_key=key).values("person_key")


CRITERIA: dict[str, Criterion] = {
    "place": _own(
        _("Belongs to the community"), _places, _in_places, _("Communities within them count too.")
    ),
    "tag": Criterion(_("Has the tag"), _tags, _tagged),
    "kind": _own(_("Is a"), _fixed(Person.Kind.choices), _of_field("kind")),
    "role": Criterion(
        _("Has a role as"), _fixed(Role.Kind.choices), _with_roles, _("Roles that have not ended.")
    ),
    "works_at": Criterion(
        _("Has a role in a"), _fixed(Organisation.Kind.choices), _in_kinds, _("Roles that have not ended.")
    ),
    "leads": Criterion(
        _("Leads as"), _fixed(Leadership.Kind.choices), _leaders, _("Terms that have not ended.")
    ),
    "language": _own(
        _("Prefers the language"),
        _fixed([(code, AsWritten(name)) for code, name in settings.LANGUAGES]),
        _of_field("language"),
    ),
    "status": _own(_("Is noted as"), _fixed(Person.Status.choices), _of_field("status")),
    "answered": Criterion(
        _("Answered"),
        _questionnaires,
        _answered,
        _("Whoever is named as having answered; who answered without a name is not known."),
    ),
    "consented": Criterion(_("Consented to"), _consents, _consented, _("Consents that stand today.")),
}
"""By name, in the order in which they are offered."""
