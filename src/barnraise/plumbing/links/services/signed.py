"""Sign a link, and let one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from barnraise.foundation.refs import Ref

from ..models import UsedLink
from ..selectors import used_before
from ..signing import Signed, write
from ..sockets import purposes


class AlreadyUsed(Exception):
    """A one-time link acts only once."""


def sign(purpose: str, ref: Ref, *, expires: timedelta, data: Mapping[str, Any] | None = None) -> str:
    """The whole address of a link that lets whoever has it do `purpose` to `ref`, until `expires` from now has passed.

    `data` is JSON, small, and readable by whoever has the link: no secrets; "l" in it is the language of its page.
    Raises SocketError for an unknown purpose.
    """
    purposes.get(purpose)
    token = write(purpose=purpose, ref=str(ref), data=data or {}, expires_at=timezone.now() + expires)
    return f"{settings.ENVIRONMENT.url}{reverse('links:open', kwargs={'token': token})}"


@transaction.atomic
def act(*, said: Signed, request: HttpRequest) -> HttpResponse | None:
    """Do what a link is for, once if its purpose says so; when it fails, the link is not used up.

    Call it by POST only. Raises AlreadyUsed; expiry is the caller's to check.
    """
    purpose = purposes.get(said.purpose)
    if purpose.is_once:
        try:
            with transaction.atomic():
                UsedLink.objects.create(number=said.number, purpose=said.purpose, forget_at=said.expires_at)
        except IntegrityError:
            raise AlreadyUsed from None
    return purpose.act(Ref.parse(said.ref), said.data, request)


def forget_expired(*, now: datetime) -> int:
    """Drop the marks of used links that have expired anyway. Returns how many."""
    return used_before(now).delete()[0]
