"""Put the fictional sample town in, or take it out, one room's part after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.policy import require
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import start
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.ui.sockets import sample

from ..policies import may_load_sample

HANDLER = "desk.sample"


def start_town(*, what: str, by: Any) -> Job:
    """A job that adds or removes the sample town; the one that is under way when there is one.

    `what` is "add" or "remove". Raises Refused for anyone but admins.
    """
    require(may_load_sample, by, reason=_("Only admins load and remove the sample town."))
    with transaction.atomic():
        running = Job.objects.filter(
            handler=HANDLER, state__in=[Job.State.WAITING, Job.State.RUNNING]
        ).first()
        if running is not None:
            return running
        title = _("Loading the sample town") if what == "add" else _("Removing the sample town")
        return start(handler=HANDLER, title=title, arguments={"what": what}, by=by, total=len(sample))


@transaction.atomic
def change_town(*, what: str, part: int, counts: Mapping[str, int], by: Any) -> dict[str, int]:
    """Do the part at that place of the order (reversed when removing). Gives the counts by noun so far.

    The last part leaves the sentence of the whole.
    """
    parts = list(sample) if what == "add" else list(reversed(list(sample)))
    so_far = dict(counts)
    with arriving_by("sample"):
        if part < len(parts):
            did = parts[part].load(by=by) if what == "add" else parts[part].remove(by=by)
            for noun, number in did.items():
                so_far[noun] = so_far.get(noun, 0) + number
        if part + 1 >= len(parts):
            verb = "desk.sample_added" if what == "add" else "desk.sample_removed"
            record(by=by, verb=verb, about=[], details={"count": sum(so_far.values())})
    return so_far
