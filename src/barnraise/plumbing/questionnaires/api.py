"""Questionnaires, responses and results for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.ui import rest

from . import facing, policies, selectors, services, sheets, shown
from .models import Answer, Questionnaire, Response, Version
from .questions import KINDS, Question, read_all
from .services.respond import AnsweredAlready

router = rest.router(tags=["Questionnaires"])

_KINDS = ", ".join(KINDS)
_STATES = ", ".join(selectors.STATES)
_WAYS = ", ".join(Response.Way.values)
Texts = dict[str, str]


class OptionGiven(Schema):
    """One thing that can be chosen."""

    code: str = Field(max_length=40, description="Its code, by which answers name it.")
    texts: Texts = Field(description="What it is called, by language.")


class AskedIfGiven(Schema):
    """When a question is asked."""

    question: str = Field(max_length=40, description="Code of an earlier question with choices.")
    any_of: list[str] = Field(
        max_length=100, description="Codes of its answers of which one has to be given."
    )


class QuestionGiven(Schema):
    """One question."""

    code: str = Field(max_length=40, description="Its code: small letters, digits, underscores.")
    kind: str = Field(max_length=10, description=f"How it is answered: one of {_KINDS}.")
    texts: Texts = Field(description="The question, by language.")
    help: Texts = Field(default_factory=dict, description="Help below it, by language.")
    is_required: bool = Field(False, strict=True, description="Whether it has to be answered.")
    options: list[OptionGiven] = Field(
        default_factory=list, max_length=100, description="What can be chosen."
    )
    lowest: str | None = Field(None, max_length=20, description="Lowest step or number.")
    highest: str | None = Field(None, max_length=20, description="Highest step or number.")
    low: Texts = Field(default_factory=dict, description="What the lowest step means, by language.")
    high: Texts = Field(default_factory=dict, description="What the highest step means, by language.")
    unit: str = Field("", max_length=40, description="Unit of a number.")
    asked_if: AskedIfGiven | None = Field(None, description="When it is asked; null: always.")


class VersionOut(Schema):
    """One version of the questions."""

    number: int = Field(description="1, 2, …")
    texts: dict[str, Texts] = Field(description="By language: title, intro, thanks.")
    questions: list[QuestionGiven] = Field(description="The questions, in order.")
    published_at: datetime | None = Field(description="Since when it is frozen; null for a draft.")


class QuestionnaireOut(Schema):
    """A questionnaire."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Name, for the team.")
    code: str = Field(description="Its public address is /q/CODE/.")
    state: str = Field(description=f"One of {_STATES}.")
    is_public: bool = Field(description="Whether everybody who has the address may answer.")
    is_anonymous: bool = Field(description="Whether it is not kept who answered.")
    is_sensitive: bool = Field(description="Whether numbers below 11 are hidden.")
    opens_on: date | None = Field(description="The first day on which answers are taken.")
    closes_on: date | None = Field(description="The last day on which answers are taken.")
    ended_at: datetime | None = Field(description="When it was closed.")
    versions: list[VersionOut] = Field(description="All versions, the latest first.")
    created_at: datetime = Field(description="When it was begun.")
    updated_at: datetime = Field(description="When it changed last.")


class QuestionnaireIn(Schema):
    """A questionnaire to begin."""

    name: str = Field(min_length=1, max_length=120, description="Name, for the team.")
    texts: dict[str, Texts] = Field(description="By language: title, intro, thanks.")
    questions: list[QuestionGiven] = Field(
        default_factory=list, max_length=200, description="The questions, in order."
    )
    code: str = Field("", max_length=40, description="Its public address; made of the name where left out.")
    is_public: bool = Field(
        True, strict=True, description="Whether everybody who has the address may answer."
    )
    is_anonymous: bool = Field(False, strict=True, description="Whether it is not kept who answers.")
    is_sensitive: bool = Field(False, strict=True, description="Whether numbers below 11 are hidden.")
    opens_on: rest.Day | None = Field(None, description="The first day on which answers are taken.")
    closes_on: rest.Day | None = Field(None, description="The last day on which answers are taken.")


