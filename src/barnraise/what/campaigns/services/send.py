"""Send a campaign: a job walks through its audience and writes one mail for each reader, never two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.mail.placeholders import names_in
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import start
from barnraise.plumbing.jobs.sockets import Outcome
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.links import selectors as link_rows
from barnraise.plumbing.links import services as links
from barnraise.plumbing.mail import selectors as mails
from barnraise.plumbing.mail import services as outbox
from barnraise.plumbing.mail.models import Body
from barnraise.plumbing.mail.services import Letter
from barnraise.plumbing.mail.sockets import Reader, readers, values_for

from ..drawing import Drawn, drawn, previewed
from ..models import Campaign, CampaignReader, CodedLink
from ..selectors import due, examples, next_readers, reach_of
from ..writing import relinked
from .approve import refuse_grave

HANDLER = "campaigns.send"
STEP = "campaigns.send"
AT_ONCE = 100
"""Readers in one step."""
ANSWER_DAYS = timedelta(days=180)
ANSWER = "campaigns.answer"
CHANNEL = "mail"


@transaction.atomic
def send(campaign: Campaign, *, by: Any) -> Job:
    """Begin to send what was approved. Raises ValidationError when it is not, or something must be mended meanwhile."""
    row = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("audience", "purpose")
        .get(pk=campaign.pk)
    )
    if row.state != Campaign.State.APPROVED:
        raise ValidationError(
            _("Only what was approved can be sent: %(state)s.") % {"state": row.get_state_display()}
        )
    refuse_grave(row)
    now = timezone.now()
    made = _coded(row, drawn(row), by)
    row.body = Body.objects.create(subject=made.subject, text=made.text, html=made.html, created_at=now)
    reach = reach_of(row, at=now)
    counts = reach.counts() if reach else {}
    row.left_out, row.bodies = {why: many for why, many in counts.items() if why}, {}
    row.state, row.started_at, row.updated_at, row.cursor = Campaign.State.SENDING, now, now, 0
    row.save(update_fields=["body", "bodies", "left_out", "state", "started_at", "cursor", "updated_at"])
    record(by=by, verb="campaigns.sending", about=[row], details={"count": counts.get("", 0)})
    title = _("Send “%(name)s”") % {"name": row.name}
    return start(
        handler=HANDLER,
        title=title,
        arguments={"campaign": row.pk},
        subject=Ref.to(row),
        by=by,
        total=counts.get("", 0),
    )


def _coded(row: Campaign, made: Drawn, by: Any) -> Drawn:
    """The mail with a short link in place of every address of the web, which counts visits and tells no reader from another."""
    house = settings.BARNRAISE_URL
    known: dict[str, str] = {}

    def change(address: str) -> str:
        tidy = address.rstrip(".,;:!?")
        if not tidy.startswith(("https://", f"{house}/")) or _is_outside(tidy):
            return address
        target = tidy.replace("&amp;", "&")
        if target.startswith(f"{house}/"):
            target = target.removeprefix(house)
        if target not in known:
            known[target] = _short(row, target, by)
        return known[target] + address[len(tidy) :]

    # The HTML of the frame has addresses of its own (name spaces); only those of links are changed.
    html = _links_of(made.html, change)
    return Drawn(made.subject, html, relinked(made.text, change))


def _is_outside(address: str) -> bool:
    return "{{" in address or "/l/act/" in address or "w3.org" in address


def _links_of(html: str, change: Any) -> str:
    return re.sub(
        r'(<a\s[^>]*?href=")(https?://[^"]+)(")', lambda found: found[1] + change(found[2]) + found[3], html
    )


def _short(row: Campaign, target: str, by: Any) -> str:
    there = CodedLink.objects.filter(campaign=row, target=target).select_related("short").first()
    if there is None:
        try:
            short = links.create(title=row.name, target=target, channels=[CHANNEL], by=by)
        except ValidationError:
            return target
        there = CodedLink.objects.create(campaign=row, target=target, short=short)
    return link_rows.address_of(there.short, CHANNEL)


def send_due(*, now: datetime) -> int:
    """The chore: approved campaigns whose time has come begin to go. How many. One that cannot go becomes a draft again."""
    begun = 0
    for row in due(now):
        try:
            send(row, by=row.approved_by)
            begun += 1
        except ValidationError as no:
            with transaction.atomic():
                Campaign.objects.filter(pk=row.pk, state=Campaign.State.APPROVED).update(
                    state=Campaign.State.DRAFT, send_at=None, updated_at=now
                )
                record(
                    by=None,
                    verb="campaigns.not_sent",
                    about=[row],
                    details={"why": " ".join(no.messages)[:300]},
                )
    return begun


def send_step(job: Job) -> Outcome:
    """One step of the job: mails for the next AT_ONCE readers."""
    key, now = job.arguments["campaign"], timezone.now()
    row = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("audience", "purpose", "body")
        .get(pk=key)
    )
    if row.state != Campaign.State.SENDING or row.body is None:
        return Outcome(cursor={}, done=job.done, step=STEP, is_over=True)
    keys = next_readers(row, after=row.cursor, most=AT_ONCE, at=now)
    if not keys:
        row.state, row.finished_at, row.updated_at = Campaign.State.SENT, now, now
        row.save(update_fields=["state", "finished_at", "updated_at"])
        record(by=job.by, verb="campaigns.sent", about=[row], details={"count": job.done})
        return Outcome(cursor={}, done=job.done, step=STEP, is_over=True, result={"mails": job.done})
    many = _write(row, keys, now)
    row.cursor, row.updated_at = keys[-1], now
    row.save(update_fields=["cursor", "left_out", "bodies", "updated_at"])
    return Outcome(cursor={"after": keys[-1]}, done=job.done + many, step=STEP)


def _write(row: Campaign, keys: Sequence[int], now: datetime) -> int:
    """Rows and mails for these people; how many. The rows' constraint keeps anybody from getting it twice."""
    known = readers("people.person", list(keys))
    blocked = mails.suppressed([one.address for one in known.values()])
    wanted = [one for one in known.values() if one.address and one.address.strip().lower() not in blocked]
    if len(keys) - len(wanted):
        row.left_out = {
            **row.left_out,
            "suppressed": row.left_out.get("suppressed", 0) + len(keys) - len(wanted),
        }
    rows = CampaignReader.objects.bulk_create(
        [CampaignReader(campaign=row, person_id=one.key, created_at=now, updated_at=now) for one in wanted]
    )
    by_language: dict[str, list[tuple[Reader, CampaignReader]]] = defaultdict(list)
    for reader, one in zip(wanted, rows, strict=True):
        is_written = reader.language in row.languages
        by_language[reader.language if is_written else row.language].append((reader, one))
    for language, some in by_language.items():
        _queue(row, language, some, now)
    CampaignReader.objects.bulk_update(rows, ["message"], batch_size=AT_ONCE)
    return len(rows)


