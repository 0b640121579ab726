"""Post a variant: by a job that speaks with the network, or by hand; and take it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import start
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse, text_faults
from barnraise.why.goals.sockets import rows_changed

from ..faults import MOST, is_web
from ..models import Variant
from ..secrets_kept import opened
from ..sockets import Access, Away, No, Posted, networks
from .approve import fit
from .change import locked, touch

HANDLER = "social.publish"
ATTEMPTS = 5
SOURCE = "social.reached"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a network said: where the post stands, or why not; `is_final` when asking again brings nothing."""

    posted: Posted | None
    reason: str = ""
    is_final: bool = True


def queue(variant: Variant, *, by: Any) -> Job:
    """Have it posted by a job. Raises ValidationError when it is not approved, unfit, or its account is not connected."""
    with transaction.atomic():
        row = locked(variant)
        if row.state != Variant.State.APPROVED:
            raise ValidationError(_("Only what was approved is posted."))
        fit(row)
        network = networks.get(row.network)
        if network.client is None or row.account is None or not row.account.is_connected:
            raise ValidationError(
                _("We cannot post there by ourselves: post it by hand and paste its address.")
            )
        row.state, row.reason = Variant.State.QUEUED, ""
        touch(row, "state", "reason")
        record(by=by, verb="social.queued", about=[row.message, row])
        return start(
            handler=HANDLER,
            title=_("Post “%(name)s” to %(network)s") % {"name": row.message.name, "network": network.title},
            arguments={"variant": row.pk},
            subject=Ref.to(row),
            by=by,
            total=1,
        )


def ask_network(key: int) -> Answer | None:
    """Speak with the network, outside of any transaction; None when there is nothing to post any more. Writes no rows."""
    row = Variant.objects.select_related("message", "account").filter(pk=key).first()
    if row is None or row.state != Variant.State.QUEUED:
        return None
    try:
        fit(row)
    except ValidationError as no:
        return Answer(None, " ".join(no.messages))
    network = networks.get(row.network)
    secret = opened(row.account.kept_secret) if row.account is not None and row.account.is_connected else ""
    if network.client is None or row.account is None or not secret:
        return Answer(None, _("The account is not connected any more: give it its token anew."))
    access = Access(row.account.server, secret)
    try:
        posted = network.client.publish(access, row.text, key=str(row.key), language=row.message.language[:2])
    except No as no:
        return Answer(None, str(no))
    except Away as no:
        return Answer(None, str(no), is_final=False)
    return Answer(posted)


def keep_answer(key: int, answer: Answer | None, *, attempt: int) -> bool:
    """Write down what the network said, in the caller's transaction; False when it is to be asked once more."""
    row = Variant.objects.select_for_update(of=("self",)).select_related("message").filter(pk=key).first()
    if row is None or row.state != Variant.State.QUEUED or answer is None:
        return True
    if answer.posted is not None:
        row.state, row.posted_at = Variant.State.CONFIRMED, timezone.now()
        row.address, row.remote_id = answer.posted.address[:500], answer.posted.remote_id[:120]
        touch(row, "state", "posted_at", "address", "remote_id")
        record(by=None, verb="social.confirmed", about=[row.message, row])
        rows_changed(SOURCE)
        return True
    if not answer.is_final and attempt < ATTEMPTS:
        return False
    row.state, row.reason = Variant.State.FAILED, (answer.reason or _("No reason was given."))[:300]
    touch(row, "state", "reason")
    record(by=None, verb="social.failed", about=[row.message, row], details={"reason": row.reason})
    return True


def post_by_hand(variant: Variant, *, by: Any, address: str) -> Variant:
    """Somebody posted it and pasted its address. Raises ValidationError by field; then nothing is changed."""
    address = address.strip()
    found = text_faults(MOST, address=address)
    if not is_web(address):
        found.append(("address", _("Paste the address of the post: it begins with https://.")))
    refuse(found)
    with transaction.atomic():
        row = locked(variant)
        if row.state not in (Variant.State.APPROVED, Variant.State.FAILED):
            raise ValidationError(_("Only what was approved is posted."))
        fit(row)
        row.state, row.address, row.posted_at = Variant.State.BY_HAND, address, timezone.now()
        row.reason = ""
        touch(row, "state", "address", "posted_at", "reason")
        record(by=by, verb="social.by_hand", about=[row.message, row])
        rows_changed(SOURCE)
    return row


def take_down(variant: Variant, *, by: Any) -> Variant:
    """It was taken out of the network: whoever says so looked there. Raises ValidationError when it does not stand there."""
    with transaction.atomic():
        row = locked(variant)
        if not row.is_posted:
            raise ValidationError(_("It does not stand in the network."))
        row.state = Variant.State.DOWN
        touch(row, "state")
        record(by=by, verb="social.down", about=[row.message, row])
    return row