class QuestionnairePatch(rest.Given):
    """What to change; what is left out stays. Texts and questions are those of the draft."""

    name: str | None = Field(None, min_length=1, max_length=120, description="Name, for the team.")
    texts: dict[str, Texts] | None = Field(None, description="By language: title, intro, thanks.")
    questions: list[QuestionGiven] | None = Field(
        None, max_length=200, description="All questions, in order."
    )
    code: str | None = Field(None, max_length=40, description="Its public address.")
    is_public: bool | None = Field(None, strict=True, description="Whether everybody may answer.")
    is_anonymous: bool | None = Field(None, strict=True, description="Whether it is not kept who answers.")
    is_sensitive: bool | None = Field(None, strict=True, description="Whether numbers below 11 are hidden.")
    opens_on: rest.Day | None = Field(None, description="The first day on which answers are taken.")
    closes_on: rest.Day | None = Field(None, description="The last day on which answers are taken.")
    is_closed: bool | None = Field(None, strict=True, description="true closes it, false reopens it.")


class ResponseOut(Schema):
    """One filled form."""

    id: UUID = Field(description="Its id.")
    questionnaire: UUID = Field(description="Of which questionnaire.")
    version: int = Field(description="Which version was answered.")
    way: str = Field(description=f"How it came in: one of {_WAYS}.")
    channel: str = Field(description="Where the respondent came from.")
    respondent: str = Field(description="Reference of who answered; empty where nobody is named.")
    language: str = Field(description="In which language it was answered.")
    answers: dict[str, list[str]] = Field(description="By question: codes, a number, a day, or words.")
    answered_at: datetime = Field(description="When it was answered.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class ResponseIn(Schema):
    """A filled form to keep."""

    answers: dict[str, list[str]] = Field(description="By question: codes, a number, a day, or words.")
    respondent: str = Field(
        "", max_length=100, description="Reference of who answered, such as people.person:12."
    )
    language: str = Field("", max_length=10, description="In which language it was answered.")
    channel: str = Field("", max_length=40, description="Where the respondent came from.")
    answered_at: rest.Instant | None = Field(None, description="When; now where it is left out.")
    key: str = Field("", max_length=40, description="Your own key: the same once more is not kept again.")


class CellOut(Schema):
    """How many chose one thing."""

    code: str = Field(description="What was chosen.")
    label: str = Field(description="What it is called.")
    count: int | None = Field(description="How many; null where it is hidden, being small.")
    share: float | None = Field(description="Its share of `base`, 0 to 1.")
    low: float | None = Field(description="Lower end of the 95 % interval of the share.")
    high: float | None = Field(description="Upper end of it.")


class OutcomeOut(Schema):
    """What came of one question."""

    code: str = Field(description="Code of the question.")
    kind: str = Field(description=f"One of {_KINDS}.")
    answered: int | None = Field(description="How many answered it; null where hidden.")
    without: int | None = Field(description="How many did not, or were not asked; null where hidden.")
    base: int | None = Field(description="Of how many the shares are.")
    cells: list[CellOut] = Field(description="Counts of each thing that could be chosen.")
    mean: float | None = Field(description="Mean of numbers and scales.")
    median: float | None = Field(description="Median of numbers and scales.")


class ResultsOut(Schema):
    """The results of one version."""

    version: int = Field(description="Which version.")
    responses: int = Field(description="How many responses it has.")
    threshold: int = Field(description="Numbers below it are hidden.")
    outcomes: list[OutcomeOut] = Field(description="Question by question.")


def _version_of(one: Version) -> dict[str, Any]:
    return {
        "number": one.number,
        "texts": one.texts,
        "questions": one.questions,
        "published_at": one.published_at,
    }


def _questionnaire(row: Questionnaire, versions: list[Version] | None = None) -> dict[str, Any]:
    versions = selectors.versions_of(row) if versions is None else versions
    published = next((one for one in versions if one.published_at is not None), None)
    names = (
        "name", "code", "is_public", "is_anonymous", "is_sensitive", "opens_on", "closes_on", "ended_at",
        "created_at", "updated_at",
    )  # fmt: skip
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in names},
        "state": selectors.state_of(row, published, timezone.localdate()),
        "versions": [_version_of(one) for one in versions],
    }


def _response(row: Response, answers: dict[int, dict[str, list[Answer]]] | None = None) -> dict[str, Any]:
    answers = selectors.answers_of([row]) if answers is None else answers
    names = ("way", "channel", "respondent", "language", "answered_at", "created_at", "updated_at")
    return {
        "id": row.uuid,
        "questionnaire": row.questionnaire.uuid,
        "version": row.version.number,
        **{name: getattr(row, name) for name in names},
        "answers": {
            code: [sheets.plain(one) for one in said] for code, said in answers.get(row.pk, {}).items()
        },
    }


def _clean(value: Any) -> Any:
    """The same value. Raises ValidationError for texts that cannot be stored."""
    if isinstance(value, str) and "\x00" in value:
        raise ValidationError("A text contains a character that cannot be stored.")
    if isinstance(value, dict):
        for key, each in value.items():
            _clean(key)
            _clean(each)
    if isinstance(value, list):
        for each in value:
            _clean(each)
    return value


