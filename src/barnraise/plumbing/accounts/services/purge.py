"""Forget what has ended."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from ..models import FirstAdminLink


def purge(*, now: datetime) -> None:
    """Remove expired sessions, their listing, and old links to a first admin. Invitations and tokens stay as history."""
    Session.objects.filter(expire_date__lt=now).delete()
    living = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=living).delete()
    FirstAdminLink.objects.filter(expires_at__lt=now).delete()
