"""What everybody may open: an event's own page, on which people register, and its file for calendars."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.foundation.policy import anyone
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import facing, ics, selectors, services
from .forms import PublicForm
from .models import Event, Registration
from .signing import address

OPENS, SENDS = 120, 20
"""Per address and minute. A library's many visitors share one address."""


def _too_many() -> HttpResponse:
    response = HttpResponse(
        _("Too many at once. Please wait a minute; nothing was lost."), status=429, content_type="text/plain"
    )
    response["Retry-After"] = "60"
    return response


@page(anyone, of=selectors.one_public, methods=("GET", "POST"))
def event_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What happens there, and a form to register while there is time."""
    is_sent = request.method == "POST"
    if is_over(request, "register" if is_sent else "event", SENDS if is_sent else OPENS):
        return _too_many()
    form = PublicForm(request.POST if is_sent else None)
    if is_sent and request.POST.get("website"):
        # People do not see this field; programs that fill in every field are thanked and not registered.
        return _said(request, event, None)
    if is_sent and form.is_valid():
        try:
            row = _registered(event, form)
        except services.Registered:
            # Sent twice, or come back to: whoever sends it sees neither the place nor the page of whoever is registered.
            return _said(request, event, None, is_again=True)
        except ValidationError as no:
            form.refused(no)
        else:
            return _said(request, event, row)
    return _shown(request, event, form)


def _registered(event: Event, form: PublicForm) -> Registration:
    who = services.Newcomer(language=(get_language() or "")[:10], **form.cleaned_data)
    return services.register(event, who, by=None, way=Registration.Way.PAGE.value)


def _shown(request: HttpRequest, event: Event, form: Any) -> HttpResponse:
    counts = selectors.counts_of([event.pk])[event.pk]
    now = timezone.now()
    context = {
        "thing": event,
        "house": installation().network_name,
        "span": facing.span(event),
        "form": form,
        "takes": event.takes_registrations(now),
        "is_over": event.ends_at <= now,
        "is_full": event.capacity is not None and (counts.places >= event.capacity or counts.waiting > 0),
        "free": None if event.capacity is None else max(0, event.capacity - counts.places),
        "hosts": selectors.hosts_of(event),
    }
    response = render(request, "events/public.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _said(
    request: HttpRequest, event: Event, row: Registration | None, *, is_again: bool = False
) -> HttpResponse:
    context = {
        "thing": event,
        "is_again": is_again,
        "span": facing.span(event),
        "row": row,
        "address": address(row) if row is not None else "",
        "calendar": reverse("events:calendar_file", args=[event.uuid]),
    }
    response = render(request, "events/registered.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page(anyone, of=selectors.one_public)
def calendar_file(request: HttpRequest, event: Event) -> HttpResponse:
    """The event as a file for calendars."""
    site = str(settings.ENVIRONMENT.url)
    url = f"{site}{reverse('events:public', args=[event.uuid])}"
    octets = ics.written(event, host=urlsplit(site).hostname or "barnraise", url=url)
    response = HttpResponse(octets, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="event.ics"'
    return response
