"""Sessions: note where they are used, end one, end all."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from barnraise.plumbing.journal.services import record

from ..models import Account
from ..policies import require_self_or_admin

PAUSE = timedelta(minutes=5)
"""A session writes down that it was used at most this often: reading a page must not cost a write."""

_SEEN = "accounts_seen_at"


def note_session(*, request: HttpRequest) -> bool:
    """Write down when and from where this session was last used; True when it did, False within PAUSE of the last time."""
    if time.time() - request.session.get(_SEEN, 0) < PAUSE.total_seconds():
        return False
    request.session[_SEEN] = int(time.time())
    UserSession.objects.create_from_request(request)
    return True


def drop_sessions(account: Account, *, but: str = "") -> int:
    """Remove the stored sessions of an account, all or all but one key. Part of another service's transaction."""
    dropped = 0
    for session in UserSession.objects.filter(user=account).exclude(session_key=but):
        session.end()
        dropped += 1
    return dropped


def end_sessions(*, account: Account, by: Any) -> int:
    """End every session of the account, also those nobody listed. Gives how many were listed. Raises Refused."""
    require_self_or_admin(by, account)
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(sessions_epoch=F("sessions_epoch") + 1)
        dropped = drop_sessions(account)
        record(by=by, verb="accounts.sessions_ended", about=[account], details={"count": dropped})
    return dropped


def end_session(*, session: UserSession, by: Any) -> None:
    """End one session. Raises Refused unless it is one's own or `by` is an admin."""
    require_self_or_admin(by, session.user)
    with transaction.atomic():
        account = session.user
        session.end()
        record(by=by, verb="accounts.sessions_ended", about=[account], details={"count": 1})
