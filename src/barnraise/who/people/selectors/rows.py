"""People as rows, for lists, pages and other rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.hung import hang, with_names
from barnraise.plumbing.ui.prepared import prepared
from barnraise.who.organisations.models import Organisation

from ..erasing import digests, of_address
from ..models import (
    CustomField,
    ErasedAddress,
    FormerAddress,
    LeaderNote,
    Leadership,
    Person,
    PersonAddress,
    PersonContact,
    PersonIdentifier,
    Role,
)


def listed(actor: Any = None) -> QuerySet[Person]:
    """All people, as lists, exports and the API begin with."""
    return Person.objects.all()


def roles_listed(actor: Any = None) -> QuerySet[Role]:
    """All roles with their person and organisation."""
    return Role.objects.select_related("person", "organisation")


def leaderships_listed(actor: Any = None) -> QuerySet[Leadership]:
    """All leaderships with their person, community and organisation."""
    rows = Leadership.objects.select_related("person", "community", "organisation")
    return rows.defer("community__boundary")


def notes_listed(actor: Any = None) -> QuerySet[LeaderNote]:
    """All notes about leaders with the leadership and who noted them."""
    return LeaderNote.objects.select_related("leadership", "by")


def organisation_uuids(keys: Collection[int]) -> dict[int, UUID]:
    """uuids by key. One query."""
    return dict(Organisation.objects.filter(pk__in=list(keys)).values_list("pk", "uuid"))


_PLACES = ("community__uuid", "community__name")
_PAGE = (
    *_PLACES,
    "photo__uuid",
    "photo__alt_text",
    "account__name",
    "account__email",
    "owner__name",
    "owner__email",
    "source__name",
    "source__kind",
)
"""What a page says of the neighbours of a person."""


_NAMED = ("organisation__uuid", "organisation__name", "organisation__city")


@prepared
def _row(uuid: UUID) -> QuerySet[Person]:
    rows = Person.objects.select_related("community", "photo", "account", "owner", "source")
    return rows.only(*with_names(Person, *_PAGE)).filter(uuid=uuid)


@prepared
def _contacts(key: int) -> QuerySet[PersonContact]:
    return PersonContact.objects.filter(person_id=key).order_by("position", "id")


@prepared
def _addresses(key: int) -> QuerySet[PersonAddress]:
    return PersonAddress.objects.filter(person_id=key).order_by("position", "id")


@prepared
def _identifiers(key: int) -> QuerySet[PersonIdentifier]:
    return PersonIdentifier.objects.filter(person_id=key).order_by("scheme", "value")


@prepared
def _roles(key: int) -> QuerySet[Role]:
    rows = Role.objects.filter(person_id=key).select_related("organisation").only(*with_names(Role, *_NAMED))
    return rows.order_by(F("ended_on").desc(nulls_first=True), F("started_on").desc(nulls_last=True), "id")


@prepared
def _leaderships(key: int) -> QuerySet[Leadership]:
    notes = LeaderNote.objects.select_related("by").only(*with_names(LeaderNote, "by__name", "by__email"))
    rows = Leadership.objects.filter(person_id=key).select_related("community", "organisation")
    return (
        rows.only(*with_names(Leadership, *_PLACES, *_NAMED))
        .order_by(F("term_ends_on").desc(nulls_first=True), "-id")
        .prefetch_related(Prefetch("notes", notes.order_by("-noted_on", "-id")))
    )


def one(uuid: UUID) -> Person:
    """The person with everything the page shows. Raises Person.DoesNotExist."""
    found = _row.first(uuid)
    if found is None:
        raise Person.DoesNotExist
    hang(
        found,
        contacts=_contacts(found.pk),
        addresses=_addresses(found.pk),
        identifiers=_identifiers(found.pk),
        roles=_roles(found.pk),
        leaderships=_leaderships(found.pk),
    )
    return found


LONGEST_CHAIN = 50
"""More mergers of mergers than anybody makes."""


def successor(uuid: UUID) -> UUID | None:
    """The uuid of the record that this one was merged into in the end; None when it was not, or that one has gone too."""
    found: UUID | None = None
    for _step in range(LONGEST_CHAIN):
        following = FormerAddress.objects.filter(uuid=found or uuid).values_list("kept", flat=True).first()
        if following is None:
            break
        found = following
    return found if found and Person.objects.filter(uuid=found).exists() else None


def one_or_kept(uuid: UUID) -> Person:
    """`one`; for the address of a record that was merged into another, that other one. Raises Person.DoesNotExist."""
    try:
        return one(uuid)
    except Person.DoesNotExist:
        kept = successor(uuid)
        if kept is None:
            raise
        return one(kept)


def one_row(uuid: UUID) -> Person:
    """The bare row. Raises Person.DoesNotExist."""
    return Person.objects.get(uuid=uuid)


def one_by_key(key: int) -> Person:
    """The bare row. Raises Person.DoesNotExist."""
    return Person.objects.get(pk=key)


def one_role(uuid: UUID) -> Role:
    """The role with its person and organisation. Raises Role.DoesNotExist."""
    return Role.objects.select_related("person", "organisation").get(uuid=uuid)


def one_leadership(uuid: UUID) -> Leadership:
    """The leadership with its person. Raises Leadership.DoesNotExist."""
    return Leadership.objects.select_related("person", "community", "organisation").get(uuid=uuid)


def one_note(uuid: UUID) -> LeaderNote:
    """The note with its leadership and person. Raises LeaderNote.DoesNotExist."""
    return LeaderNote.objects.select_related("leadership__person", "by").get(uuid=uuid)


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Person.objects.filter(pk__in=list(keys)).values_list("pk", "display_name"))


def by_addresses(addresses: Collection[str]) -> dict[str, list[int]]:
    """For each of these mailboxes or phone numbers (in normal form; case does not count): the keys of all who have it.

    Every address asked for is there, with an empty list when nobody has it: households share one. One query.
    """
    wanted = {address: address.casefold() for address in addresses}
    found: dict[str, list[int]] = defaultdict(list)
    rows = PersonContact.objects.filter(value_folded__in=set(wanted.values())).order_by("person_id")
    for folded, key in rows.values_list("value_folded", "person_id").distinct():
        found[folded].append(key)
    return {address: found.get(folded, []) for address, folded in wanted.items()}


def named(text: str, most: int = 3) -> list[int]:
    """Keys of at most `most` people who have this identifier or address, else this name (case and accents do not count)."""
    value = text.rsplit(" ", maxsplit=1)[-1]
    rows = PersonIdentifier.objects.filter(value__in={text, value})
    keys = set(rows.values_list("person_id", flat=True)[:most])
    keys |= set(by_addresses([text]).get(text, ())[:most])
    if keys:
        return sorted(keys)[:most]
    same = Person.objects.filter(name_folded=fold(text)[:200]).order_by("pk")
    return list(same.values_list("pk", flat=True)[:most])


def named_many(texts: Collection[str]) -> dict[str, list[int]]:
    """By text: keys of all people who have it as an address, else as their name. Unknown texts are left out. Two queries."""
    found = {text: keys for text, keys in by_addresses(texts).items() if keys}
    folded = {text: fold(text)[:200] for text in texts if text not in found}
    called: dict[str, list[int]] = defaultdict(list)
    rows = Person.objects.filter(name_folded__in=set(folded.values())).order_by("pk")
    for name, key in rows.values_list("name_folded", "pk"):
        called[name].append(key)
    return {**found, **{text: called[name] for text, name in folded.items() if name in called}}


def choices(text: str = "", most: int = 20) -> list[tuple[int, str]]:
    """(key, name) of at most `most` people whose name begins with the text, by name: for fields that offer people."""
    start = fold(text)[:200]
    rows = Person.objects.order_by("name_folded", "id")
    if start:
        rows = rows.filter(name_folded__gte=start, name_folded__lt=start + "\U0010ffff")
    return list(rows.values_list("pk", "display_name")[:most])


def language_of(person: Person) -> str:
    """The language to write to this person in: theirs, else that of the account they log in with, else the installation's."""
    if person.language:
        return person.language
    account = person.account
    chosen = str(getattr(account, "language", "") or "") if account is not None else ""
    return chosen or installation().default_language


