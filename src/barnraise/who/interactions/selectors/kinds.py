"""What things of this room are called wherever they are named; never a word of a text that not everybody may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from barnraise.foundation.text import shorten
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from ..models import Interaction, InteractionOrganisation, InteractionPerson, MailProposal, NextStep
from ..models.interaction import said_plainly

KIND = "interactions.interaction"
STEP = "interactions.nextstep"
PROPOSAL = "interactions.mailproposal"
FEED_KIND = "interactions.calendarfeed"

_NAMED = 3


def names_of(keys: Sequence[int]) -> dict[int, list[str]]:
    """By interaction: the names of the people, then of the organisations, it was with. Four queries."""
    links: dict[int, list[tuple[int, str, int]]] = {key: [] for key in keys}
    persons = InteractionPerson.objects.filter(interaction_id__in=keys).order_by("id")
    for interaction, person in persons.values_list("interaction_id", "person_id"):
        links[interaction].append((0, "person", person))
    bodies = InteractionOrganisation.objects.filter(interaction_id__in=keys).order_by("id")
    for interaction, organisation in bodies.values_list("interaction_id", "organisation_id"):
        links[interaction].append((1, "organisation", organisation))
    said = {
        "person": people.titles(
            sorted({k for found in links.values() for _o, w, k in found if w == "person"})
        ),
        "organisation": organisations.titles(
            sorted({k for found in links.values() for _o, w, k in found if w == "organisation"})
        ),
    }
    return {key: [said[which].get(k, "") for _o, which, k in found] for key, found in links.items()}


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """ "Call with Ana Ruiz, 3 May 2026"; of what only coordinators read kind and day alone."""
    rows = list(
        Interaction.objects.filter(pk__in=list(keys)).values_list("pk", "kind", "happened_at", "visibility")
    )
    open_ones = [key for key, _kind, _at, visibility in rows if visibility == Interaction.Visibility.TEAM]
    named = names_of(open_ones)
    found = {}
    for key, kind, at, _visibility in rows:
        plain = said_plainly(kind, at)
        with_whom = [name for name in named.get(key, ()) if name]
        if with_whom:
            more = ", …" if len(with_whom) > _NAMED else ""
            word, _comma, day = plain.partition(", ")
            said = {"kind": word, "names": ", ".join(with_whom[:_NAMED]) + more, "day": day}
            plain = _("%(kind)s with %(names)s, %(day)s") % said
        found[key] = plain
    return found


def step_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What is to be done; of what only coordinators read nothing but that it is a next step."""
    rows = NextStep.objects.filter(pk__in=list(keys)).values_list("pk", "text", "visibility")
    return {
        key: shorten(text, 80) if visibility == Interaction.Visibility.TEAM else _("Next step")
        for key, text, visibility in rows
    }


def proposal_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """The addresses; of mails only coordinators read nothing but that it is one."""
    rows = MailProposal.objects.filter(pk__in=list(keys)).select_related("interaction")
    return {row.pk: _("Unknown address") if row.interaction.is_restricted else row.address for row in rows}
