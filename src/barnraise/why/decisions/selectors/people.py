"""Who of the directory proposed something, and what somebody proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import Fan, kinds
from barnraise.who.people.models import Person

from ..models import Proposal
from .rows import proposals_listed

PERSON = "people.person"
FANNED = 50


@dataclass(frozen=True, slots=True)
class Who:
    """What somebody is called, and where they are shown."""

    title: str
    url: str


def proposers(rows: Collection[Proposal]) -> dict[str, Who]:
    """Who proposed these, by the reference kept with each; those that nobody of the directory is known of are left out.

    Two queries at most for each kind.
    """
    keys: dict[str, set[int]] = {}
    for text in {row.respondent for row in rows if row.respondent}:
        ref = Ref.parse(text)
        keys.setdefault(ref.kind, set()).add(ref.id)
    found: dict[str, Who] = {}
    for kind, wanted in keys.items():
        described = kinds.find(kind)
        if described is not None:
            titles = described.titles(sorted(wanted))
            urls = described.addresses(list(titles))
            found |= {f"{kind}:{key}": Who(str(title), urls[key]) for key, title in titles.items()}
    return found


def ids_of_people(rows: Collection[Proposal]) -> dict[str, UUID]:
    """Ids of the people who proposed these, by the reference kept with each. One query."""
    refs = [Ref.parse(row.respondent) for row in rows if row.respondent]
    keys = {ref.id for ref in refs if ref.kind == PERSON}
    people = Person.objects.filter(pk__in=keys).values_list("pk", "uuid") if keys else ()
    return {f"{PERSON}:{key}": uuid for key, uuid in people}


def proposed_by(ref: Ref) -> QuerySet[Proposal]:
    """What this person or organisation proposed, the newest first."""
    return proposals_listed().filter(respondent=str(ref)).order_by("-pk")


def has_proposed(ref: Ref) -> bool:
    """Whether there is anything."""
    return Proposal.objects.filter(respondent=str(ref)).exists()


def proposals_of_person(ref: Ref) -> Fan:
    """References of what they proposed, for Trace."""
    rows = Proposal.objects.filter(respondent=str(ref)).order_by("-pk")
    keys = list(rows.values_list("pk", flat=True)[: FANNED + 1])
    total = rows.count() if len(keys) > FANNED else len(keys)
    return Fan([Ref("decisions", "proposal", key) for key in keys[:FANNED]], total)


def behind_proposal(ref: Ref) -> Sequence[Ref]:
    """What it was proposed to, and who of the directory proposed it."""
    row = Proposal.objects.filter(pk=ref.id).values_list("decision_id", "respondent").first()
    if row is None:
        return []
    return [Ref("decisions", "decision", row[0]), *([Ref.parse(row[1])] if row[1] else [])]
