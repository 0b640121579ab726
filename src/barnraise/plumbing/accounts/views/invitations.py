"""Pages for admins: invite, send again, revoke."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.plumbing.ui import toasts
from barnraise.plumbing.ui.pages import page

from .. import selectors, services
from ..forms import InviteForm
from ..models import Invitation
from ..policies import may_invite
from ..services.letters import mails_are_files
from .answers import attempt, show_form, show_once


@page(may_invite, methods=("GET", "POST"))
def invite(request: HttpRequest) -> HttpResponse:
    """Invite an address."""
    form = InviteForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST":
        invited = attempt(form, lambda **given: services.invite(**given, by=request.user))
        if invited:
            return _invited(request, invited)
    return show_form(
        request,
        form,
        title=_("Invite somebody"),
        intro=_(
            "They get a link by mail, choose their own password, and are in. The link works once, for 14 days."
        ),
        submit=_("Send invitation"),
        cancel_url=reverse("accounts:index"),
    )


@page(may_invite, of=selectors.invitation, methods=("GET", "POST"))
def resend(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Ask, then mail a new link."""
    if request.method != "POST":
        context = {
            "title": _("Send the invitation again"),
            "intro": _("%(email)s gets a new link, which works 14 days. The link sent before stops working.")
            % {"email": invitation.email},
            "submit": _("Send again"),
            "cancel_url": reverse("accounts:index"),
        }
        return render(request, "ui/form.html", context)
    try:
        return _invited(request, services.resend_invitation(invitation=invitation, by=request.user))
    except ValidationError as no:
        toasts.say(request, " ".join(no.messages), tone="warning")
        return redirect("accounts:index")


@page(may_invite, of=selectors.invitation, methods=("GET", "POST"))
def revoke(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Ask, then let the link die."""
    if request.method != "POST":
        context = {
            "title": _("Revoke the invitation"),
            "intro": _("The link sent to %(email)s stops working.") % {"email": invitation.email},
            "submit": _("Revoke"),
            "danger": True,
            "cancel_url": reverse("accounts:index"),
        }
        return render(request, "ui/form.html", context)
    try:
        services.revoke_invitation(invitation=invitation, by=request.user)
    except ValidationError as no:
        toasts.say(request, " ".join(no.messages), tone="warning")
    else:
        toasts.say(request, _("The invitation is revoked."))
    return redirect("accounts:index")


def _invited(request: HttpRequest, invited: services.Invited) -> HttpResponse:
    """The link itself is shown only when no mail server carries it."""
    in_folder = mails_are_files()
    context = {
        "invitation": invited.invitation,
        "is_sent": invited.is_sent,
        "in_folder": in_folder,
        "url": invited.url if not invited.is_sent else "",
    }
    return show_once(request, "accounts/invited.html", context)
