"""Somebody's own page about their place at an event, opened by a signed link: come or cancel, the code for the door, the calendar."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import segno
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.sockets import NotNow

from . import facing, selectors, services
from .models import Registration


def _standing(ref: Ref) -> Registration:
    """The registration, or the one that stands in its place since they registered anew. Raises Registration.DoesNotExist."""
    row = selectors.one_registration_by_key(ref.id)
    if row.state != Registration.State.CANCELLED or not row.email:
        return row
    live = selectors.registrations_listed().filter(
        event=row.event, name_folded=row.name_folded, email=row.email
    )
    return live.exclude(state=Registration.State.CANCELLED).order_by("-pk").first() or row


def shown(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What their page shows. Raises Registration.DoesNotExist, and NotNow when the event is cancelled or over."""
    row = _standing(ref)
    event = row.event
    if event.cancelled_at is not None:
        raise NotNow(_("The event is cancelled"), f"{event.title}: {event.cancel_reason}")
    if event.ends_at <= timezone.now():
        raise NotNow(_("The event is over"), event.title)
    door = f"{settings.ENVIRONMENT.url}{reverse('events:scanned', args=[row.uuid])}"
    return {
        "row": row,
        "event": event,
        "span": facing.span(event),
        "badge": facing.place_badge(row),
        "is_coming": row.state != Registration.State.CANCELLED,
        "code": drawn(door) if row.state == Registration.State.PLACE else "",
        "has_page": event.is_public,
    }


def choose(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> None:
    """They come, or they do not."""
    shown(ref, data)
    row = _standing(ref)
    try:
        if request.POST.get("answer") == "cancel":
            services.cancel_registration(row, by=None)
        elif request.POST.get("answer") == "come":
            services.confirm(row)
    except ValidationError as no:
        raise NotNow(_("This cannot be changed here any more"), " ".join(no.messages)) from None


def drawn(text: str) -> Safe:
    """A QR code as SVG, black on white whatever the theme."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=4, light="#fff", xmldecl=False, svgns=True, omitsize=True, nl=False
    )
    return Safe(out.getvalue().decode())
