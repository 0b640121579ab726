"""Say who an unknown address is: somebody of the directory, somebody new, or nobody of ours."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, picking, policies, selectors, services
from .models import MailProposal


@page(policies.may_see_proposal, of=selectors.one_proposal)
def proposal(request: HttpRequest, row: MailProposal) -> HttpResponse:
    """One unknown address: who is it?"""
    find = request.GET.get("find", row.name or row.address.partition("@")[0].replace(".", " "))[:200]
    found = picking.looked_up(find, actor=request.user)
    given, _blank, family = row.name.rpartition(" ")
    context = {
        "row": row,
        "find": find,
        "people": [one for one in found if one.name == "person"],
        "given_name": given,
        "family_name": family,
        "about": facing.about(row.interaction),
        "is_waiting": row.state == MailProposal.State.WAITING,
        "may_write": policies.may_sort_out(request.user),
        "others": selectors.proposals_listed(request.user).filter(address=row.address).count() - 1,
    }
    return render(request, "interactions/proposal.html", context)


@page(policies.may_decide_proposal, of=selectors.one_proposal, methods=("POST",))
def link(request: HttpRequest, row: MailProposal) -> HttpResponse:
    """It is this person of the directory."""
    chosen = picking.picked(request.POST).people
    if not chosen:
        say(request, _("Choose a person; nothing was changed."), tone="bad")
        return redirect("interactions:proposal", row.uuid)
    count = services.link_proposal(row, person=chosen[0], by=request.user)
    say(
        request,
        _("The address belongs to %(name)s now; mails filed: %(count)s.")
        % {"name": chosen[0], "count": count},
    )
    return redirect("interactions:proposals")


@page(policies.may_decide_proposal, of=selectors.one_proposal, methods=("POST",))
def make(request: HttpRequest, row: MailProposal) -> HttpResponse:
    """It is somebody new: a person with this name and address."""
    given, family = request.POST.get("given_name", ""), request.POST.get("family_name", "")
    try:
        person = services.make_person(row, given_name=given, family_name=family, by=request.user)
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
        return redirect("interactions:proposal", row.uuid)
    say(request, _("The person has been added, with the mails of this address."))
    return redirect(person)


@page(policies.may_decide_proposal, of=selectors.one_proposal, methods=("POST",))
def nobody(request: HttpRequest, row: MailProposal) -> HttpResponse:
    """It is nobody of ours; it will not be asked about again."""
    services.decide_nobody(row, by=request.user)
    say(request, _("The address will not be asked about again."))
    return redirect("interactions:proposals")
