"""Ask partners by mail, and keep what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import forget_detail, record
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.faults import refuse, text_faults
from barnraise.who.people.selectors import mailboxes_of
from barnraise.who.people.selectors import signed_by as signed_by_person

from ..faults import MOST, answer_faults
from ..items import NAMES
from ..models import Member, Tie, Wave
from ..selectors import members_of
from .waves import live

Said = Mapping[int, Mapping[str, int | None]]
"""By key of the member that it is about: answers by name of the item."""


def ask_all(wave: Wave, *, by: Any, words: Any) -> tuple[int, list[Member]]:
    """Put a mail with a personal link into the outbox for every partner that has not answered and was not asked today.

    `words(member, name, by)` gives subject and text. How many mails, and the partners that have no address. Raises ValidationError
    once the wave is closed.
    """
    now = timezone.now()
    with transaction.atomic():
        row = live(wave)
        many, without = 0, []
        for member in members_of(row):
            if member.answered_at is not None or _asked_today(member, now):
                continue
            box = next(iter(mailboxes_of(member.organisation)), None)
            if box is None:
                without.append(member)
                continue
            with override(box.language or installation().default_language):
                subject, text = words(member, box.name, by)
            letter = Letter(box.address, box.name, box.recipient, box.language, is_sample=row.is_sample)
            try:
                with transaction.atomic():
                    queue(letter, subject=subject, text=text, by=by, about=Ref.to(member), reply_to=by.email)
            except ValidationError:
                without.append(member)
                continue
            Member.objects.filter(pk=member.pk).update(asked_at=now, updated_at=now)
            many += 1
        if many:
            record(by=by, verb="network.asked", about=[row], details={"count": many})
    return many, without


def _asked_today(member: Member, now: datetime) -> bool:
    return member.asked_at is not None and timezone.localdate(member.asked_at) == timezone.localdate(now)


def answer(member: Member, said: Said, *, signed_by: str = "", by: Any = None) -> Member:
    """What a partner says of others replaces what it said before; one of whom nothing is said is no tie.

    Raises ValidationError by field, also once the wave is closed; then nothing is changed.
    """
    now = timezone.now()
    who = squeeze(signed_by)
    with transaction.atomic():
        wave = live(member.wave)
        row = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        known = set(Member.objects.filter(wave=wave).values_list("pk", flat=True))
        found = text_faults(MOST, signed_by=who)
        if by is None and not who:
            found.append(("signed_by", _("Write your name.")))
        refuse([*found, *answer_faults(said, known, row.pk)])
        Tie.objects.filter(giver=row).delete()
        Tie.objects.bulk_create(_tie(row.pk, key, answers, now) for key, answers in said.items())
        is_first = row.answered_at is None
        row.answered_at, row.signed_by, row.updated_at = now, who, now
        row.save(update_fields=["answered_at", "signed_by", "updated_at"])
        verb = "network.answered" if is_first else "network.answered_again"
        record(by=by, verb=verb, about=[wave, row.organisation], details={"name": who})
    return row


def _tie(giver: int, taker: int, answers: Mapping[str, int | None], now: datetime) -> Tie:
    given = {name: answers.get(name) for name in NAMES}
    return Tie(giver_id=giver, taker_id=taker, created_at=now, updated_at=now, **given)


@dataclass(frozen=True, slots=True)
class NewTie:
    """What one partner says of another, to write, checked already; keys of organisations."""

    wave: int
    giver: int
    taker: int
    answers: Mapping[str, int | None]


def write_ties(given: Sequence[NewTie], *, at: datetime) -> list[Tie]:
    """Add these, and partners that are not in the wave yet, without a sentence, in the caller's transaction."""
    wanted = {(one.wave, key) for one in given for key in (one.giver, one.taker)}
    waves = {wave for wave, _key in wanted}
    held = {(row.wave_id, row.organisation_id): row for row in Member.objects.filter(wave_id__in=waves)}
    news = [
        Member(wave_id=wave, organisation_id=key, created_at=at, updated_at=at)
        for wave, key in sorted(wanted - set(held))
    ]
    held |= {(row.wave_id, row.organisation_id): row for row in Member.objects.bulk_create(news)}
    rows = Tie.objects.bulk_create(
        _tie(held[one.wave, one.giver].pk, held[one.wave, one.taker].pk, one.answers, at) for one in given
    )
    givers = {held[one.wave, one.giver].pk for one in given}
    Member.objects.filter(pk__in=givers, answered_at__isnull=True).update(answered_at=at, updated_at=at)
    return rows


def forget_signer(ref: Ref) -> None:
    """An erased person's name goes from the answers they gave for a partner, in the caller's transaction; the answers stay."""
    for row in signed_by_person(ref, Member.objects.select_related("wave")):
        verbs = ["network.answered", "network.answered_again"]
        forget_detail(verbs=verbs, about=Ref.to(row.wave), name="name", value=row.signed_by)
        row.signed_by, row.updated_at = "", timezone.now()
        row.save(update_fields=["signed_by", "updated_at"])
