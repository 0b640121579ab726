"""Posts for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui import rest

from . import facing, policies, selectors, services
from .models import Message, Reach, SocialAccount, Variant
from .models import Reach as ReachRow

router = rest.router(tags=["Posts"])
_STATES = ", ".join(Variant.State.values)


class PostPatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, max_length=120, description="Its name, for the team.")
    text: str | None = Field(None, max_length=5000, description="What to say.")
    link: str | None = Field(None, max_length=500, description="Where it leads.")
    language: str | None = Field(None, max_length=10, description="In which language.")
    cites: str | None = Field(
        None, max_length=80, description="Typed reference to what it serves, like projects.project:3."
    )
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )


class PostIn(PostPatch):
    """A message to write."""

    name: str = Field(max_length=120, description="Its name, for the team.")
    text: str = Field(max_length=5000, description="What to say.")
    language: str = Field(max_length=10, description="In which language.")
    networks: list[str] | None = Field(
        None, max_length=20, description="The networks that get it; all where left out."
    )


class PostDraftIn(Schema):
    """What to draft a message from."""

    source: str = Field(max_length=80, description="Typed reference, like stories.story:3.")
    language: str = Field("en", max_length=10, description="In which language, where it is told in it.")


class PostVariantOut(Schema):
    """What a network gets."""

    id: UUID = Field(description="Its id.")
    network: str = Field(description="The network.")
    account: UUID | None = Field(description="Under which account of ours.")
    text: str = Field(description="Its words.")
    state: str = Field(description=f"One of {_STATES}.")
    count: int | None = Field(description="How long it is, as the network counts.")
    most: int | None = Field(description="The longest the network takes.")
    faults: list[str] = Field(description="What the network would refuse.")
    address: str = Field(description="Where it stands.")
    reason: str = Field(description="Why it failed.")
    posted_at: datetime | None = Field(description="When it was posted.")
    reached: int | None = Field(description="The latest number of people reached.")


class PostOut(Schema):
    """A message."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Its name, for the team.")
    text: str = Field(description="What to say.")
    link: str = Field(description="Where it leads.")
    language: str = Field(description="In which language.")
    cites: str = Field(description="Typed reference to what it serves.")
    drawn_from: str = Field(description="Typed reference to what it was drafted from.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    variants: list[PostVariantOut] = Field(description="What each network gets.")
    created_at: datetime = Field(description="When it was written.")
    updated_at: datetime = Field(description="When it changed last.")


class PostVariantPatch(Schema):
    """Other words for a network, or another account."""

    text: str | None = Field(None, max_length=70000, description="Its words.")
    account: UUID | None = Field(None, description="The account; null where it is posted by hand.")


class PostAddressIn(Schema):
    """Where it stands, posted by hand."""

    address: str = Field(max_length=500, description="The address of the post.")


class PostReachIn(Schema):
    """What a post reached."""

    on: rest.Day | None = Field(None, description="Until which day; today where it is left out.")
    reached: int = Field(ge=0, le=2_000_000_000, description="People reached.")
    engaged: int | None = Field(None, ge=0, le=2_000_000_000, description="Reactions, comments, shares.")


class PostReachOut(Schema):
    """What a post reached."""

    id: UUID = Field(description="Its id.")
    on: date = Field(description="Until which day.")
    reached: int = Field(description="People reached.")
    engaged: int | None = Field(description="Reactions, comments, shares.")


class SocialAccountPatch(Schema):
    """What to change of an account; what is left out stays."""

    name: str | None = Field(None, max_length=120, description="As the team calls it.")
    address: str | None = Field(None, max_length=300, description="Where everybody finds it.")
    server: str | None = Field(None, max_length=200, description="The server, for Mastodon.")


class SocialAccountIn(Schema):
    """An account of ours at a network."""

    network: str = Field(max_length=20, description="The network.")
    name: str = Field(max_length=120, description="As the team calls it.")
    address: str = Field("", max_length=300, description="Where everybody finds it.")
    server: str = Field("", max_length=200, description="The server, for Mastodon.")


class SocialSecretIn(Schema):
    """The token of an account; it is never told again."""

    secret: str = Field(max_length=2000, description="The token that the network gave.")


class SocialAccountOut(Schema):
    """An account of ours at a network."""

    id: UUID = Field(description="Its id.")
    network: str = Field(description="The network.")
    name: str = Field(description="As the team calls it.")
    address: str = Field(description="Where everybody finds it.")
    server: str = Field(description="The server, for Mastodon.")
    is_connected: bool = Field(description="Whether we post there by ourselves.")
    ended_at: datetime | None = Field(description="When it ended.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


def _shapes(rows: Sequence[Message]) -> Callable[[Message], dict[str, Any]]:
    """How these messages are shown; two queries for all of them."""
    variants = selectors.variants_by_message([row.pk for row in rows])
    reaches = selectors.latest_reach([one.pk for found in variants.values() for one in found])
    return lambda row: _shown(row, variants.get(row.pk, ()), reaches)


def _shown(row: Message, variants: Sequence[Variant], reaches: dict[int, Reach]) -> dict[str, Any]:
    names = ("name", "text", "link", "language", "cites", "drawn_from", "created_at", "updated_at")
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in names},
        "owner": row.owner.email if row.owner else None,
        "variants": [_variant(one, reaches.get(one.pk)) for one in variants],
    }


