"""What background work plugs into the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui import sockets as ui

from . import policies
from .models import Job
from .services import purge_finished, purge_results
from .sockets import ChorePlug, chores


def _titles(keys: Sequence[int]) -> Mapping[int, str]:
    return dict(Job.objects.filter(pk__in=keys).values_list("pk", "title"))


def _url(key: int) -> str:
    uuid = Job.objects.filter(pk=key).values_list("uuid", flat=True).first()
    return reverse("jobs:one", args=[uuid]) if uuid else reverse("jobs:list")


def _urls(keys: Sequence[int]) -> Mapping[int, str]:
    rows = Job.objects.filter(pk__in=keys).values_list("pk", "uuid")
    return {key: reverse("jobs:one", args=[uuid]) for key, uuid in rows}


def _purge_jobs(now: datetime) -> None:
    purge_finished(now=now)


def _purge_results(now: datetime) -> None:
    purge_results(now=now)


ui.navigation.plug(
    "jobs",
    ui.NavigationItem(_("Background work"), "jobs:list", "settings", policies.may_list, icon="activity"),
    order=800,
)
ui.kinds.plug(
    "jobs.job",
    ui.Described(_("job"), _titles, _url, policies.may_see, "activity", _urls),
)
chores.plug(
    "jobs.purge_finished",
    ChorePlug(timedelta(days=1), _purge_jobs, "Removes jobs that ended more than 90 days ago."),
)
chores.plug(
    "jobs.purge_results",
    ChorePlug(timedelta(hours=1), _purge_results, "Removes the queue's notes of finished tasks."),
)
