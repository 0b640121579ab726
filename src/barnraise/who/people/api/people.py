"""Persons for programs: the whole record as one document; roles and leaderships are nouns of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from ninja import Field, Query, Schema

from barnraise.foundation import contacts
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.files.models import File
from barnraise.plumbing.profile.selectors import home_country
from barnraise.plumbing.ui import rest
from barnraise.who.communities.models import Community

from .. import documents, identifiers, policies, selectors, services
from ..documents import Id, PersonDocument, Place, Reach
from ..merging import SINGLE
from ..models import Person, PersonContact

router = rest.router(tags=["People"])


def _of(values: Sequence[str]) -> str:
    return f"One of {', '.join(values)}."


_SAID = {
    "kind": _of(Person.Kind.values),
    "status": _of(Person.Status.values),
    "language": f"Empty (as the installation) or one of {', '.join(code for code, _name in settings.LANGUAGES)}.",
    "display_name": "What lists show; empty for the given and the family name.",
    "account": "The account this person logs in with; no two people share one.",
    "owner": "The account of the one who keeps the relation.",
    "custom": "Values of custom fields by their key.",
}


class ReachPart(Schema):
    """A way to reach somebody; two people may share one."""

    kind: str = Field(max_length=8, description=_of(PersonContact.Kind.values))
    value: str = Field(min_length=1, max_length=300, description="The value; normalised when it is kept.")
    label: str = Field("", max_length=40, description="Home, work, mobile or the like.")


class PlacePart(rest.Given):
    """An address; both coordinates or none."""

    label: str = Field("", max_length=40, description="Home, work or the like.")
    lines: str = Field("", max_length=400, description="Street, one line or several.")
    city: str = Field("", max_length=120, description="City.")
    region: str = Field("", max_length=80, description="State or region.")
    postcode: str = Field("", max_length=20, description="Postcode.")
    country: str = Field("", max_length=2, description="Two capital letters.")
    lat: float | None = Field(None, ge=-90, le=90, description="Latitude in degrees.")
    lon: float | None = Field(None, ge=-180, le=180, description="Longitude in degrees.")
    source: str = Field("", max_length=60, description="Who said so.")


class IdPart(Schema):
    """What another system calls them; no two people share one."""

    scheme: str = Field(max_length=40, description=f"For example {', '.join(identifiers.SCHEMES)}.")
    value: str = Field(min_length=1, max_length=200, description="The value as that system writes it.")


class PersonPatch(Schema):
    """What to change; what is left out stays, lists are given whole."""

    given_name: str | None = Field(None, max_length=100, description="Given name.")
    family_name: str | None = Field(None, max_length=100, description="Family name.")
    display_name: str | None = Field(None, max_length=200, description=_SAID["display_name"])
    pronunciation: str | None = Field(None, max_length=200, description="How to say the name.")
    pronouns: str | None = Field(None, max_length=60, description="Pronouns.")
    kind: str | None = Field(None, max_length=14, description=_SAID["kind"])
    status: str | None = Field(None, max_length=8, description=_SAID["status"])
    language: str | None = Field(None, max_length=10, description=_SAID["language"])
    community: UUID | None = Field(None, description="The community they belong to.")
    account: UUID | None = Field(None, description=_SAID["account"])
    owner: UUID | None = Field(None, description=_SAID["owner"])
    about: str | None = Field(None, max_length=20_000, description="About them.")
    custom: dict[str, str | float | bool | None] | None = Field(None, description=_SAID["custom"])
    contacts: list[ReachPart] | None = Field(
        None, max_length=200, description="Ways to reach them, the main one first."
    )
    addresses: list[PlacePart] | None = Field(
        None, max_length=200, description="Addresses, the main one first."
    )
    identifiers: list[IdPart] | None = Field(None, max_length=200, description="Identifiers.")
    tags: list[str] | None = Field(None, max_length=200, description="Tags by name.")


class PersonIn(PersonPatch):
    """A person to add; at least one of the three names."""


class RolePart(Schema):
    """A role, in short; see /roles."""

    id: UUID = Field(description="Its id.")
    organisation: UUID = Field(description="The organisation.")
    title: str = Field(description="Role or job title.")
    kind: str = Field(description="Kind of role.")
    is_main_contact: bool = Field(description="True for the organisation's main contact.")
    started_on: date | None = Field(description="Since when.")
    ended_on: date | None = Field(description="Until when; null while it lasts.")


class PersonOut(Schema):
    """A person."""

    id: UUID = Field(description="Their id.")
    given_name: str = Field(description="Given name.")
    family_name: str = Field(description="Family name.")
    display_name: str = Field(description="What lists show.")
    pronunciation: str = Field(description="How to say the name.")
    pronouns: str = Field(description="Pronouns.")
    kind: str = Field(description=_SAID["kind"])
    status: str = Field(description=_SAID["status"])
    language: str = Field(description=_SAID["language"])
    community: UUID | None = Field(description="The community they belong to.")
    account: UUID | None = Field(description=_SAID["account"])
    owner: UUID | None = Field(description=_SAID["owner"])
    photo: UUID | None = Field(description="The file of their photo.")
    about: str = Field(description="About them.")
    custom: dict[str, str | float | bool | None] = Field(description=_SAID["custom"])
    facts: dict[str, str] = Field(description="What a source says beyond these fields.")
    contacts: list[ReachPart] = Field(description="Ways to reach them, the main one first.")
    addresses: list[PlacePart] = Field(description="Addresses, the main one first.")
    identifiers: list[IdPart] = Field(description="Identifiers.")
    roles: list[RolePart] = Field(description="Their roles, former ones too.")
    leaderships: list[UUID] = Field(description="What they lead and led; see /leaderships.")
    tags: list[str] = Field(description="Tags by name.")
    source: str = Field(description="Who said these facts.")
    created_at: datetime = Field(description="When they were added.")
    updated_at: datetime = Field(description="When the record changed last.")


class MergeIn(Schema):
    """What to merge into the person of the address."""

    absorb: UUID = Field(description="The person whose record goes.")
    take: list[str] = Field(
        default_factory=list,
        max_length=20,
        description=f"Fields whose value is the absorbed one's, of {', '.join(SINGLE)}.",
    )


class TermOut(Schema):
    """A reason for or against."""

    reason: str = Field(description="In words.")
    points: int = Field(description="Added to the score.")
    value: str = Field(description="What is alike; empty where that needs no saying.")


class PairOut(Schema):
    """Two people who may be one."""

    first: UUID = Field(description="The older record.")
    second: UUID = Field(description="The newer record.")
    score: int = Field(description="0 to 100.")
    terms: list[TermOut] = Field(description="Why.")


class PairsOut(Schema):
    """Likely duplicates."""

    items: list[PairOut] = Field(description="The likeliest first.")


class _Shaper:
    """Loads what a page of rows needs in a fixed number of queries, then shapes each."""

    def __init__(self) -> None:
        self.said: dict[int, PersonDocument] = {}
        self.uuids: dict[str, dict[int, UUID]] = {}

    def prepare(self, rows: list[Person]) -> None:
        self.said = selectors.documents([row.pk for row in rows])
        accounts = {key for row in rows for key in (row.account_id, row.owner_id) if key}
        employers = {post.organisation for one in self.said.values() for post in one.roles}
        self.uuids = {
            "community": _uuids(Community, {row.community_id for row in rows}),
            "account": _uuids(Account, accounts),
            "photo": _uuids(File, {row.photo_id for row in rows}),
            "organisation": selectors.organisation_uuids(employers),
        }

    def shape(self, row: Person) -> dict[str, Any]:
        said = self.said[row.pk]
        shown = documents.to_json(said)
        accounts, employers = self.uuids["account"], self.uuids["organisation"]
        shown["roles"] = [
            {**role, "id": role["uuid"], "organisation": employers[role["organisation"]]}
            for role in shown["roles"]
        ]
        return {
            **shown,
            "id": row.uuid,
            "leaderships": [one.uuid for one in said.leaderships],
            "community": self.uuids["community"].get(row.community_id or 0),
            "account": accounts.get(row.account_id or 0),
            "owner": accounts.get(row.owner_id or 0),
            "photo": self.uuids["photo"].get(row.photo_id or 0),
            "source": row.source.name,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }


def _uuids(model: Any, keys: set[Any]) -> dict[int, UUID]:
    found: dict[int, UUID] = dict(model.objects.filter(pk__in=keys - {None}).values_list("pk", "uuid"))
    return found


def _one(uuid: UUID) -> dict[str, Any]:
    row = Person.objects.select_related("source").get(uuid=uuid)
    shaper = _Shaper()
    shaper.prepare([row])
    return shaper.shape(row)


_MAY_BE_NULL = ("community", "account", "owner")
_PARTS: dict[str, Any] = {"contacts": Reach, "addresses": Place, "identifiers": Id}


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The request as values of a document. Raises ValidationError by field."""
    said = {name: value for name, value in given.items() if value is not None or name in _MAY_BE_NULL}
    for name, shape in _PARTS.items():
        if name in said:
            said[name] = tuple(shape(**_normal(name, part)) for part in said[name])
    for name, model in (("community", Community), ("account", Account), ("owner", Account)):
        if said.get(name):
            said[name] = _key(model, name, said[name])
    if "custom" in said:
        said["custom"] = tuple(
            sorted((key, value) for key, value in said["custom"].items() if value not in (None, ""))
        )
    if "tags" in said:
        said["tags"] = tuple(said["tags"])
    return said


