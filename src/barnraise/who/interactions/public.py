"""The calendar feed: whoever has its secret address reads it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import selectors
from .calendar import items_of, stamp_of
from .feed import written
from .policies import may_read_feed

MOST = 60
"""Requests in a minute from one address."""


@page(may_read_feed)
def calendar(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The account's next steps as text/calendar; 404 for a secret that opens nothing."""
    if is_over(request, "calendar", MOST):
        response = HttpResponse(_("Too many at once"), status=429, content_type="text/plain; charset=utf-8")
        response["Retry-After"] = "60"
        return response
    account = selectors.feed_owner(secret)
    if account is None:
        raise Http404
    facts = installation()
    with translation.override(account.language or facts.default_language):
        name = _("Next steps of %(name)s") % {"name": account}
    source, today = request.build_absolute_uri("/"), timezone.localdate()
    etag = f'"{stamp_of(account, today, name, source)}"'
    fresh = get_conditional_response(request, etag=etag)
    response = fresh or HttpResponse(
        written(items_of(account, today), name=name, source=source),
        content_type="text/calendar; charset=utf-8",
    )
    if fresh is None:
        response["Content-Disposition"] = 'inline; filename="barnraise.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
    return response
