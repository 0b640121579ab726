"""A job as people see it: its state, its bar, the time it still takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.html import Safe, el
from barnraise.foundation.policy import admins
from barnraise.plumbing.ui.components import Tone, badge, progress

from . import policies, selectors
from .models import Job
from .sockets import stages

TONES: dict[str, Tone] = {
    Job.State.WAITING: "neutral",
    Job.State.RUNNING: "accent",
    Job.State.DONE: "good",
    Job.State.FAILED: "bad",
    Job.State.CANCELLED: "warning",
}


def state(job: Job) -> Safe:
    """The state as a badge; a running job that shall stop says so."""
    if job.is_cancel_wanted and not job.is_over:
        return badge(_("Stopping"), tone="warning")
    return badge(job.get_state_display(), tone=TONES.get(job.state, "neutral"))


def time_left(left: timedelta | None) -> str:
    """About how long, in the largest fitting unit; "" when nobody knows."""
    if left is None:
        return ""
    seconds = int(left.total_seconds())
    if seconds < 60:
        return _("less than a minute left")
    if seconds < 3600:
        minutes = round(seconds / 60)
        return ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes) % {
            "count": minutes
        }
    hours = round(seconds / 3600)
    return ngettext("about %(count)d hour left", "about %(count)d hours left", hours) % {"count": hours}


def stage(job: Job) -> str:
    """What it is doing now, in the reader's language."""
    known = dict(stages.items())
    return str(known.get(job.step, job.get_state_display()))


def bar(job: Job) -> Safe:
    """How far it is; nothing for a job that never began."""
    if job.state == Job.State.WAITING and not job.done:
        return Safe("")
    if job.is_over and not job.total:
        return Safe("")
    return progress(job.done, job.total, stage(job))


def context(job: Job, actor: Any) -> dict[str, Any]:
    """What the progress fragment shows to this actor."""
    may_steer = policies.may_steer(actor, job)
    return {
        "job": job,
        "state": state(job),
        "bar": bar(job),
        "left": time_left(selectors.remaining(job)),
        "poll_url": "" if job.is_over else reverse("jobs:progress", args=[job.uuid]),
        "may_cancel": may_steer and not job.is_over and not job.is_cancel_wanted,
        "may_retry": may_steer and job.state == Job.State.FAILED,
        "shows_trace": admins(actor) and bool(job.trace),
    }


def name(job: Job) -> Safe:
    """Its title as a link."""
    return el("a", job.title, href=reverse("jobs:one", args=[job.uuid]), translate="no")
