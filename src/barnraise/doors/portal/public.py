"""The door: whoever has no link asks for one; and the team's page that sends one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.form_pages import form_page, kept
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.people import selectors as people

from . import services
from .entering import visitor_of
from .forms import DoorForm, SendForm
from .policies import is_public, may_send

OPENS, SENDS = 60, 5
"""Per address and minute."""


@page(is_public, methods=("GET", "POST"))
def door(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether the mailbox is known or not."""
    if request.method == "GET" and visitor_of(request) is not None:
        return redirect("portal:home")
    is_sent = request.method == "POST"
    if is_over(request, "portal_ask" if is_sent else "portal_door", SENDS if is_sent else OPENS):
        text = _("Too many at once. Please wait a minute; nothing was lost.")
        response = HttpResponse(text, status=429, content_type="text/plain")
        response["Retry-After"] = "60"
        return response
    form = DoorForm(request.POST if is_sent else None)
    is_done = is_sent and form.is_valid()
    if is_done:
        services.send_links(form.cleaned_data["email"])
    context = {"form": form, "is_done": is_done, "house": installation().network_name}
    response = render(request, "portal/door.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@page(may_send, of=organisations.one_row, methods=("GET", "POST"))
def send(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The team sends a partner its way in."""
    boxes = [] if organisation.is_own else people.mailboxes_of(organisation)
    offered = [(str(at), AsWritten(f"{one.name}, {one.address}")) for at, one in enumerate(boxes)]
    form = SendForm(request.POST if request.method == "POST" else None, offered=offered)

    def write() -> Any:
        box = boxes[int(form.cleaned_data["to"])]
        person = int(box.recipient.rpartition(":")[2]) if box.recipient else None
        services.send_link(
            organisation,
            by=request.user,
            address=box.address,
            name=box.name,
            person=person,
            language=box.language,
        )

    if request.method == "POST" and kept(form, write) is not None:
        say(request, _("The mail with the way in is in the outbox."))
        return redirect(organisation)
    intro = _(
        "They see and answer what concerns their organisation, and nothing else. The link opens once, within three days."
    )
    if not boxes:
        intro = _("Nobody there has an e-mail address yet. Add one to a person or to the organisation first.")
    return form_page(
        request,
        form,
        _("Send the way into the portal"),
        organisation.get_absolute_url(),
        intro=intro,
        submit=_("Send it"),
    )