def tongue_of_address(address: str) -> str:
    """The language preferred by whoever reads this mailbox, empty when nobody is known or they do not agree."""
    readers = Q(account__email=address.casefold()) | Q(contacts__value_folded=address.casefold())
    found = set(Person.objects.filter(readers).values_list("language", flat=True)[:20])
    return found.pop() if len(found) == 1 else ""


def current(today: date | None = None) -> Q:
    """Roles that have not ended."""
    return Q(ended_on__isnull=True) | Q(ended_on__gte=today or timezone.localdate())


def roles_by_person(keys: Collection[int], today: date | None = None) -> dict[int, list[Role]]:
    """By person: current roles with their organisations, main contacts first. One query."""
    found: dict[int, list[Role]] = {key: [] for key in keys}
    rows = Role.objects.filter(current(today), person_id__in=list(keys)).select_related("organisation")
    for row in rows.order_by("-is_main_contact", "id"):
        found[row.person_id].append(row)
    return found


def contacts_by_person(keys: Collection[int]) -> dict[int, list[PersonContact]]:
    """By person: ways to reach them, the main ones first. One query."""
    found: dict[int, list[PersonContact]] = {key: [] for key in keys}
    for row in PersonContact.objects.filter(person_id__in=list(keys)).order_by("position", "id"):
        found[row.person_id].append(row)
    return found


def leaderships_by_person(keys: Collection[int]) -> dict[int, list[Leadership]]:
    """By person: what they lead, current first. One query."""
    found: dict[int, list[Leadership]] = {key: [] for key in keys}
    rows = Leadership.objects.filter(person_id__in=list(keys))
    for row in rows.order_by(F("term_ends_on").desc(nulls_first=True), "-id"):
        found[row.person_id].append(row)
    return found


def custom_fields(*, with_retired: bool = True) -> list[CustomField]:
    """All custom fields in their order."""
    rows = CustomField.objects.order_by("position", "id")
    return list(rows if with_retired else rows.filter(is_retired=False))


def one_custom_field(uuid: UUID) -> CustomField:
    """The custom field. Raises CustomField.DoesNotExist."""
    return CustomField.objects.get(uuid=uuid)


def erased_on(addresses: Collection[tuple[str, str]]) -> dict[tuple[str, str], date]:
    """Of these (kind, value) addresses: those of somebody who was erased, and when."""
    if not addresses or not ErasedAddress.objects.exists():
        return {}
    told = digests(of_address(kind, value) for kind, value in addresses)
    wanted = {of_address(kind, value): (kind, value) for kind, value in addresses}
    rows = ErasedAddress.objects.filter(digest__in=list(told)).select_related("erasure")
    return {wanted[told[row.digest]]: row.erasure.erased_on for row in rows}


def count_in_community(key: int) -> int:
    """How many people and leaderships name this community."""
    led = Leadership.objects.filter(community_id=key).count()
    return Person.objects.filter(community_id=key).count() + led