def _queue(
    row: Campaign, language: str, some: Sequence[tuple[Reader, CampaignReader]], now: datetime
) -> None:
    """Mails in one language for these readers."""
    body = _body_in(row, language, now)
    places = names_in(body.subject, body.text, body.html)
    values = values_for("people.person", [reader.key for reader, _one in some], places)
    letters = [_letter(reader, one, values[reader.key], row, language) for reader, one in some]
    made = outbox.queue_many(
        letters, body=body, by=row.by, about=Ref.to(row), purpose=Ref.to(row.purpose), reply_to=row.reply_to
    )
    for (_reader, one), message in zip(some, made, strict=True):
        one.message = message


def _body_in(row: Campaign, language: str, now: datetime) -> Body:
    """What is sent in that language, made when its first reader is met."""
    if language == row.language and row.body is not None:
        return row.body
    if language in row.bodies:
        return Body.objects.get(pk=row.bodies[language])
    made = _coded(row, drawn(row, language), row.by)
    body = Body.objects.create(subject=made.subject, text=made.text, html=made.html, created_at=now)
    row.bodies = {**row.bodies, language: body.pk}
    return body


def _letter(
    reader: Reader, row: CampaignReader, values: dict[str, str], campaign: Campaign, language: str
) -> Letter:
    said = dict(values)
    if campaign.is_invitation:
        for answer in ("yes", "no"):
            said[f"answer_{answer}_url"] = links.sign(
                ANSWER, Ref.to(row), expires=ANSWER_DAYS, data={"a": answer, "l": language}
            )
    return Letter(
        to_address=reader.address,
        to_name=reader.name,
        recipient=f"people.person:{reader.key}",
        language=language,
        values=said,
        is_sample=reader.is_sample or campaign.is_sample,
    )


def send_test(campaign: Campaign, *, by: Any, language: str = "") -> Any:
    """The mail as it is now to whoever asks, with examples for the placeholders. Raises ValidationError."""
    made = previewed(drawn(campaign, language), examples())
    subject = _("Test: %(subject)s") % {"subject": made.subject or campaign.name}
    # What somebody typed in braces and is no placeholder would be refused by the outbox; a test shows it as it stands.
    plain = [part.replace("{{", "{ {").replace("}}", "} }") for part in (subject, made.text, made.html)]
    return outbox.queue(Letter(by.email, str(by)), subject=plain[0], text=plain[1], html=plain[2], by=by)
