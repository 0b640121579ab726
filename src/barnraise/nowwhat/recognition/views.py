"""The team's pages of thanks and statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.selectors import mailboxes_of

from . import facing, paper, policies, selectors, services
from .forms import EndForm, PeriodForm, SendForm, ThanksForm
from .mailing import worded
from .models import Thanks

TEMPLATE = "recognition/form.html"


@page(policies.may_see, of=organisations.one)
def statement(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What a partner gave, row by row."""
    form = PeriodForm(request.GET if request.GET.get("begins_on") else None)
    period = form.period()
    told = selectors.statement(organisation, period)
    query = f"?begins_on={period.begins.isoformat()}&ends_on={period.ends.isoformat()}"
    header = Header(
        title=organisation.name,
        kind=_("Contribution statement"),
        icon="award",
        action=button(
            _("As PDF"), href=reverse("recognition:paper", args=[organisation.uuid]) + query, icon="download"
        ),
    )
    context = {
        "organisation": organisation,
        "header": header,
        "form": form,
        "period": period,
        "parts": facing.parts(told),
        "is_cut": told.is_cut,
        "most": selectors.MOST,
        "may_edit": policies.may_edit(request.user) and not organisation.is_own,
    }
    return render(request, "recognition/statement.html", context, status=422 if form.errors else 200)


@page(policies.may_see, of=organisations.one)
def as_pdf(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The same as PDF, in the reader's language."""
    period = PeriodForm(request.GET if request.GET.get("begins_on") else None).period()
    octets = paper.set_as_pdf(organisation, period, selectors.statement(organisation, period))
    response = HttpResponse(octets, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="statement-{period.ends.isoformat()}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, thanks: Thanks) -> HttpResponse:
    """Thanks: the letter, the words for the public, and what the partner answered."""
    may_edit = policies.may_edit(request.user) and thanks.state != Thanks.State.ENDED
    action: Any = ""
    if policies.may_send(request.user) and thanks.state == Thanks.State.DRAFT:
        action = button(_("Send"), href=reverse("recognition:send", args=[thanks.uuid]), icon="send")
    header = Header(
        title=str(thanks.organisation),
        kind=_("Thanks"),
        icon="heart",
        state=facing.state_badge(thanks),
        owner=str(thanks.owner) if thanks.owner else "",
        action=action,
    )
    query = f"?begins_on={thanks.begins_on.isoformat()}&ends_on={thanks.ends_on.isoformat()}"
    context = {
        "thing": thanks,
        "header": header,
        "language": facing.language_word(thanks.language),
        "statement": reverse("recognition:statement", args=[thanks.organisation.uuid]) + query,
        "may_edit": may_edit,
        "may_remove": policies.may_set(request.user),
    }
    return render(request, "recognition/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, thanks: Thanks) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(thanks)


def _asked(request: HttpRequest) -> Organisation | None:
    """The partner whom the address names; None without one, or when it is gone."""
    try:
        uuid = UUID(request.GET.get("organisation", ""))
    except ValueError:
        return None
    return Organisation.objects.filter(uuid=uuid).first()


@page(policies.may_edit, methods=("GET", "POST"))
def write(request: HttpRequest) -> HttpResponse:
    """Write thanks."""
    partner = _asked(request)
    form = ThanksForm(
        request.POST if request.method == "POST" else None,
        actor=request.user,
        initial={"organisation": partner.name} if partner is not None else {},
    )
    if request.method == "POST":
        made = kept(form, lambda: services.write_thanks(by=request.user, **form.values()))
        if made is not None:
            say(request, _("The thanks are written."))
            return redirect(made)
    cancel = partner.get_absolute_url() if partner is not None else reverse("recognition:list")
    return form_page(request, form, _("Thank a partner"), cancel, template=TEMPLATE)


def _done(
    request: HttpRequest,
    form: Any,
    do: Callable[[], Any],
    title: str,
    thanks: Thanks,
    words: str,
    **more: Any,
) -> HttpResponse:
    """Show the form, or do what it asks and lead back."""
    if request.method == "POST" and kept(form, do) is not None:
        say(request, words)
        return redirect(thanks)
    return form_page(request, form, title, thanks.get_absolute_url(), template=TEMPLATE, thing=thanks, **more)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, thanks: Thanks) -> HttpResponse:
    """Change the letter or the words; a wish of the partner is filled in."""
    wished = {"wording": thanks.wish} if thanks.state == Thanks.State.WISHED else {}
    form = ThanksForm(
        request.POST if request.method == "POST" else None, actor=request.user, thanks=thanks, initial=wished
    )
    guard(form, thanks.updated_at)

    def do() -> Any:
        return services.change_thanks(thanks, by=request.user, **form.values())

    return _done(request, form, do, _("Change the thanks"), thanks, _("The thanks are changed."))


@page(policies.may_send, of=selectors.one, methods=("GET", "POST"))
def send(request: HttpRequest, thanks: Thanks) -> HttpResponse:
    """Read the mail once more, choose to whom it goes, and send it."""
    boxes = mailboxes_of(thanks.organisation)
    form = SendForm(request.POST if request.method == "POST" else None, boxes=boxes)

    def do() -> Any:
        to = form.boxes[form.cleaned_data["to"]]
        return services.send_thanks(thanks, by=request.user, to=to)

    with override(thanks.language):
        subject, text = worded(thanks, boxes[0].name if boxes else "", request.user)
    return _done(
        request,
        form,
        do,
        _("Send the thanks"),
        thanks,
        _("The thanks are in the outbox."),
        submit=_("Send"),
        mail=(subject, text),
        lacks_mailbox=not boxes,
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def end(request: HttpRequest, thanks: Thanks) -> HttpResponse:
    """The words are used no more."""
    form = EndForm(request.POST if request.method == "POST" else None)

    def do() -> Any:
        return services.end_thanks(thanks, by=request.user, note=form.cleaned_data["note"])

    return _done(request, form, do, _("End the thanks"), thanks, _("The thanks have ended."))


@page(policies.may_set, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, thanks: Thanks) -> HttpResponse:
    """Take them away for good, after asking."""
    if request.method == "POST":
        try:
            services.remove_thanks(thanks, by=request.user)
        except ValidationError as no:
            say_no(request, no)
            return redirect(thanks)
        say(request, _("The thanks have been removed."))
        return redirect("recognition:list")
    context = {
        "title": _("Remove the thanks"),
        "thing": thanks,
        "cancel_url": thanks.get_absolute_url(),
        "danger": True,
        "submit": _("Remove them"),
        "intro": _("They do not come back. Mails that were sent stay in the outbox."),
    }
    return render(request, TEMPLATE, context)
