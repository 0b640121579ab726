"""Pages of tokens: my own, and everybody's for admins."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui import toasts
from barnraise.plumbing.ui.pages import page

from .. import selectors, services
from ..forms import TokenForm
from ..models import Token
from ..policies import may_have_tokens, may_revoke_token, may_see_accounts
from .answers import attempt, reader, show_form, show_once


@page(may_have_tokens)
def own(request: HttpRequest) -> HttpResponse:
    """My tokens."""
    context = {"tokens": selectors.tokens_of(request.user), "now": timezone.now(), "is_own": True}
    return render(request, "accounts/tokens.html", context)


@page(may_see_accounts)
def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody's tokens."""
    context = {"tokens": selectors.all_tokens(), "now": timezone.now(), "is_own": False}
    return render(request, "accounts/tokens.html", context)


@page(may_have_tokens, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown once, on the answer to this POST."""
    raise_if_reauthentication_required(request, app="allauth.account")
    form = TokenForm(request.POST or None)
    if request.method == "POST":
        made = attempt(
            form, lambda **given: services.add_token(account=reader(request), **given, by=request.user)
        )
        if made:
            token, secret = made
            return show_once(request, "accounts/token_made.html", {"token": token, "secret": secret})
    return show_form(
        request,
        form,
        title=_("New token"),
        intro=_(
            "With a token a program acts as you. Make one for each program, so that you can end each by itself."
        ),
        submit=_("Make token"),
        cancel_url=reverse("accounts:tokens"),
    )


@page(may_revoke_token, of=selectors.token, methods=("GET", "POST"))
def revoke(request: HttpRequest, token: Token) -> HttpResponse:
    """Ask, then revoke."""
    back = "accounts:tokens" if token.account_id == request.user.pk else "accounts:all_tokens"
    if request.method != "POST":
        context = {
            "title": _("Revoke a token"),
            "intro": _("Programs that use “%(name)s” are refused at once.") % {"name": token.name},
            "submit": _("Revoke"),
            "danger": True,
            "cancel_url": reverse(back),
        }
        return render(request, "ui/form.html", context)
    services.revoke_token(token=token, by=request.user)
    toasts.say(request, _("The token is revoked."))
    return redirect(back)