def _key(model: Any, name: str, uuid: UUID) -> int:
    key: int | None = model.objects.filter(uuid=uuid).values_list("pk", flat=True).first()
    if key is None:
        raise ValidationError({name: f"There is no {model._meta.model_name} with this id."})
    return key


def _normal(field: str, part: dict[str, Any]) -> dict[str, Any]:
    try:
        if field == "identifiers":
            part["scheme"], part["value"] = identifiers.normalise(part["scheme"], part["value"])
        elif field == "contacts":
            part["value"] = contacts.normalise(part["kind"], part["value"], country=home_country())
    except (identifiers.IdentifierError, contacts.ContactError) as no:
        raise ValidationError({field: str(no.reason)}) from None
    return part


@router.get("/people", response=rest.Page[PersonOut], operation_id="list_people")
@rest.asks(policies.may_see)
def list_people(
    request: HttpRequest,
    paging: rest.PageQuery,
    kind: Annotated[str | None, Query(description="Only those of this kind.")] = None,
    identifier: Annotated[str | None, Query(description="SCHEME:value, like OWN:17.")] = None,
    address: Annotated[
        str | None, Query(description="Only those with this e-mail address or phone number.")
    ] = None,
) -> Any:
    """All people; `kind`, `identifier` ("OWN:17") and `address` narrow them."""
    rows = selectors.listed(request.user).select_related("source")
    if kind:
        rows = rows.filter(kind=kind.replace("\x00", ""))
    if identifier:
        scheme, _colon, value = identifier.replace("\x00", "").partition(":")
        rows = rows.filter(identifiers__scheme=scheme, identifiers__value=value)
    if address:
        plain = address.replace("\x00", "")
        rows = rows.filter(pk__in=selectors.by_addresses([plain])[plain])
    shaper = _Shaper()
    return rest.page_of(rows, paging, shaper.shape, prepare=shaper.prepare)


