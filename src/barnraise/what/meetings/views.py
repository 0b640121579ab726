"""The team's pages of meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.parts import part
from barnraise.plumbing.ui.sockets import kinds
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .agenda import agenda_text, read_agenda
from .forms import ActionForm, CancelForm, MeetingForm, PlanForm
from .forms_minutes import AgendaForm, MinutesForm
from .models import Attendance, Meeting

TEMPLATE = "meetings/form.html"


def shown(meeting: Meeting) -> dict[str, Any]:
    """What the page and the paper of a meeting show alike."""
    bodies, heads = selectors.turnout([meeting]).get(meeting.pk, (0, 0))
    return {
        "thing": meeting,
        "span": facing.span(meeting),
        "items": selectors.items_of(meeting),
        "bodies": bodies,
        "heads": heads,
    }


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A meeting: agenda with minutes and decisions, who came, what was promised, what is carried forward."""
    now, may_edit = timezone.now(), policies.may_edit(request.user)
    state = facing.state_of(meeting, now)
    action: Any = ""
    if may_edit and meeting.is_open:
        name, word = (
            ("agenda", _("Set the agenda")) if state == "planned" else ("minutes", _("Write the minutes"))
        )
        action = button(word, href=reverse(f"meetings:{name}", args=[meeting.uuid]), icon="notes")
    header = Header(
        title=meeting.title,
        kind=_("Meeting"),
        icon="users-group",
        state=facing.state_badge(meeting, now),
        owner=str(meeting.owner) if meeting.owner else "",
        action=action,
    )
    came = part(request, "came", selectors.asked_keys(meeting))
    carried = part(request, "carried", selectors.carried_keys(meeting))
    context = {
        **shown(meeting),
        "came": came,
        "attendances": [(one, facing.came_badge(one)) for one in selectors.attended(came.rows)],
        "actions": part(request, "actions", selectors.actions_of(meeting)),
        "carried": carried,
        "carried_rows": selectors.carried(carried.rows),
        "header": header,
        "state": state,
        "about": _cited(meeting.cites),
        "may_edit": may_edit,
        "may_remove": policies.may_remove(request.user),
    }
    return render(request, "meetings/one.html", context)


def _cited(text: str) -> tuple[str, str]:
    """Title and address of what it is about; empty where that is gone."""
    title = search.cited_title(text)
    described = kinds.find(Ref.parse(text).kind) if title else None
    return (title, described.url(Ref.parse(text).id)) if described else ("", "")


@page(policies.may_see, of=selectors.one)
def paper(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Agenda and minutes to be printed: before the meeting with room for notes, afterwards with what was said."""
    state = facing.state_of(meeting, timezone.now())
    context = {
        **shown(meeting),
        "state": state,
        "attendances": selectors.bodies_at(meeting, came=state != "planned"),
        "actions": list(selectors.actions_of(meeting)),
        "carried": selectors.carried_to(meeting),
    }
    return render(request, "meetings/paper.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(meeting)


@page(policies.may_see, of=selectors.one_attendance_by_key)
def attendance_by_key(request: HttpRequest, attendance: Attendance) -> HttpResponse:
    """Who came stands on the page of the meeting."""
    return redirect(f"{attendance.meeting.get_absolute_url()}#came")


@page(policies.may_edit, methods=("GET", "POST"))
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    series = next(
        (one for one in selectors.running_series() if str(one.uuid) == request.GET.get("series")), None
    )
    initial = {
        "series": series.pk if series else None,
        "owner": str(request.user.pk),
        "is_shared": True,
        "cites": search.cited_title(request.GET.get("for", "")),
    }
    form = PlanForm(request.POST if request.method == "POST" else None, actor=request.user, initial=initial)
    if request.method == "POST":
        made = kept(form, lambda: services.plan_meeting(by=request.user, **form.values()))
        if made is not None:
            say(request, _("The meeting has been planned."))
            return redirect(made)
    cancel = series.get_absolute_url() if series else reverse("meetings:list")
    return form_page(request, form, _("Plan a meeting"), cancel, template=TEMPLATE)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Change when and where it takes place, and about what."""
    form = MeetingForm(_given(request), actor=request.user, meeting=meeting)
    guard(form, meeting.updated_at)

    def write() -> Any:
        return services.change_meeting(meeting, by=request.user, **form.values())

    return _done(request, form, write, _("Change the meeting"), meeting, _("The meeting has been changed."))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def agenda(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Set the agenda."""
    form = AgendaForm(_given(request), initial={"agenda": agenda_text(selectors.items_of(meeting))})

    def write() -> Any:
        items = read_agenda(form.cleaned_data["agenda"])
        return services.set_agenda(meeting, by=request.user, agenda=items)

    return _done(request, form, write, _("Set the agenda"), meeting, _("The agenda has been set."))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Write what was said and decided."""
    form = MinutesForm(_given(request), items=selectors.items_of(meeting), meeting=meeting)

    def write() -> Any:
        return services.write_minutes(meeting, by=request.user, **form.values())

    return _done(request, form, write, _("Write the minutes"), meeting, _("The minutes have been kept."))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def act(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Note an action item: a promise made at the meeting."""
    form = ActionForm(_given(request), initial={"owner": str(request.user.pk)})

    def write() -> Any:
        return services.add_action(meeting, by=request.user, **form.values())

    return _done(request, form, write, _("Note an action item"), meeting, _("The promise has been noted."))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """It does not take place, and why."""
    form = CancelForm(_given(request))

    def write() -> Any:
        return services.cancel_meeting(meeting, by=request.user, **form.cleaned_data)

    return _done(request, form, write, _("Cancel the meeting"), meeting, _("The meeting has been cancelled."))


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def hold(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Close the minutes."""
    return _pressed(request, meeting, services.hold, _("The minutes are closed."))


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def reopen(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Open it again."""
    return _pressed(request, meeting, services.reopen, _("The meeting is open again."))


@page(policies.may_remove, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Take away a meeting that was planned by mistake, after asking."""
    if request.method == "POST":
        try:
            services.remove_meeting(meeting, by=request.user)
        except ValidationError as no:
            say_no(request, no)
            return redirect(meeting)
        say(request, _("The meeting has been removed."))
        return redirect("meetings:list")
    context = {
        "title": _("Remove the meeting"),
        "thing": meeting,
        "cancel_url": meeting.get_absolute_url(),
        "danger": True,
        "submit": _("Remove it"),
        "intro": _(
            "It does not come back. One that does not take place is better cancelled: it stays in the list."
        ),
    }
    return render(request, TEMPLATE, context)


def _given(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _pressed(request: HttpRequest, meeting: Meeting, service: Callable[..., Any], words: str) -> HttpResponse:
    """Do it and lead back, or say why not."""
    try:
        service(meeting, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, words)
    return redirect(meeting)


def _done(
    request: HttpRequest, form: Any, write: Callable[[], Any], title: str, meeting: Meeting, words: str
) -> HttpResponse:
    """Show the form, or do what it asks and lead back."""
    done = kept(form, write) if request.method == "POST" else None
    if done is not None:
        say(request, words)
        return redirect(meeting)
    return form_page(request, form, title, meeting.get_absolute_url(), template=TEMPLATE, thing=meeting)
