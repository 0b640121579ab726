"""Take back answers that were noted by mistake or by a file, and bring back removed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change

from ..models import Answer, Response, Version


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo created and removed responses in the caller's transaction. By key: why one stays as it is."""
    made = [change.key for change in changes if change.action == Change.Action.CREATED]
    Response.objects.filter(pk__in=made).delete()
    kept: dict[int, str] = {}
    for change in changes:
        if change.action == Change.Action.REMOVED:
            reason = _bring_back(change.key, change.before or {})
            if reason:
                kept[change.key] = reason
    return kept


def _bring_back(key: int, said: Mapping[str, Any]) -> str:
    if Response.objects.filter(pk=key).exists():
        return "exists"
    if not Version.objects.filter(pk=said["version"]).exists():
        return "taken"
    now = timezone.now()
    try:
        with transaction.atomic():
            Response.objects.create(
                pk=key,
                uuid=said["uuid"],
                questionnaire_id=said["questionnaire"],
                version_id=said["version"],
                way=said["way"],
                channel=said["channel"],
                respondent=said["respondent"],
                language=said["language"],
                number=said["number"],
                answered_at=datetime.fromisoformat(said["answered_at"]),
                by_id=said["by"],
                is_sample=said["is_sample"],
                created_at=now,
                updated_at=now,
            )
            Answer.objects.bulk_create(
                [
                    Answer(
                        response_id=key,
                        version_id=said["version"],
                        question=one["question"],
                        code=one["code"],
                        number=None if one["number"] is None else Decimal(one["number"]),
                        text=one["text"],
                        on=date.fromisoformat(one["on"]) if one["on"] else None,
                    )
                    for one in said["answers"]
                ]
            )
    except IntegrityError:
        return "taken"
    return ""