def _questions(given: list[dict[str, Any]] | None) -> list[Question] | None:
    if given is None:
        return None
    try:
        return read_all(given)
    except ValueError as no:
        raise ValidationError({"questions": str(no)}) from None


def _one(request: HttpRequest, uuid: UUID) -> Questionnaire:
    return rest.one(selectors.questionnaires_listed(request.user), uuid=uuid)


@router.get("/questionnaires", response=rest.Page[QuestionnaireOut], operation_id="list_questionnaires")
@rest.asks(policies.may_see)
def list_questionnaires(
    request: HttpRequest,
    paging: rest.PageQuery,
    name: Annotated[str, Query(max_length=200, description="Only those whose name holds this.")] = "",
    state: Annotated[
        str, Query(max_length=8, description="Only those in this state: draft, planned, open, closed.")
    ] = "",
) -> Any:
    """Questionnaires with their versions: all of them, or those that pass."""
    versions: dict[int, list[Version]] = {}

    def read(rows: list[Questionnaire]) -> None:
        for one in Version.objects.filter(questionnaire__in=rows).order_by("-number"):
            versions.setdefault(one.questionnaire_id, []).append(one)

    rows = selectors.questionnaires_listed(request.user)
    if name:
        rows = rows.filter(name_folded__contains=fold(name.replace("\x00", "")))
    if state in selectors.STATES:
        rows = rows.filter(selectors.in_states([state]))
    elif state:
        rows = rows.none()
    return rest.page_of(rows, paging, lambda row: _questionnaire(row, versions[row.pk]), prepare=read)


@router.post("/questionnaires", response={201: QuestionnaireOut}, operation_id="create_questionnaire")
@rest.asks(policies.may_edit)
def create_questionnaire(request: HttpRequest, given: QuestionnaireIn) -> Any:
    """Begin a questionnaire: a draft of its first version."""
    said = _clean(given.model_dump())
    questions = _questions(said.pop("questions")) or ()
    return 201, _questionnaire(services.add_questionnaire(by=request.user, questions=questions, **said))


@router.get("/questionnaires/{uuid}", response=QuestionnaireOut, operation_id="read_questionnaire")
@rest.asks(policies.may_see)
def read_questionnaire(request: HttpRequest, uuid: UUID) -> Any:
    """One questionnaire."""
    return _questionnaire(_one(request, uuid))


@router.patch("/questionnaires/{uuid}", response=QuestionnaireOut, operation_id="change_questionnaire")
@rest.asks(policies.may_edit)
def change_questionnaire(request: HttpRequest, uuid: UUID, given: QuestionnairePatch) -> Any:
    """Change settings, write the draft (a 422 when there is none), close or reopen."""
    row = _one(request, uuid)
    said = _clean(given.model_dump(exclude_unset=True))
    is_closed = said.pop("is_closed", None)
    if is_closed is not None:
        rest.require(request, policies.may_publish, row)
    texts, questions = said.pop("texts", None), _questions(said.pop("questions", None))
    days = {name: said.pop(name) for name in ("opens_on", "closes_on") if name in said}
    said = {name: value for name, value in said.items() if value is not None} | days
    if texts is not None or questions is not None:
        services.write_draft(row, by=request.user, texts=texts, questions=questions)
    if said:
        services.change_questionnaire(row, by=request.user, **said)
    if is_closed is not None:
        (services.close if is_closed else services.reopen)(row, by=request.user)
    return _questionnaire(_one(request, uuid))


