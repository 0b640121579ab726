"""The pages of our accounts at networks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import AccountForm, SecretForm
from .models import SocialAccount

TEMPLATE = "social/account_form.html"


@page(policies.may_see, of=selectors.one_account)
def account(request: HttpRequest, account: SocialAccount) -> HttpResponse:
    """An account: where it stands, and whether we post there by ourselves."""
    header = Header(
        title=account.name,
        kind=facing.network_word(account.network),
        icon="world",
        state=facing.account_badge(account),
    )
    context = {
        "thing": account,
        "header": header,
        "has_client": facing.has_client(account),
        "may_keep": policies.may_keep_accounts(request.user) and account.ended_at is None,
    }
    return render(request, "social/account.html", context)


@page(policies.may_see, of=selectors.one_account_by_key)
def by_key(request: HttpRequest, account: SocialAccount) -> HttpResponse:
    """The address that timelines know leads to the page."""
    return redirect(account)


@page(policies.may_keep_accounts, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Add an account."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = kept(form, lambda: services.add_account(by=request.user, **form.cleaned_data))
        if made is not None:
            say(request, _("The account has been added."))
            return redirect(made)
    return form_page(request, form, _("Add an account"), reverse("social:accounts"), template=TEMPLATE)


def _written(
    request: HttpRequest, account: SocialAccount, form: Any, write: Any, title: str, words: str
) -> HttpResponse:
    if request.method == "POST" and kept(form, write) is not None:
        say(request, words)
        return redirect(account)
    return form_page(request, form, title, account.get_absolute_url(), template=TEMPLATE, thing=account)


@page(policies.may_keep_accounts, of=selectors.one_account, methods=("GET", "POST"))
def change(request: HttpRequest, account: SocialAccount) -> HttpResponse:
    """Change where it stands."""
    form = AccountForm(request.POST if request.method == "POST" else None, account=account)
    guard(form, account.updated_at)

    def write() -> Any:
        return services.change_account(account, by=request.user, **form.cleaned_data)

    title = _("Change the account")
    return _written(request, account, form, write, title, _("The account has been changed."))


@page(policies.may_keep_accounts, of=selectors.one_account, methods=("GET", "POST"))
def connect(request: HttpRequest, account: SocialAccount) -> HttpResponse:
    """Give it its token."""
    form = SecretForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        return services.connect_account(account, by=request.user, secret=form.cleaned_data["secret"])

    title = _("Let us post there")
    return _written(
        request, account, form, write, title, _("The network knows the token: we post there now.")
    )


@page(policies.may_keep_accounts, of=selectors.one_account, methods=("GET", "POST"))
def end(request: HttpRequest, account: SocialAccount) -> HttpResponse:
    """Nothing is posted there any more, after asking."""
    if request.method == "POST":
        try:
            services.end_account(account, by=request.user)
        except ValidationError as no:
            say_no(request, no)
        else:
            say(request, _("The account has ended; its token is forgotten."))
        return redirect(account)
    context = {
        "title": _("End the account"),
        "thing": account,
        "cancel_url": account.get_absolute_url(),
        "danger": True,
        "submit": _("End it"),
        "intro": _(
            "Nothing is posted there any more, and its token is forgotten. What was posted stays noted."
        ),
    }
    return render(request, TEMPLATE, context)
