"""Files for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Schema
from ninja.files import UploadedFile

from barnraise.plumbing.ui import rest

from . import models, policies, selectors, services
from .forms import ChangeForm
from .services import FileRefused
from .serving import served

router = rest.router(tags=["Files"])


class FileOut(Schema):
    """A file, without its content."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Its name.")
    media_type: str = Field(description="What it is, told by its content.")
    size: int = Field(description="Octets.")
    sha256: str = Field(description="Checksum of the content, hexadecimal.")
    alt_text: str = Field(description="What a picture shows; empty for other files.")
    visibility: str = Field(description="private (whoever added it and those who lead) or team.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When its name, description or visibility last changed.")


class FileIn(Schema):
    """What goes with an upload."""

    alt_text: str = Field("", description="What a picture shows; needed for pictures.", max_length=300)
    visibility: models.File.Visibility = Field(
        models.File.Visibility.TEAM, description="private (whoever added it and those who lead) or team."
    )


class FilePatch(Schema):
    """What of a file is to change; its content never does."""

    name: str | None = Field(None, description="The new name; null keeps it.", max_length=200)
    alt_text: str | None = Field(None, description="What the picture shows; null keeps it.", max_length=300)
    visibility: models.File.Visibility | None = Field(None, description="private or team; null keeps it.")


def _shape(file: models.File) -> dict[str, Any]:
    names = ("name", "media_type", "size", "sha256", "alt_text", "visibility", "created_at", "updated_at")
    return {"id": file.uuid, **{name: getattr(file, name) for name in names}}


def _mine(request: HttpRequest, uuid: UUID) -> models.File:
    return rest.one(selectors.visible(request.user), uuid=uuid)


@router.get("/files", response=rest.Page[FileOut], summary="List files")
@rest.asks(policies.may_see)
def list_files(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """The files the caller may see."""
    return rest.page_of(selectors.visible(request.user), paging, _shape)


@router.get("/files/{uuid}", response=FileOut, summary="Read a file's facts")
@rest.asks(policies.may_see)
def read_file(request: HttpRequest, uuid: UUID) -> Any:
    """One file, without its content."""
    return _shape(_mine(request, uuid))


@router.get(
    "/files/{uuid}/content",
    response={200: Any},
    summary="Download a file",
    openapi_extra={
        "responses": {
            200: {
                "description": "The content.",
                "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
@rest.asks(policies.may_see)
def read_content(request: HttpRequest, uuid: UUID) -> Any:
    """Its content, as an attachment."""
    return served(_mine(request, uuid))


@router.post("/files", response={201: FileOut}, summary="Add a file")
@rest.asks(policies.may_add)
def create_file(request: HttpRequest, file: File[UploadedFile], given: Form[FileIn]) -> Any:
    """Upload as multipart/form-data."""
    try:
        kept = services.keep(file, by=request.user, alt_text=given.alt_text, visibility=given.visibility)
    except FileRefused as no:
        raise rest.Problem(422, "Nothing was kept.", errors=[(no.field, no.reason)]) from None
    return 201, _shape(kept)


@router.patch("/files/{uuid}", response=FileOut, summary="Change a file's facts")
@rest.asks(policies.may_change)
def change_file(request: HttpRequest, uuid: UUID, given: FilePatch) -> Any:
    """Rename it, describe the picture, choose who may open it."""
    file = _mine(request, uuid)
    rest.require(request, policies.may_change, file)
    now = {"name": file.name, "alt_text": file.alt_text, "visibility": file.visibility}
    values = rest.mended(ChangeForm({**now, **given.dict(exclude_none=True)}))
    try:
        return _shape(services.change(file=file, by=request.user, **values))
    except FileRefused as no:
        raise rest.Problem(422, "Nothing was changed.", errors=[(no.field, no.reason)]) from None


@router.delete("/files/{uuid}", response={204: None}, summary="Remove a file")
@rest.asks(policies.may_change)
def remove_file(request: HttpRequest, uuid: UUID) -> Any:
    """Remove it with its content; this cannot be undone."""
    file = _mine(request, uuid)
    rest.require(request, policies.may_change, file)
    try:
        services.remove(file=file, by=request.user)
    except FileRefused as no:
        raise rest.Problem(409, no.reason) from None
    return 204, None