@router.delete("/questionnaires/{uuid}", operation_id="remove_questionnaire")
@rest.asks(policies.may_publish)
def remove_questionnaire(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a questionnaire that nobody has answered; another is a 409: close it instead."""
    try:
        services.remove(_one(request, uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.post(
    "/questionnaires/{uuid}/publish", response=QuestionnaireOut, operation_id="publish_questionnaire"
)
@rest.asks(policies.may_publish)
def publish_questionnaire(request: HttpRequest, uuid: UUID) -> Any:
    """Freeze the draft: from now on it is what is asked."""
    row = _one(request, uuid)
    services.publish(row, by=request.user)
    return _questionnaire(_one(request, uuid))


@router.post(
    "/questionnaires/{uuid}/versions", response={201: VersionOut}, operation_id="begin_questionnaire_version"
)
@rest.asks(policies.may_edit)
def begin_version(request: HttpRequest, uuid: UUID) -> Any:
    """The draft of the next version, a copy of the last; the draft there is, when there is one."""
    return 201, _version_of(services.begin_version(_one(request, uuid), by=request.user))


@router.get("/questionnaires/{uuid}/results", response=ResultsOut, operation_id="read_questionnaire_results")
@rest.asks(policies.may_see)
def read_results(
    request: HttpRequest,
    uuid: UUID,
    version: Annotated[
        int | None, Query(ge=1, le=10_000, description="Which version; the latest published where left out.")
    ] = None,
) -> Any:
    """Counts and shares of one version; small numbers are hidden."""
    row = _one(request, uuid)
    found = [one for one in selectors.published_versions(row) if version in (None, one.number)]
    if not found:
        raise rest.Problem(404, "There is no published version of this number.")
    threshold = facing.threshold(row)
    outcomes = selectors.outcomes(found[0], threshold)
    return {
        "version": found[0].number,
        "responses": outcomes[0].responses if outcomes else 0,
        "threshold": threshold,
        "outcomes": [
            {
                "code": one.question.code,
                "kind": one.question.kind,
                "answered": one.answered,
                "without": one.without,
                "base": one.base,
                "cells": [
                    {
                        "code": cell.code,
                        "label": one.question.label(cell.code, *shown.tongue()),
                        "count": cell.count,
                        "share": cell.share,
                        "low": cell.low,
                        "high": cell.high,
                    }
                    for cell in one.cells
                ],
                "mean": None if one.mean is None else float(one.mean),
                "median": None if one.median is None else float(one.median),
            }
            for one in outcomes
        ],
    }


@router.get("/responses", response=rest.Page[ResponseOut], operation_id="list_responses")
@rest.asks(policies.may_read_answers)
def list_responses(
    request: HttpRequest,
    paging: rest.PageQuery,
    questionnaire: Annotated[UUID | None, Query(description="Only those to this questionnaire.")] = None,
) -> Any:
    """Filled forms with their answers."""
    rows = selectors.responses_listed(request.user)
    if questionnaire:
        rows = rows.filter(questionnaire__uuid=questionnaire)
    answers: dict[int, dict[str, list[Answer]]] = {}

    def read(found: list[Response]) -> None:
        answers.update(selectors.answers_of(found))

    return rest.page_of(rows, paging, lambda row: _response(row, answers), prepare=read)


@router.post("/questionnaires/{uuid}/responses", response={201: ResponseOut}, operation_id="create_response")
@rest.asks(policies.may_answer)
def create_response(request: HttpRequest, uuid: UUID, given: ResponseIn) -> Any:
    """Keep a filled form, of the latest published version."""
    row = _one(request, uuid)
    version = selectors.published(row)
    if version is None:
        raise rest.Problem(409, "Publish it first.")
    said = _clean(given.model_dump())
    answers, key, who = said.pop("answers"), said.pop("key"), said.pop("respondent")
    unknown = set(answers) - {one.code for one in version.asked()}
    if unknown:
        raise ValidationError({"answers": f"There is no question “{sorted(unknown)[0][:40]}”."})
    try:
        made = services.respond(
            row,
            version=version,
            given=answers,
            way=Response.Way.API,
            by=request.user,
            respondent=_reference(who),
            number=f"api-{row.pk}-{key}" if key else "",
            **said,
        )
    except AnsweredAlready:
        raise rest.Problem(409, "They have answered this questionnaire already.") from None
    return 201, _response(rest.one(selectors.responses_listed(), pk=made.pk))


def _reference(text: str) -> Ref | None:
    if not text:
        return None
    try:
        ref = Ref.parse(text)
    except ValueError as no:
        raise ValidationError({"respondent": str(no)}) from None
    if not selectors.who_answered([Response(respondent=str(ref))]):
        raise ValidationError({"respondent": "There is nobody with this reference."})
    return ref


@router.get("/responses/{uuid}", response=ResponseOut, operation_id="read_response")
@rest.asks(policies.may_read_answers)
def read_response(request: HttpRequest, uuid: UUID) -> Any:
    """One filled form."""
    return _response(rest.one(selectors.responses_listed(request.user), uuid=uuid))


@router.delete("/responses/{uuid}", operation_id="remove_response")
@rest.asks(policies.may_publish)
def remove_response(request: HttpRequest, uuid: UUID) -> Any:
    """Take a filled form away; the journal can bring it back for thirty days."""
    services.remove_response(rest.one(selectors.responses_listed(), uuid=uuid), by=request.user)
    return 204, None
