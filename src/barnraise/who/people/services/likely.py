"""Have a job look for likely duplicates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.plumbing.jobs import services as jobs
from barnraise.plumbing.jobs.models import Job

from ..selectors.likely import LOOK, is_large, last_look


@transaction.atomic
def look_for_duplicates(*, by: Any, unless_since: datetime | None = None) -> Job | None:
    """A job that looks; the one at work already; None in a small house, or when one began since that instant."""
    if not is_large():
        return None
    last = last_look()
    if last is not None and not last.is_over:
        return last
    if unless_since is not None and last is not None and last.created_at >= unless_since:
        return None
    return jobs.start(handler=LOOK, title=_("Looking for likely duplicates among people"), by=by)
