"""Unknown addresses of filed mail: propose them, and say who they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person
from barnraise.who.people.services import PersonDocument, Reach, change_person, register_person

from ..models import Interaction, InteractionPerson, MailProposal
from . import heard

Unknown = tuple[str, str, str]
"""(address, name as the mail says, place: "from", "to" or "cc")"""


def propose(interaction: Interaction, *, unknown: Sequence[Unknown], by: Any) -> int:
    """Let these addresses of a filed mail wait for somebody to say who they are; how many wait now.

    Those decided to be nobody of ours are not asked about again.
    """
    folded = {address.strip().lower()[:254]: (name, place) for address, name, place in reversed(unknown)}
    folded.pop("", None)
    decided = MailProposal.objects.filter(address__in=list(folded), state=MailProposal.State.NOBODY)
    nobody = set(decided.values_list("address", flat=True))
    at = timezone.now()
    with transaction.atomic():
        made = MailProposal.objects.bulk_create(
            [
                MailProposal(
                    interaction=interaction,
                    address=address,
                    name=squeeze(name)[:200],
                    place=place,
                    created_at=at,
                    updated_at=at,
                )
                for address, (name, place) in sorted(folded.items())
                if address not in nobody
            ],
            ignore_conflicts=True,
        )
        if made:
            record(
                by=by, verb="interactions.proposed", about=[Ref.to(interaction)], details={"count": len(made)}
            )
    return len(made)


def _waiting(row: MailProposal) -> list[MailProposal]:
    """All that wait with the same address, this one at least. Raises ValidationError when it has been decided already."""
    same = MailProposal.objects.select_for_update().filter(
        address=row.address, state=MailProposal.State.WAITING
    )
    found = list(same.order_by("pk"))
    if not found:
        raise ValidationError(_("Somebody has said already who this is."))
    return found


def _decide(rows: Sequence[MailProposal], *, state: str, person: Person | None, by: Any) -> None:
    at = timezone.now()
    MailProposal.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=state,
        person=person,
        decided_by=by if getattr(by, "pk", None) else None,
        decided_at=at,
        updated_at=at,
    )


def link_proposal(proposal: MailProposal, *, person: Person, by: Any) -> int:
    """The address is this person's: all mails that name it are theirs too, and later ones find them by it.

    Returns how many mails. Raises ValidationError when it has been decided already.
    """
    with transaction.atomic():
        rows = _waiting(proposal)
        _decide(rows, state=MailProposal.State.LINKED, person=person, by=by)
        mails = Interaction.objects.filter(pk__in=[row.interaction_id for row in rows])
        there = set(
            InteractionPerson.objects.filter(person=person, interaction__in=mails).values_list(
                "interaction_id", flat=True
            )
        )
        InteractionPerson.objects.bulk_create(
            InteractionPerson(interaction=mail, person=person, happened_at=mail.happened_at)
            for mail in mails
            if mail.pk not in there
        )
        heard.recount(people=[person.pk])
        said = people.documents([person.pk])[person.pk]
        if all(one.value.lower() != proposal.address for one in said.contacts):
            reach = Reach("email", proposal.address)
            change_person(person, by=by, contacts=(*said.contacts, reach))
        record(
            by=by,
            verb="interactions.proposal_linked",
            about=[Ref.to(proposal), *(Ref.to(mail) for mail in mails)],
            details={"count": len(rows)},
        )
    return len(rows)


def make_person(proposal: MailProposal, *, given_name: str, family_name: str, by: Any) -> Person:
    """The address is somebody's who is not in the directory yet: a new person, with all mails that name it.

    Raises ValidationError by field.
    """
    with transaction.atomic():
        document = PersonDocument(
            given_name=squeeze(given_name),
            family_name=squeeze(family_name),
            contacts=(Reach("email", proposal.address),),
        )
        person = register_person(document, by=by)
        link_proposal(proposal, person=person, by=by)
    return person


def decide_nobody(proposal: MailProposal, *, by: Any) -> int:
    """The address is nobody of ours; it will not be asked about again. Returns how many mails it stood in."""
    with transaction.atomic():
        rows = _waiting(proposal)
        _decide(rows, state=MailProposal.State.NOBODY, person=None, by=by)
        record(
            by=by,
            verb="interactions.proposal_nobody",
            about=[Ref.to(proposal)],
            details={"count": len(rows)},
        )
    return len(rows)
