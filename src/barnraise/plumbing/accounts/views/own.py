"""Pages of oneself: name, language, appearance, e-mail, sessions."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.ratelimit import consume_or_429
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui import toasts
from barnraise.plumbing.ui.pages import page

from .. import selectors, services
from ..forms import EmailForm, OwnForm
from ..policies import may_have_tokens, may_see_own
from ..services.change_email import asked_email
from ..services.letters import mails_are_files
from .answers import attempt, reader, show_form


@page(may_see_own, methods=("GET", "POST"))
def me(request: HttpRequest) -> HttpResponse:
    """What I set about myself, and the way to everything that guards my account."""
    account = reader(request)
    initial = {"name": account.name, "language": account.language, "theme": account.theme}
    form = OwnForm(request.POST or None, initial=initial)
    if request.method == "POST":
        kept = attempt(form, lambda **given: services.change_own(account=account, **given, by=account))
        if kept:
            toasts.say(request, _("Your account is kept."))
            return redirect("accounts:me")
    context = {
        "factors": selectors.factors_of(account),
        "sessions": selectors.sessions_of(account),
        "tokens": selectors.tokens_of(account).count() if may_have_tokens(account) else None,
    }
    return show_form(request, form, "accounts/me.html", **context)


@page(may_see_own, methods=("GET", "POST"))
def email(request: HttpRequest) -> HttpResponse:
    """Ask for another e-mail."""
    raise_if_reauthentication_required(request, app="allauth.account")
    form = EmailForm(request.POST or None)
    if request.method == "POST":
        too_many: HttpResponse | None = consume_or_429(request, action="manage_email", user=request.user)
        if too_many is not None:
            return too_many
        asked = attempt(
            form,
            lambda email: (services.ask_for_email(account=reader(request), email=email, by=request.user),),
        )
        if asked:
            tone, text = _what_became_of(asked[0])
            toasts.say(request, text, tone=tone)
            return redirect("accounts:me")
    return show_form(
        request,
        form,
        title=_("Change your e-mail"),
        intro=_("A link goes to the new address. Your e-mail changes when you open it and confirm."),
        submit=_("Send the link"),
        cancel_url=reverse("accounts:me"),
    )


def _what_became_of(is_sent: bool) -> tuple[str, str]:
    if not is_sent:
        return "bad", _("The mail server did not take the mail. Nothing was changed; try again later.")
    if mails_are_files():
        return "neutral", _(
            "No mail server is set up: the mail lies in the data folder. Ask an admin for the link."
        )
    return "good", _("If the address is free, a mail with a link is on its way to it.")


@page(may_see_own, methods=("GET", "POST"))
def confirm_email(request: HttpRequest, signed: str) -> HttpResponse:
    """Confirm another e-mail: the link only asks, the button changes."""
    wanted = asked_email(account=request.user, signed=signed)
    if not wanted:
        context = {
            "advice": _("Ask for a new one on the page of your account, logged in as the one who asked.")
        }
        return render(request, "accounts/dead_link.html", context, status=404)
    if request.method == "POST":
        try:
            services.confirm_email(account=reader(request), signed=signed)
        except ValidationError as no:
            toasts.say(request, " ".join(no.messages), tone="warning")
        else:
            toasts.say(request, _("Your e-mail is changed. Log in with it from now on."))
        return redirect("accounts:me")
    context = {
        "title": _("Confirm your new e-mail"),
        "intro": _("From now on you log in with %(email)s.") % {"email": wanted},
        "submit": _("Confirm"),
        "cancel_url": reverse("accounts:me"),
    }
    return render(request, "ui/form.html", context)


@page(may_see_own, methods=("POST",))
def end_session(request: HttpRequest, key: int) -> HttpResponse:
    """End one of my sessions."""
    session = UserSession.objects.select_related("user").filter(pk=key, user=request.user).first()
    if session is None:
        raise Http404
    services.end_session(session=session, by=request.user)
    toasts.say(request, _("The session has ended."))
    return redirect("usersessions_list")
