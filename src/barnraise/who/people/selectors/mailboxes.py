"""Where an organisation is written to: its people with a mailbox, then its own mailboxes."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.mail.sockets import Addressee
from barnraise.who.organisations.models import ContactPoint, Organisation

from ..models import Person, PersonContact, Role
from .documents import KIND
from .rows import current

MOST = 20


def mailboxes_of(organisation: Organisation) -> list[Addressee]:
    """People who have a role there now, main contacts first, each once, then mailboxes of the organisation itself. Three queries."""
    there = Role.objects.filter(
        current(timezone.localdate()),
        organisation_id=organisation.pk,
        person__has_email=True,
        person__status=Person.Status.ACTIVE,
    )
    roles: dict[int, Role] = {}
    for role in there.select_related("person").order_by("-is_main_contact", "kind", "id")[: MOST * 2]:
        roles.setdefault(role.person_id, role)
    boxes = PersonContact.objects.filter(person_id__in=list(roles), kind=PersonContact.Kind.EMAIL)
    first = dict(boxes.order_by("-position", "-pk").values_list("person_id", "value"))
    people = [
        Addressee(
            name=role.person.display_name,
            address=first[key],
            what=_("Main contact") if role.is_main_contact else "",
            said=role.title,
            recipient=f"{KIND}:{key}",
            language=role.person.language,
        )
        for key, role in roles.items()
        if key in first
    ]
    own = ContactPoint.objects.filter(organisation_id=organisation.pk, kind=ContactPoint.Kind.EMAIL)
    return people[:MOST] + [
        Addressee(organisation.name, row.value, said=row.label)
        for row in own.order_by("position", "id")[:MOST]
    ]