def _variant(row: Variant, reach: Reach | None) -> dict[str, Any]:
    told = facing.measured(row)
    names = ("network", "text", "state", "address", "reason", "posted_at")
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in names},
        "account": row.account.uuid if row.account else None,
        "count": told.count if told else None,
        "most": told.most if told else None,
        "faults": told.faults if told else [],
        "reached": reach.reached if reach else None,
    }


def _one(uuid: UUID) -> dict[str, Any]:
    row = rest.one(selectors.listed(), uuid=uuid)
    return _shapes([row])(row)


def _of(uuid: UUID) -> Variant:
    return rest.one(selectors.variants_listed(), uuid=uuid)


def _again(uuid: UUID) -> dict[str, Any]:
    row = _of(uuid)
    return _variant(row, selectors.latest_reach([row.pk]).get(row.pk))


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("owner") is not None:
        found = next((one for one in selectors.owners() if one.email == given["owner"].casefold()), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    for name in ("link", "cites"):
        if name in given and given[name] is None:
            given[name] = ""
    return {name: value for name, value in given.items() if value is not None or name == "owner"}


@router.get("/posts", response=rest.Page[PostOut], operation_id="list_posts")
@rest.asks(policies.may_see)
def list_posts(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[
        str, Query(max_length=9, description=f"Only those with a variant in this state: {_STATES}.")
    ] = "",
) -> Any:
    """All messages with what each network gets."""
    rows = selectors.listed(request.user)
    if state:
        if state not in Variant.State.values:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(pk__in=Variant.objects.filter(state=state).values("message"))
    shapes: list[Callable[[Message], dict[str, Any]]] = []

    def prepare(found: list[Message]) -> None:
        shapes.append(_shapes(found))

    def shape(row: Message) -> dict[str, Any]:
        return shapes[0](row)

    return rest.page_of(rows, paging, shape, prepare=prepare)


@router.post("/posts", response={201: PostOut}, operation_id="create_post")
@rest.asks(policies.may_edit)
def create_post(request: HttpRequest, given: PostIn) -> Any:
    """Write a message."""
    said = given.model_dump(exclude_unset=True)
    wanted = said.pop("networks", None)
    made = services.make_message(by=request.user, networks_wanted=wanted, **_clean(said))
    return 201, _one(made.uuid)


@router.post("/post-drafts", response={201: PostOut}, operation_id="draft_post")
@rest.asks(policies.may_edit)
def draft_post(request: HttpRequest, given: PostDraftIn) -> Any:
    """Draft a message from something that can be told."""
    try:
        ref = Ref.parse(given.source)
    except ValueError:
        raise ValidationError({"source": "This is no typed reference."}) from None
    made = services.draft_from(ref, by=request.user, language=given.language)
    return 201, _one(made.uuid)


@router.get("/posts/{uuid}", response=PostOut, operation_id="read_post")
@rest.asks(policies.may_see)
def read_post(request: HttpRequest, uuid: UUID) -> Any:
    """One message."""
    return _one(uuid)


@router.patch("/posts/{uuid}", response=PostOut, operation_id="change_post")
@rest.asks(policies.may_edit)
def change_post(request: HttpRequest, uuid: UUID, given: PostPatch) -> Any:
    """Change what it says; drafts that said the same follow."""
    row = rest.one(selectors.listed(), uuid=uuid)
    services.change_message(row, by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return _one(uuid)


@router.delete("/posts/{uuid}", operation_id="remove_post")
@rest.asks(policies.may_approve)
def remove_post(request: HttpRequest, uuid: UUID) -> Any:
    """Away with its drafts; one that stands in a network stays."""
    services.remove_message(rest.one(selectors.listed(), uuid=uuid), by=request.user)
    return 204, None


@router.patch("/post-variants/{uuid}", response=PostVariantOut, operation_id="change_post_variant")
@rest.asks(policies.may_edit)
def change_post_variant(request: HttpRequest, uuid: UUID, given: PostVariantPatch) -> Any:
    """Other words for a network; it is a draft again."""
    said = given.model_dump(exclude_unset=True)
    if said.get("account") is not None:
        said["account"] = rest.one(SocialAccount.objects.filter(ended_at=None), uuid=said["account"])
    services.change_variant(_of(uuid), by=request.user, **said)
    return _again(uuid)


@router.post("/post-variants/{uuid}/approval", response=PostVariantOut, operation_id="approve_post_variant")
@rest.asks(policies.may_approve)
def approve_post_variant(request: HttpRequest, uuid: UUID) -> Any:
    """It may be posted as it stands."""
    services.approve(_of(uuid), by=request.user)
    return _again(uuid)


@router.delete(
    "/post-variants/{uuid}/approval", response=PostVariantOut, operation_id="unapprove_post_variant"
)
@rest.asks(policies.may_approve)
def unapprove_post_variant(request: HttpRequest, uuid: UUID) -> Any:
    """A draft again."""
    services.unapprove(_of(uuid), by=request.user)
    return _again(uuid)


@router.post("/post-variants/{uuid}/posting", response=PostVariantOut, operation_id="queue_post_variant")
@rest.asks(policies.may_approve)
def queue_post_variant(request: HttpRequest, uuid: UUID) -> Any:
    """Have it posted; the state says when the network confirmed."""
    services.queue(_of(uuid), by=request.user)
    return _again(uuid)


@router.post("/post-variants/{uuid}/by-hand", response=PostVariantOut, operation_id="post_variant_by_hand")
@rest.asks(policies.may_edit)
def post_variant_by_hand(request: HttpRequest, uuid: UUID, given: PostAddressIn) -> Any:
    """Somebody posted it: where it stands."""
    services.post_by_hand(_of(uuid), by=request.user, address=given.address)
    return _again(uuid)


@router.post("/post-variants/{uuid}/down", response=PostVariantOut, operation_id="take_post_variant_down")
@rest.asks(policies.may_edit)
def take_post_variant_down(request: HttpRequest, uuid: UUID) -> Any:
    """It was taken out of the network."""
    services.take_down(_of(uuid), by=request.user)
    return _again(uuid)


@router.get("/post-variants/{uuid}/reach", response=list[PostReachOut], operation_id="list_post_reach")
@rest.asks(policies.may_see)
def list_post_reach(request: HttpRequest, uuid: UUID) -> Any:
    """What it reached, the latest day first; at most 100."""
    return [_reach(row) for row in selectors.reaches_of(_of(uuid))]


def _reach(row: ReachRow) -> dict[str, Any]:
    return {"id": row.uuid, "on": row.on, "reached": row.reached, "engaged": row.engaged}


@router.post("/post-variants/{uuid}/reach", response={201: PostReachOut}, operation_id="note_post_reach")
@rest.asks(policies.may_edit)
def note_post_reach(request: HttpRequest, uuid: UUID, given: PostReachIn) -> Any:
    """Note what it reached until a day; the same day again replaces it."""
    return 201, _reach(services.note_reach(_of(uuid), by=request.user, **given.model_dump()))


@router.delete("/post-reach/{uuid}", operation_id="remove_post_reach")
@rest.asks(policies.may_edit)
def remove_post_reach(request: HttpRequest, uuid: UUID) -> Any:
    """Take away a number noted by mistake."""
    rows = ReachRow.objects.select_related("variant")
    services.remove_reach(rest.one(rows, uuid=uuid), by=request.user)
    return 204, None


def _account(row: SocialAccount) -> dict[str, Any]:
    names = ("network", "name", "address", "server", "is_connected", "ended_at", "created_at", "updated_at")
    return {"id": row.uuid, **{name: getattr(row, name) for name in names}}


@router.get("/social-accounts", response=rest.Page[SocialAccountOut], operation_id="list_social_accounts")
@rest.asks(policies.may_see)
def list_social_accounts(
    request: HttpRequest,
    paging: rest.PageQuery,
    network: Annotated[str, Query(max_length=20, description="Only those at this network.")] = "",
    ended: Annotated[
        bool | None, Query(description="Only those that ended, or only those that are used.")
    ] = None,
) -> Any:
    """Our accounts at networks; their tokens are told to nobody."""
    rows = selectors.accounts_listed()
    if network:
        rows = rows.filter(network=network.replace("\x00", ""))
    if ended is not None:
        rows = rows.filter(ended_at__isnull=not ended)
    return rest.page_of(rows, paging, _account)


@router.post("/social-accounts", response={201: SocialAccountOut}, operation_id="create_social_account")
@rest.asks(policies.may_keep_accounts)
def create_social_account(request: HttpRequest, given: SocialAccountIn) -> Any:
    """Add an account."""
    return 201, _account(services.add_account(by=request.user, **given.model_dump()))


@router.patch("/social-accounts/{uuid}", response=SocialAccountOut, operation_id="change_social_account")
@rest.asks(policies.may_keep_accounts)
def change_social_account(request: HttpRequest, uuid: UUID, given: SocialAccountPatch) -> Any:
    """Change where it stands. Another server forgets the token."""
    row = rest.one(selectors.accounts_listed(), uuid=uuid)
    said = {name: value or "" for name, value in given.model_dump(exclude_unset=True).items()}
    return _account(services.change_account(row, by=request.user, **said))


@router.put(
    "/social-accounts/{uuid}/secret", response=SocialAccountOut, operation_id="connect_social_account"
)
@rest.asks(policies.may_keep_accounts)
def connect_social_account(request: HttpRequest, uuid: UUID, given: SocialSecretIn) -> Any:
    """Give it its token, after the network said whose it is."""
    row = rest.one(selectors.accounts_listed(), uuid=uuid)
    return _account(services.connect_account(row, by=request.user, secret=given.secret))


@router.post("/social-accounts/{uuid}/end", response=SocialAccountOut, operation_id="end_social_account")
@rest.asks(policies.may_keep_accounts)
def end_social_account(request: HttpRequest, uuid: UUID) -> Any:
    """Nothing is posted there any more; its token is forgotten."""
    return _account(services.end_account(rest.one(selectors.accounts_listed(), uuid=uuid), by=request.user))
