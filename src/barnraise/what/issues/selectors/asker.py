"""Where the answer to a concern goes, and in which language."""

from __future__ import annotations

from barnraise.plumbing.mail.sockets import Addressee
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.people import selectors as people
from barnraise.who.people.models import PersonContact

from ..models import Issue


def asker_of(issue: Issue) -> Addressee | None:
    """Name, address and language of whoever raised it; None where no address is known.

    What they wrote themselves comes first, then the mailbox of the person, then that of the organisation's people.
    """
    if issue.asker_email:
        language = issue.language or people.tongue_of_address(issue.asker_email)
        recipient = f"people.person:{issue.person_id}" if issue.person_id else ""
        return _addressee(issue.asker_name, issue.asker_email, recipient, language)
    if issue.person is not None:
        boxes = PersonContact.objects.filter(person_id=issue.person.pk, kind=PersonContact.Kind.EMAIL)
        address = boxes.order_by("position", "pk").values_list("value", flat=True).first()
        if address:
            language = issue.language or people.language_of(issue.person)
            return _addressee(
                issue.person.display_name, address, f"people.person:{issue.person_id}", language
            )
    if issue.organisation is not None:
        for one in people.mailboxes_of(issue.organisation):
            return _addressee(one.name, one.address, one.recipient, issue.language or one.language)
    return None


def _addressee(name: str, address: str, recipient: str, language: str) -> Addressee:
    return Addressee(name, address, recipient=recipient, language=language or installation().default_language)
