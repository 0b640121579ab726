"""The page on which a partner is asked by mail: whom, in which words."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import asking, writing
from .forms import WriteForm


@page(asking.may_ask, of=asking.asked, methods=("GET", "POST"))
def ask(request: HttpRequest, found: asking.Asked) -> HttpResponse:
    """The mail as it will go, to be read and changed first: `?to=people.person:12` says who gets it."""
    to = found.chosen(request.GET.get("to", ""))
    form = WriteForm(
        request.POST if request.method == "POST" else None, initial=asking.draft(found, to, by=request.user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = asking.sent(found, to, form.cleaned_data, by=request.user)
        except ValidationError as no:
            form.refused(no)
        else:
            said = _("The mail to %(address)s is in the outbox.")
            say(request, said % {"address": row.to_address})
            return redirect(found.request.page(found.thing))
    context = {
        "form": form,
        "title": found.request.title,
        "cancel_url": found.request.page(found.thing),
        "chosen": to,
        "addressees": found.addressees,
        "nobody_url": found.request.nobody(found.thing),
        "is_sample": found.request.is_sample(found.thing),
        "are_files": writing.mails_are_files(),
        "submit": _("Send to %(address)s") % {"address": to.address} if to else _("Send the mail"),
    }
    return render(request, "mail/ask.html", context, status=422 if form.errors else 200)
