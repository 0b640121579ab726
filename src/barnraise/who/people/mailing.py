"""People as readers of mails, and what the outbox keeps of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref
from barnraise.plumbing.mail import policies as mail_policies
from barnraise.plumbing.mail import selectors as mails
from barnraise.plumbing.mail import services as outbox
from barnraise.plumbing.mail.sockets import Placeholder, Reader

from .models import Person, PersonContact
from .selectors import KIND

SHOWN = 5


def readers(keys: Sequence[int]) -> Mapping[int, Reader]:
    """Names, first mailboxes and languages of these people. Two queries."""
    rows = PersonContact.objects.filter(person_id__in=keys, kind=PersonContact.Kind.EMAIL).order_by(
        "-position", "-pk"
    )
    first = dict(rows.values_list("person_id", "value"))
    return {
        row.pk: Reader(row.pk, row.display_name, first.get(row.pk, ""), row.language, row.is_sample)
        for row in Person.objects.filter(pk__in=keys)
    }


def _field(name: str) -> Any:
    def values(keys: Sequence[int]) -> Mapping[int, str]:
        return dict(Person.objects.filter(pk__in=keys).values_list("pk", name))

    return values


def _names(keys: Sequence[int]) -> Mapping[int, str]:
    return {row.pk: row.display_name for row in Person.objects.filter(pk__in=keys)}


PLACEHOLDERS = {
    "given_name": Placeholder(_("given name"), KIND, _field("given_name"), "Ana"),
    "family_name": Placeholder(_("family name"), KIND, _field("family_name"), "Ruiz"),
    "full_name": Placeholder(_("whole name"), KIND, _names, "Ana Ruiz"),
}


def panel(actor: Any, person: Person) -> Mapping[str, Any]:
    """The latest mails to a person, and the way to write one."""
    found = mails.to_recipient(Ref.to(person), most=SHOWN + 1)
    return {
        "thing": person,
        "ref": str(Ref.to(person)),
        "mails": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "may_write": mail_policies.may_write(actor) and person.has_email,
    }


def _addresses(ref: Ref) -> list[str]:
    return list(
        PersonContact.objects.filter(person_id=ref.id, kind=PersonContact.Kind.EMAIL).values_list(
            "value", flat=True
        )
    )


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    outbox.hand_on(keep, absorb, change_set=change_set)


def _told(ref: Ref) -> Mapping[str, Any]:
    return mails.everything_of(ref, _addresses(ref))


def _erased(ref: Ref, *, by: Any) -> None:
    outbox.forget(ref, addresses=_addresses(ref), by=by)


MAIL = Belonging(
    models=("mail.Message", "mail.Body", "mail.Suppression", "mail.Notice"),
    kinds=(KIND,),
    merge=_merged,
    export=_told,
    erase=_erased,
)
