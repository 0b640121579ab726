"""Make an audience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.consent.models import Purpose

from ..faults import audience_faults
from ..models import Audience
from ..selectors import KIND
from .rules import Given, checked, write_rules


def make_audience(
    *,
    by: Any,
    name: str,
    rules: Sequence[Given] = (),
    mode: str = Audience.Mode.ALL.value,
    about: str = "",
    purpose: Purpose | None = None,
    channel: str = "",
    is_sample: bool = False,
    change_set: Any = None,
) -> Audience:
    """A new audience with its rules. Within a `change_set` it is noted there, without a sentence of its own.

    Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    name = squeeze(name)
    row = Audience(
        name=name,
        name_folded=fold(name)[:120],
        about=squeeze(about),
        mode=mode,
        purpose=purpose,
        channel=channel,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    refuse(audience_faults(row))
    given = checked(rules)
    with transaction.atomic():
        row.save(force_insert=True)
        write_rules(row, given)
        if change_set is None:
            record(by=by, verb="audiences.made", about=[row])
        else:
            change = Change(kind=KIND, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        search.index(KIND, [row.pk])
    return row
