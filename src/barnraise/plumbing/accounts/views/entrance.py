"""Doors for those who come for the first time. GET shows, POST lets in; both give a stranger nothing to learn."""

from __future__ import annotations

from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.core.ratelimit import consume_or_429
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page

from .. import selectors, services
from ..forms import FirstAdminForm, PasswordForm
from ..models import Account
from ..policies import may_follow_link
from ..services.first_admin import first_admin_link_works
from ..sockets import house
from .answers import attempt

ENTRANCE = "accounts/entrance.html"


@page(may_follow_link, methods=("GET", "POST"))
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation: name and password, then in."""
    row = selectors.invitation_of(secret, now=timezone.now())
    too_many: HttpResponse | None = consume_or_429(request, action="enter")
    if too_many is not None:
        return too_many
    if row is None:
        return _dead(request, _("Ask whoever invited you for a new one."))
    form = PasswordForm(request.POST or None, email=row.email)
    if request.method == "POST":
        account = attempt(
            form,
            lambda name, password, again: services.accept_invitation(
                invitation=row, name=name, password=password
            ),
        )
        if account:
            return _let_in(request, account)
    context = {
        "form": form,
        "invitation": row,
        "house": house().name,
        "title": _("Welcome"),
        "submit": _("Accept the invitation"),
    }
    return _fresh(render(request, ENTRANCE, context, status=422 if form.errors else 200))


@page(may_follow_link, methods=("GET", "POST"))
def first_admin(request: HttpRequest, secret: str) -> HttpResponse:
    """Become the first admin."""
    too_many: HttpResponse | None = consume_or_429(request, action="enter")
    if too_many is not None:
        return too_many
    if not first_admin_link_works(secret):
        return _dead(
            request,
            _("It works once, and only until there is an admin. Starting the server prints a new one."),
        )
    form = FirstAdminForm(request.POST or None)
    if request.method == "POST":
        account = attempt(
            form,
            lambda email, name, password, again: services.accept_first_admin(
                secret=secret, email=email, name=name, password=password
            ),
        )
        if account:
            return _let_in(request, account)
    context = {"form": form, "title": _("Become the first admin"), "submit": _("Make my account")}
    return _fresh(render(request, ENTRANCE, context, status=422 if form.errors else 200))


def _let_in(request: HttpRequest, account: Account) -> HttpResponse:
    """Through the same stages as every login, so that a second factor can never be walked round; in a fresh session."""
    if request.user.is_authenticated:
        logout(request)
    flows.login.record_authentication(request, account, method="password", email=account.email)
    answer: HttpResponse = flows.login.perform_login(request, Login(user=account, email=account.email))
    return answer


def _dead(request: HttpRequest, advice: str) -> HttpResponse:
    return _fresh(render(request, "accounts/dead_link.html", {"advice": advice}, status=404))


def _fresh(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no cache keeps the page, no other page learns where the reader came from."""
    response["Cache-Control"] = "no-store"
    # not "no-referrer": with it browsers send "Origin: null" along with forms, which are then refused
    response["Referrer-Policy"] = "strict-origin"
    return response
