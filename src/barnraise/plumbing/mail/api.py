"""The outbox, suppressed addresses and returned notices for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services, writing
from .building import spoken
from .models import Message, Notice, Suppression

router = rest.router(tags=["Mail"])
_STATES = ", ".join(Message.State.values)
_REASONS = ", ".join(Suppression.Reason.values)
_KINDS = ", ".join(Notice.Kind.values)
MAIL_TYPE = "message/rfc822"


class OutboxMailOut(Schema):
    """One mail to one reader."""

    id: UUID = Field(description="Its id.")
    state: str = Field(
        description=f"What is known of it: one of {_STATES}. handed_over: the mail server took it."
    )
    transport: str = Field(
        description="smtp, file (no mail server is set), none (sample town); empty until it went."
    )
    recipient: str = Field(
        description="Typed reference to who gets it; empty when nobody of the directory does."
    )
    to_address: str = Field(description="The address; empty after an erasure.")
    to_name: str = Field(description="The reader's name.")
    subject: str = Field(description="The subject, placeholders filled.")
    text: str = Field(description="The text, placeholders filled.")
    about: str = Field(description="Typed reference to what it is about.")
    reason: str = Field(
        description="Why it is where it is, as a code; empty when there is nothing to explain."
    )
    status: str = Field(description="The enhanced status code of the last answer, like 5.1.1.")
    answer: str = Field(description="What the mail server said last.")
    attempts: int = Field(description="How often it was tried.")
    repeats: int = Field(
        description="How often a worker was lost while it was being sent: it may have arrived that often more."
    )
    due_at: datetime = Field(description="When it goes out, or went.")
    handed_at: datetime | None = Field(description="When the mail server took it.")
    returned_at: datetime | None = Field(description="When it came back.")
    complained_at: datetime | None = Field(description="When its reader complained.")
    created_at: datetime = Field(description="When it was written.")
    updated_at: datetime = Field(description="When it changed last.")


class OutboxMailIn(Schema):
    """A mail to send."""

    to_address: str = Field("", max_length=254, description="The address; left out, the recipient's own.")
    recipient: str = Field(
        "", max_length=120, description="Typed reference to who gets it, like people.person:12."
    )
    subject: str = Field(
        max_length=300, description="The subject; may hold placeholders like {{given_name}}."
    )
    text: str = Field(max_length=200_000, description="The text; may hold placeholders.")
    reply_to: str = Field("", max_length=254, description="Where answers go.")
    due_at: rest.Instant | None = Field(None, description="When it goes out; at once where it is left out.")
    about: str = Field(
        "", max_length=80, description="Typed reference to what it serves, like projects.project:3."
    )


class OutboxMailPatch(Schema):
    """What to change of a mail that waits; what is left out stays."""

    to_address: str | None = Field(None, max_length=254, description="The address.")
    subject: str | None = Field(None, max_length=300, description="The subject.")
    text: str | None = Field(None, max_length=200_000, description="The text.")
    reply_to: str | None = Field(None, max_length=254, description="Where answers go.")
    due_at: rest.Instant | None = Field(None, description="When it goes out.")
    about: str | None = Field(None, max_length=80, description="What it serves; empty for nothing.")


class SuppressionOut(Schema):
    """An address that nothing is sent to."""

    id: UUID = Field(description="Its id.")
    address: str = Field(description="The address, in lower case; empty after an erasure.")
    reason: str = Field(description=f"Why: one of {_REASONS}.")
    note: str = Field(description="What stands beside it.")
    since_at: datetime = Field(description="Since when.")
    lifted_at: datetime | None = Field(
        description="Since when mails go there again; null while nothing is sent."
    )
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class SuppressionIn(Schema):
    """An address that nothing is to be sent to."""

    address: str = Field(max_length=254, description="The address.")
    reason: str = Field("asked", max_length=10, description=f"Why: one of {_REASONS}.")
    note: str = Field("", max_length=300, description="What stands beside it.")


class SuppressionPatch(Schema):
    """What to change."""

    note: str | None = Field(None, max_length=300, description="What stands beside it.")


class NoticeOut(Schema):
    """One thing that a returned notice says."""

    id: UUID = Field(description="Its id.")
    kind: str = Field(description=f"What it says: one of {_KINDS}.")
    mail: UUID | None = Field(
        description="The mail it is about; null when it is none of ours, then nothing follows."
    )
    address: str = Field(description="Whom it is about.")
    status: str = Field(description="The enhanced status code, like 5.1.1.")
    is_address_bad: bool = Field(description="Whether it says that there is no such mailbox.")
    said: str = Field(description="What the server said.")
    created_at: datetime = Field(description="When it was taken in.")
    updated_at: datetime = Field(description="When it changed last.")


_MAIL = (
    "state", "transport", "recipient", "to_address", "to_name", "about", "reason", "status", "answer", "attempts", "repeats",
    "due_at", "handed_at", "returned_at", "complained_at", "created_at", "updated_at",
)  # fmt: skip
_SUPPRESSION = ("address", "reason", "note", "since_at", "lifted_at", "created_at", "updated_at")
_NOTICE = ("kind", "address", "status", "is_address_bad", "said", "created_at", "updated_at")


def _mail(row: Message) -> dict[str, Any]:
    subject, text, _html = spoken(row)
    return {"id": row.uuid, "subject": subject, "text": text, **{name: getattr(row, name) for name in _MAIL}}


def _suppression(row: Suppression) -> dict[str, Any]:
    return {"id": row.uuid, **{name: getattr(row, name) for name in _SUPPRESSION}}


def _notice(row: Notice) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in _NOTICE}
    return {"id": row.uuid, "mail": row.message.uuid if row.message else None, **said}


@router.get("/outbox", response=rest.Page[OutboxMailOut], operation_id="list_outbox")
@rest.asks(policies.may_see)
def list_outbox(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[
        str, Query(max_length=12, description=f"Only those in this state: one of {_STATES}.")
    ] = "",
    recipient: Annotated[str, Query(max_length=120, description="Only those to this typed reference.")] = "",
    about: Annotated[str, Query(max_length=120, description="Only those about this typed reference.")] = "",
) -> Any:
    """Every mail to one reader."""
    rows = selectors.messages_listed(request.user)
    if state:
        rows = rows.filter(state=state.replace("\x00", ""))
    for name, value in (("recipient", recipient), ("about", about)):
        if value:
            rows = rows.filter(**{name: value.replace("\x00", "")})
    return rest.page_of(rows, paging, _mail)


@router.post("/outbox", response={201: OutboxMailOut}, operation_id="create_outbox_mail")
@rest.asks(policies.may_write)
def create_mail(request: HttpRequest, given: OutboxMailIn) -> Any:
    """Put a mail into the outbox. Nothing is sent to suppressed addresses: that is a 422."""
    said = given.model_dump()
    ref, about = writing.reference(said.pop("recipient")), said.pop("about")
    if about and not writing.is_cited(about):
        raise ValidationError({"about": "A mail serves a project, an objective, a goal, a need or an event."})
    reader = writing.reader_of(ref)
    if given.recipient and reader is None:
        raise ValidationError({"recipient": "Nobody of the directory has this reference."})
    said["to_address"] = said["to_address"] or (reader.address if reader else "")
    return 201, _mail(selectors.one(writing.queued(said, ref, reader, by=request.user, about=about).uuid))


@router.get("/outbox/{uuid}", response=OutboxMailOut, operation_id="read_outbox_mail")
@rest.asks(policies.may_see)
def read_mail(request: HttpRequest, uuid: UUID) -> Any:
    """One mail."""
    return _mail(rest.one(selectors.messages_listed(request.user), uuid=uuid))


@router.patch("/outbox/{uuid}", response=OutboxMailOut, operation_id="change_outbox_mail")
@rest.asks(policies.may_write)
def change_mail(request: HttpRequest, uuid: UUID, given: OutboxMailPatch) -> Any:
    """Change a mail that waits."""
    row = rest.one(selectors.messages_listed(request.user), uuid=uuid)
    rest.require(request, policies.may_change, row)
    said = given.model_dump(exclude_none=True)
    if said.get("about") and not writing.is_cited(said["about"]):
        raise ValidationError({"about": "A mail serves a project, an objective, a goal, a need or an event."})
    _conflict(lambda: services.change(row, by=request.user, **said))
    return _mail(selectors.one(uuid))


@router.post("/outbox/{uuid}/cancel", response=OutboxMailOut, operation_id="cancel_outbox_mail")
@rest.asks(policies.may_write)
def cancel_mail(request: HttpRequest, uuid: UUID) -> Any:
    """Do not send a mail that waits; one that has gone is a 409."""
    row = rest.one(selectors.messages_listed(request.user), uuid=uuid)
    rest.require(request, policies.may_change, row)
    _conflict(lambda: services.cancel(row, by=request.user))
    return _mail(selectors.one(uuid))


@router.post("/outbox/{uuid}/release", response=OutboxMailOut, operation_id="release_outbox_mail")
@rest.asks(policies.may_write)
def release_mail(request: HttpRequest, uuid: UUID) -> Any:
    """Let a draft go out; what is no draft, or nothing is sent to, is a 409."""
    row = rest.one(selectors.messages_listed(request.user), uuid=uuid)
    rest.require(request, policies.may_change, row)
    _conflict(lambda: services.release(row, by=request.user))
    return _mail(selectors.one(uuid))


@router.post("/outbox/{uuid}/again", response={201: OutboxMailOut}, operation_id="send_outbox_mail_again")
@rest.asks(policies.may_write)
def send_again(request: HttpRequest, uuid: UUID) -> Any:
    """Send a mail that is over once more, as a new one."""
    row = rest.one(selectors.messages_listed(request.user), uuid=uuid)
    made = _conflict(lambda: services.send_again(row, by=request.user))
    return 201, _mail(selectors.one(made.uuid))


def _conflict(act: Any) -> Any:
    """What the state of a mail does not allow is a 409; what a field says a 422."""
    try:
        return act()
    except ValidationError as no:
        if hasattr(no, "error_dict"):
            raise
        raise rest.Problem(409, " ".join(no.messages)) from None


@router.get("/suppressions", response=rest.Page[SuppressionOut], operation_id="list_suppressions")
@rest.asks(policies.may_see)
def list_suppressions(
    request: HttpRequest,
    paging: rest.PageQuery,
    address: Annotated[str, Query(max_length=254, description="Only those of this address.")] = "",
) -> Any:
    """Addresses that nothing is sent to, lifted ones too."""
    rows = selectors.suppressions_listed(request.user)
    if address:
        rows = rows.filter(address=address.replace("\x00", "").lower())
    return rest.page_of(rows, paging, _suppression)


@router.post("/suppressions", response={201: SuppressionOut}, operation_id="create_suppression")
@rest.asks(policies.may_suppress)
def create_suppression(request: HttpRequest, given: SuppressionIn) -> Any:
    """Send nothing to an address any more; one that stands already is answered as it stands."""
    return 201, _suppression(services.suppress(by=request.user, **given.model_dump()))


@router.get("/suppressions/{uuid}", response=SuppressionOut, operation_id="read_suppression")
@rest.asks(policies.may_see)
def read_suppression(request: HttpRequest, uuid: UUID) -> Any:
    """One suppressed address."""
    return _suppression(rest.one(selectors.suppressions_listed(request.user), uuid=uuid))


@router.patch("/suppressions/{uuid}", response=SuppressionOut, operation_id="change_suppression")
@rest.asks(policies.may_suppress)
def change_suppression(request: HttpRequest, uuid: UUID, given: SuppressionPatch) -> Any:
    """Change the note."""
    row = rest.one(selectors.suppressions_listed(request.user), uuid=uuid)
    if given.note is not None:
        row = services.change_note(row, note=given.note, by=request.user)
    return _suppression(row)


@router.post("/suppressions/{uuid}/lift", response=SuppressionOut, operation_id="lift_suppression")
@rest.asks(policies.may_lift)
def lift_suppression(request: HttpRequest, uuid: UUID) -> Any:
    """Let mails go there again; for an erased address a 409."""
    row = rest.one(selectors.suppressions_listed(request.user), uuid=uuid)
    return _suppression(_conflict(lambda: services.lift(row, by=request.user)))


@router.get("/mail-notices", response=rest.Page[NoticeOut], operation_id="list_mail_notices")
@rest.asks(policies.may_see)
def list_notices(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """What came back."""
    return rest.page_of(selectors.notices_listed(request.user), paging, _notice)


@router.post(
    "/mail-notices",
    response={201: list[NoticeOut]},
    operation_id="take_mail_notice",
    openapi_extra={
        "requestBody": {
            "content": {MAIL_TYPE: {"schema": {"type": "string", "format": "binary"}}},
            "required": True,
            "description": "A notice as it came: report of non-delivery, complaint, answer of a machine.",
        }
    },
)
@rest.asks(policies.may_take)
def take_notice(request: HttpRequest) -> Any:
    """Take a notice in; the same one twice is once. What it says about each mail is answered."""
    if request.content_type != MAIL_TYPE:
        raise rest.Problem(415, f"Send the notice as it is, with Content-Type: {MAIL_TYPE}.")
    most = settings.ENVIRONMENT.mail_limit_mb * 1024 * 1024
    content: bytes = request.read(most + 1)
    if len(content) > most:
        raise rest.Problem(413, f"It is larger than {settings.ENVIRONMENT.mail_limit_mb} MB.")
    if not content.strip():
        raise rest.Problem(422, "It is empty.")
    return 201, [_notice(row) for row in services.take_returns(content, way=Notice.Way.API, by=request.user)]
