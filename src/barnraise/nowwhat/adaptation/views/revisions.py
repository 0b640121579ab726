"""Pages of plan revisions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page

from .. import facing, policies, selectors, services
from ..forms import ApproveForm, MoveForm, ReasonForm, RevisionForm
from ..models import Move, Revision
from .shared import pressed, written

LIST = "adaptation:revisions"


@page(policies.may_see, of=selectors.one_revision)
def one(request: HttpRequest, revision: Revision) -> HttpResponse:
    """A revision: before and after, why, what shows it, the money it moves, who approved it."""
    may_edit, may_approve = policies.may_edit(request.user), policies.may_approve(request.user)
    action: Any = ""
    if revision.is_draft and may_approve:
        href = reverse("adaptation:approve", args=[revision.uuid])
        action = button(_("Approve"), href=href, icon="check")
    header = Header(
        title=revision.title,
        kind=_("Plan revision"),
        icon="git-branch",
        state=facing.revision_badge(revision),
        owner="",
        action=action,
    )
    moves = selectors.moves_of(revision)
    context = {
        "thing": revision,
        "header": header,
        "about": selectors.seen(revision.about),
        "evidence": selectors.linked(revision.evidence),
        "moves": moves,
        "may_edit": may_edit and revision.is_draft,
        "may_move": may_edit and revision.is_draft and bool(_lines(revision)),
        "may_drop": may_approve and revision.is_draft,
        "may_remove": may_approve and revision.state != Revision.State.APPROVED,
    }
    return render(request, "adaptation/revision.html", context)


def _lines(revision: Revision) -> list[Any]:
    """The budget lines it may move: those of the project it is about."""
    ref = Ref.parse(revision.about)
    return selectors.lines_of(ref.id) if ref.kind == "projects.project" else []


@page(policies.may_see, of=selectors.one_revision_by_key)
def by_key(request: HttpRequest, revision: Revision) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(revision)


@page(policies.may_edit, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Revise a plan."""
    given = request.POST if request.method == "POST" else None
    form = RevisionForm(given, actor=request.user, about=request.GET.get("about", "")[:80])
    return written(
        request,
        form,
        lambda: services.add_revision(by=request.user, **form.values()),
        title=_("Revise a plan"),
        said=_("The revision has been noted. It counts when it is approved."),
        cancel=reverse(LIST),
    )


@page(policies.may_edit, of=selectors.one_revision, methods=("GET", "POST"))
def change(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Change a draft."""
    given = request.POST if request.method == "POST" else None
    form = RevisionForm(given, actor=request.user, revision=revision)
    guard(form, revision.updated_at)
    return written(
        request,
        form,
        lambda: services.change_revision(revision, by=request.user, **form.values()),
        title=_("Change the revision"),
        said=_("The revision has been changed."),
        cancel=revision.get_absolute_url(),
        thing=revision,
    )


@page(policies.may_edit, of=selectors.one_revision, methods=("GET", "POST"))
def add_move(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Money that it moves between two budget lines."""
    given = request.POST if request.method == "POST" else None
    form = MoveForm(given, lines=_lines(revision))
    return written(
        request,
        form,
        lambda: services.add_move(revision, by=request.user, **form.values()),
        title=_("Move money"),
        said=_("The move has been noted. The money moves when the revision is approved."),
        cancel=revision.get_absolute_url(),
        leads_to=revision.get_absolute_url(),
        thing=revision,
    )


@page(policies.may_see, of=selectors.one_move_by_key)
def move_by_key(request: HttpRequest, move: Move) -> HttpResponse:
    """The address that imports know leads to the page of its revision."""
    return redirect(move.revision)


@page(policies.may_edit, of=selectors.one_move, methods=("GET", "POST"))
def change_move(request: HttpRequest, move: Move) -> HttpResponse:
    """Other lines, or another amount."""
    given = request.POST if request.method == "POST" else None
    form = MoveForm(given, lines=selectors.lines_of(move.project_id), move=move)
    return written(
        request,
        form,
        lambda: services.change_move(move, by=request.user, **form.values()),
        title=_("Change the move"),
        said=_("The move has been changed."),
        cancel=move.revision.get_absolute_url(),
        leads_to=move.revision.get_absolute_url(),
        thing=move.revision,
    )


@page(policies.may_edit, of=selectors.one_move, methods=("POST",))
def remove_move(request: HttpRequest, move: Move) -> HttpResponse:
    """Take a move out of a draft."""
    where = move.revision.get_absolute_url()
    said = _("The move has been taken out.")
    return pressed(request, lambda: services.remove_move(move, by=request.user), said=said, leads_to=where)


@page(policies.may_approve, of=selectors.one_revision, methods=("GET", "POST"))
def approve(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Approve a draft; its budget moves are made."""
    form = ApproveForm(request.POST if request.method == "POST" else None)
    return written(
        request,
        form,
        lambda: services.approve(revision, by=request.user, note=form.cleaned_data["note"]),
        title=_("Approve the revision"),
        said=_("Approved. The plan is what it says now, and the money has been moved."),
        cancel=revision.get_absolute_url(),
        leads_to=revision.get_absolute_url(),
        thing=revision,
        intro=_(
            "The budget moves are made, all or none; the total of the project stays. An undo takes it back."
        ),
    )


@page(policies.may_approve, of=selectors.one_revision, methods=("GET", "POST"))
def drop(request: HttpRequest, revision: Revision) -> HttpResponse:
    """The plan stays as it is."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    return written(
        request,
        form,
        lambda: services.drop(revision, by=request.user, note=form.cleaned_data["note"]),
        title=_("Drop the revision"),
        said=_("Dropped. The plan stays as it is."),
        cancel=revision.get_absolute_url(),
        leads_to=revision.get_absolute_url(),
        thing=revision,
    )


@page(policies.may_approve, of=selectors.one_revision, methods=("POST",))
def remove(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Take away a draft that was noted by mistake."""
    return pressed(
        request,
        lambda: services.remove_revision(revision, by=request.user),
        said=_("The revision has been removed."),
        leads_to=reverse(LIST),
    )