@router.post("/people", response={201: PersonOut}, operation_id="create_person")
@rest.asks(policies.may_write)
def create_person(request: HttpRequest, given: PersonIn) -> Any:
    """Add a person."""
    said = _values(given.model_dump(exclude_unset=True))
    row = services.register_person(replace(PersonDocument(), **said), by=request.user)
    return 201, _one(row.uuid)


@router.get(
    "/people/{uuid}",
    response=PersonOut,
    operation_id="read_person",
    openapi_extra={"responses": {302: {"description": "It was merged into the one at `Location`."}}},
)
@rest.asks(policies.may_see)
def read_person(request: HttpRequest, uuid: UUID) -> Any:
    """One person; the id of a record that was merged into another leads to that one (302)."""
    try:
        return _one(uuid)
    except Person.DoesNotExist:
        kept = selectors.successor(uuid)
        if kept is None:
            raise
        return HttpResponseRedirect(request.path.replace(str(uuid), str(kept)))


@router.patch("/people/{uuid}", response=PersonOut, operation_id="change_person")
@rest.asks(policies.may_write)
def change_person(request: HttpRequest, uuid: UUID, given: PersonPatch) -> Any:
    """Change a person."""
    said = _values(given.model_dump(exclude_unset=True))
    services.change_person(selectors.one_row(uuid), by=request.user, **said)
    return _one(uuid)


@router.delete("/people/{uuid}", operation_id="remove_person")
@rest.asks(policies.may_remove)
def remove_person(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a person, undoable for 30 days; 409 with the reason when something hangs on them."""
    try:
        services.remove_person(selectors.one_row(uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.post("/people/{uuid}/merge", response=PersonOut, operation_id="merge_person")
@rest.asks(policies.may_merge)
def merge_person(request: HttpRequest, uuid: UUID, given: MergeIn) -> Any:
    """Merge another record into this one; undoable for 30 days."""
    if unknown := sorted(set(given.take) - set(SINGLE)):
        raise rest.Problem(
            422, "Nothing was changed.", errors=[("take", f"{unknown[0][:60]} cannot be taken over.")]
        )
    keep, absorb = selectors.one_row(uuid), selectors.one_row(given.absorb)
    services.merge_people(keep=keep, absorb=absorb, by=request.user, take=given.take)
    return _one(uuid)


@router.post("/people/{uuid}/export", response=dict[str, Any], operation_id="export_person")
@rest.asks(policies.may_export)
def export_person(request: HttpRequest, uuid: UUID) -> Any:
    """Everything that is kept about the person, by room; that it was handed out is noted."""
    return services.export_person(selectors.one_row(uuid), by=request.user)


@router.post("/people/{uuid}/erase", response={204: None}, operation_id="erase_person")
@rest.asks(policies.may_erase)
def erase_person(request: HttpRequest, uuid: UUID) -> Any:
    """Erase the person everywhere. It cannot be undone."""
    try:
        services.erase_person(selectors.one_row(uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.get("/duplicates", response=PairsOut, operation_id="list_duplicates")
@rest.asks(policies.may_merge)
def list_duplicates(request: HttpRequest) -> Any:
    """People who may be there twice, at most 200 pairs (10 of those a job found, with more than 20,000 people), with terms."""
    found = selectors.duplicates()
    uuids = _uuids(Person, {key for pair in found for key in (pair.first, pair.second)})
    return {
        "items": [
            {
                "first": uuids[pair.first],
                "second": uuids[pair.second],
                "score": pair.score,
                "terms": [
                    {"reason": str(term.words), "points": term.points, "value": term.value}
                    for term in pair.terms
                ],
            }
            for pair in found
            if pair.first in uuids and pair.second in uuids
        ]
    }
