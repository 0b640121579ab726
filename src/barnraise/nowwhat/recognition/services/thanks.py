"""Write thanks, change them, send them, end them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, record
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.plumbing.mail.sockets import Addressee
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST, thanks_faults
from ..mailing import worded
from ..models import Thanks
from ..selectors import KIND, one_by_key

TOLD = ("letter", "wording", "language", "begins_on", "ends_on")
"""What a partner is told: other than what was sent, thanks are a draft again."""
FIELDS = (*TOLD, "owner")


@dataclass(frozen=True, slots=True)
class New:
    """Thanks to write, checked already; partner and owner are keys, `state` "draft" or "ended"."""

    organisation_id: int
    begins_on: date
    ends_on: date
    letter: str
    language: str
    wording: str = ""
    owner_id: int | None = None
    state: str = Thanks.State.DRAFT.value
    end_note: str = ""


def write_thanks(
    *,
    by: Any,
    organisation: Any,
    begins_on: date,
    ends_on: date,
    letter: str,
    language: str,
    wording: str = "",
    owner: Any = None,
) -> Thanks:
    """A new draft. Raises ValidationError by field; then nothing is written."""
    now = timezone.now()
    row = Thanks(
        organisation=organisation,
        begins_on=begins_on,
        ends_on=ends_on,
        letter=letter.strip(),
        wording=squeeze(wording),
        language=language,
        owner=owner,
        created_at=now,
        updated_at=now,
    )
    refuse(thanks_faults(row, timezone.localdate(now)))
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="recognition.written", about=[row, row.organisation])
        search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def locked(thanks: Thanks) -> Thanks:
    """The row as it stands now with its partner, held until the end of the transaction."""
    rows = Thanks.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=thanks.pk)


def touch(row: Thanks, *fields: str) -> None:
    """Save these fields and when it changed."""
    row.updated_at = timezone.now()
    row.save(update_fields=[*fields, "updated_at"])
    search.index(KIND, [row.pk])


def change_thanks(thanks: Thanks, *, by: Any, **values: Any) -> Thanks:
    """Set the given fields (of FIELDS); what was sent or answered becomes a draft again, to be sent anew.

    Raises ValidationError by field; then nothing is changed.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"Thanks have no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = locked(thanks)
        if row.state == Thanks.State.ENDED:
            raise ValidationError(_("They have ended."))
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            clean = (
                squeeze(value) if name == "wording" else value.strip() if isinstance(value, str) else value
            )
            setattr(row, name, clean)
        refuse(thanks_faults(row, timezone.localdate()))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            if set(differ) & set(TOLD):
                row.state = Thanks.State.DRAFT
            touch(row, *differ, "state")
            record(by=by, verb="recognition.changed", about=[row, row.organisation])
    return row


def send_thanks(thanks: Thanks, *, by: Any, to: Addressee) -> Thanks:
    """Mail the letter with the statement and, where there is a wording, the link to approve it. Through the outbox.

    Raises ValidationError when it cannot be sent; then nothing is written.
    """
    with transaction.atomic():
        row = locked(thanks)
        if row.state == Thanks.State.ENDED:
            raise ValidationError(_("They have ended."))
        with override(row.language):
            subject, text = worded(row, to.name, by)
        letter = Letter(
            to.address, to.name, recipient=to.recipient, language=row.language, is_sample=row.is_sample
        )
        queue(letter, subject=subject, text=text, by=by, about=Ref.to(row))
        row.state, row.sent_at, row.answered_at = Thanks.State.SENT, timezone.now(), None
        row.signed_by, row.wish = "", ""
        touch(row, "state", "sent_at", "answered_at", "signed_by", "wish")
        record(by=by, verb="recognition.sent", about=[row, row.organisation])
    return row


def end_thanks(thanks: Thanks, *, by: Any, note: str) -> Thanks:
    """The wording is used no more, with the reason; links answer nothing any more. Raises ValidationError by field."""
    note = squeeze(note)
    found = text_faults(MOST, note=note)
    if not note:
        found.append(("note", _("Say why.")))
    refuse(found)
    with transaction.atomic():
        row = locked(thanks)
        if row.state == Thanks.State.ENDED:
            raise ValidationError(_("They have ended."))
        row.state, row.end_note = Thanks.State.ENDED, note
        touch(row, "state", "end_note")
        record(by=by, verb="recognition.ended", about=[row, row.organisation], details={"reason": note})
    return row


def write(given: Sequence[New], *, by: Any, at: datetime, is_sample: bool = False) -> list[Thanks]:
    """Add these without a sentence, in the caller's transaction."""
    rows = Thanks.objects.bulk_create(
        [Thanks(**asdict(one), is_sample=is_sample, created_at=at, updated_at=at) for one in given]
    )
    search.index(KIND, [row.pk for row in rows])
    return rows


def amend_thanks(
    given: Sequence[tuple[int, Mapping[str, Any]]], *, by: Any, at: datetime, change_set: Any
) -> list[Change]:
    """Set these fields, checked already, in the caller's transaction; the changes for an undo.

    Other words or days make a draft of what was sent, to be sent anew; "state" ends thanks, which is told in the journal. What has ended
    is left as it is.
    """
    ending = {key for key, values in given if values.get("state") == Thanks.State.ENDED}
    sent = {row.pk: row for row in Thanks.objects.filter(pk__in=[key for key, _values in given])}

    def follow(row: Thanks) -> None:
        if row.pk not in ending and any(getattr(row, name) != getattr(sent[row.pk], name) for name in TOLD):
            row.state = Thanks.State.DRAFT

    found = amend(Thanks, given, at=at, settle=follow, still=lambda row, _v: row.state != Thanks.State.ENDED)
    keys = [change.key for change in found]
    search.index(KIND, keys)
    for row in Thanks.objects.select_related("organisation").filter(pk__in=ending.intersection(keys)):
        details = {"reason": row.end_note}
        record(
            by=by,
            verb="recognition.ended",
            about=[row, row.organisation],
            details=details,
            change_set=change_set,
        )
    return found
