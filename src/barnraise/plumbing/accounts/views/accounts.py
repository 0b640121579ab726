"""Pages for admins: who may log in, their role, their sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui import toasts
from barnraise.plumbing.ui.pages import page

from .. import selectors, services
from ..forms import EmailForm, RoleForm
from ..models import Account
from ..policies import may_change_accounts, may_see_accounts
from .answers import attempt, show_form


@page(may_see_accounts)
def index(request: HttpRequest) -> HttpResponse:
    """Everybody who may log in, and who is invited."""
    now = timezone.now()
    context = {
        "accounts": selectors.accounts(),
        "invitations": [(row, row.is_open(now=now)) for row in selectors.waiting_invitations()],
    }
    return render(request, "accounts/index.html", context)


@page(may_see_accounts, of=selectors.account)
def show(request: HttpRequest, account: Account) -> HttpResponse:
    """One account."""
    context = {
        "account": account,
        "factors": selectors.factors_of(account),
        "sessions": selectors.sessions_of(account),
        "tokens": selectors.tokens_of(account),
        "is_self": account.pk == request.user.pk,
        "now": timezone.now(),
    }
    return render(request, "accounts/show.html", context)


@page(may_change_accounts, of=selectors.account, methods=("GET", "POST"))
def role(request: HttpRequest, account: Account) -> HttpResponse:
    """Change the role."""
    form = RoleForm(request.POST or None, initial={"role": account.role})
    if request.method == "POST":
        changed = attempt(
            form, lambda role: services.change_role(account=account, role=role, by=request.user)
        )
        if changed:
            toasts.say(request, _("The role is changed."))
            return redirect("accounts:show", key=account.pk)
    title = _("Role of %(name)s") % {"name": account}
    return show_form(request, form, title=title, submit=_("Change role"), cancel_url=_url(account))


@page(may_change_accounts, of=selectors.account, methods=("GET", "POST"))
def email(request: HttpRequest, account: Account) -> HttpResponse:
    """Give the account another address."""
    form = EmailForm(request.POST or None, initial={"email": account.email})
    if request.method == "POST":
        changed = attempt(
            form, lambda email: services.change_email(account=account, email=email, by=request.user)
        )
        if changed:
            toasts.say(request, _("The e-mail is changed; the old address was told."))
            return redirect("accounts:show", key=account.pk)
    return show_form(
        request,
        form,
        title=_("E-mail of %(name)s") % {"name": account},
        intro=_("Change it only when you know that the new address belongs to the same person."),
        submit=_("Change e-mail"),
        cancel_url=_url(account),
    )


@page(may_change_accounts, of=selectors.account, methods=("GET", "POST"))
def deactivate(request: HttpRequest, account: Account) -> HttpResponse:
    """Ask, then deactivate."""
    return _ask(
        request,
        account,
        act=lambda: services.deactivate(account=account, by=request.user),
        done=_("The account is deactivated; its sessions and tokens have ended."),
        title=_("Deactivate %(name)s") % {"name": account},
        intro=_(
            "They are logged out everywhere at once and their tokens stop working. What they recorded stays."
        ),
        submit=_("Deactivate"),
        danger=True,
    )


@page(may_change_accounts, of=selectors.account, methods=("GET", "POST"))
def reactivate(request: HttpRequest, account: Account) -> HttpResponse:
    """Ask, then reactivate."""
    return _ask(
        request,
        account,
        act=lambda: services.reactivate(account=account, by=request.user),
        done=_("The account may log in again."),
        title=_("Reactivate %(name)s") % {"name": account},
        intro=_("They may log in again with their old password and second factor. Tokens stay revoked."),
        submit=_("Reactivate"),
    )


@page(may_change_accounts, of=selectors.account, methods=("GET", "POST"))
def end_sessions(request: HttpRequest, account: Account) -> HttpResponse:
    """Ask, then log somebody out everywhere."""
    return _ask(
        request,
        account,
        act=lambda: services.end_sessions(account=account, by=request.user),
        done=_("All sessions have ended."),
        title=_("Log %(name)s out everywhere") % {"name": account},
        intro=_("Every browser they are logged in with has to log in again. Tokens go on working."),
        submit=_("End all sessions"),
        danger=True,
    )


@page(may_change_accounts, of=selectors.account, methods=("GET", "POST"))
def reset_factors(request: HttpRequest, account: Account) -> HttpResponse:
    """Ask, then remove a lost second factor."""
    return _ask(
        request,
        account,
        act=lambda: services.reset_factors(account=account, by=request.user),
        done=_("The second factor is removed; the account was told by mail."),
        title=_("Remove the second factor of %(name)s") % {"name": account},
        intro=_(
            "Only when phone, key and recovery codes are lost, and you know that it is really they who ask. "
            "They are logged out everywhere; then their password alone lets them in."
        ),
        submit=_("Remove the second factor"),
        danger=True,
    )


def _url(account: Account) -> str:
    return reverse("accounts:show", kwargs={"key": account.pk})


def _ask(
    request: HttpRequest, account: Account, *, act: Callable[[], Any], done: str, **context: Any
) -> HttpResponse:
    if request.method != "POST":
        return render(request, "ui/form.html", {"cancel_url": _url(account), **context})
    try:
        act()
    except ValidationError as no:
        toasts.say(request, " ".join(no.messages), tone="warning")
    else:
        toasts.say(request, done)
    return redirect("accounts:show", key=account.pk)
