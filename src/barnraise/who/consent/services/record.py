"""Note that somebody gave or withdrew consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.people.models import Person

from ..faults import Said, faults
from ..models import Consent, Purpose, Standing
from ..selectors import KIND, current_wording, current_wordings, live_purposes, standings_of
from .settle import settle


def write(
    said: Sequence[Said], *, at: datetime, change_set: ChangeSet | None = None, is_sample: bool = False
) -> list[Consent]:
    """Add these lines, checked already, without a sentence, in the caller's transaction; what stands follows."""
    rows = Consent.objects.bulk_create(
        [
            Consent(
                person_id=one.person,
                purpose_id=one.purpose,
                channel=one.channel,
                is_given=one.is_given,
                wording_id=one.wording,
                source=one.source,
                proof=one.proof,
                happened_at=one.happened_at,
                expires_on=one.expires_on,
                by_id=one.by,
                is_sample=is_sample,
                created_at=at,
                updated_at=at,
            )
            for one in said
        ]
    )
    if change_set is not None:
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
    settle(((row.person_id, row.purpose_id, row.channel) for row in rows), at=at)
    return rows


def record_consent(
    person: Person,
    *,
    by: Any,
    purpose: Purpose,
    channels: Sequence[str],
    is_given: bool,
    source: str,
    happened_at: datetime | None = None,
    expires_on: date | None = None,
    proof: str = "",
) -> ChangeSet:
    """Note that a person gave or withdrew consent for a purpose by these channels. The words that stand now are kept with it.

    Returns the change set that takes the lines back for thirty days, for one noted by mistake. Raises ValidationError by
    field; then nothing is written.
    """
    at = timezone.now()
    if not channels:
        raise ValidationError({"channels": "Choose one channel at least."})
    wording = current_wording(purpose) if is_given else None
    said = [
        Said(
            person=person.pk,
            purpose=purpose.pk,
            channel=channel,
            is_given=is_given,
            source=source,
            happened_at=happened_at or at,
            expires_on=expires_on,
            wording=wording.pk if wording else None,
            proof=squeeze(proof),
            by=getattr(by, "pk", None),
        )
        for channel in dict.fromkeys(channels)
    ]
    for one in said:
        refuse(
            [
                ("channels" if name == "channel" else name, reason)
                for name, reason in faults(one, purpose, now=at)
            ]
        )
    verb = "consent.given" if is_given else "consent.withdrawn"
    with transaction.atomic():
        change_set = open_change_set(by=by, verb=verb)
        write(said, at=at, change_set=change_set)
        record(by=by, verb=verb, about=[person, purpose], change_set=change_set)
        close_change_set(change_set=change_set)
    return change_set


def withdraw(standing: Standing, *, by: Any, source: str = Consent.Source.SPOKEN) -> ChangeSet | None:
    """The person takes this consent back now; None when it was withdrawn already."""
    if not standing.is_given:
        return None
    return record_consent(
        standing.person,
        by=by,
        purpose=standing.purpose,
        channels=[standing.channel],
        is_given=False,
        source=source,
    )


def choose(
    person: Person, wanted: Mapping[tuple[int, str], bool], *, source: str = Consent.Source.LINK
) -> int:
    """What a person chose by themselves, by (purpose, channel); only what differs from what stands is noted. How many that is.

    Purposes that have ended and channels that are not offered are passed over. What was never asked and is not wanted stays so.
    """
    at = timezone.now()
    today = timezone.localdate(at)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        stands = {(row.purpose_id, row.channel): row for row in standings_of(person)}
        said, about = [], []
        offered = live_purposes()
        wordings = current_wordings(offered)
        for purpose in offered:
            wording = wordings.get(purpose.pk)
            for channel in purpose.channels:
                is_wanted = wanted.get((purpose.pk, channel))
                row = stands.get((purpose.pk, channel))
                counts = row.counts(today) if row else False
                if is_wanted is None or is_wanted == counts or (not is_wanted and row is None):
                    continue
                said.append(
                    Said(
                        person=person.pk,
                        purpose=purpose.pk,
                        channel=channel,
                        is_given=is_wanted,
                        source=source,
                        happened_at=at,
                        wording=wording.pk if wording and is_wanted else None,
                    )
                )
                about.append(purpose)
        if said:
            write(said, at=at)
            record(
                by=None,
                verb="consent.chosen",
                about=[person, *dict.fromkeys(about)],
                details={"count": len(said)},
            )
    return len(said)
