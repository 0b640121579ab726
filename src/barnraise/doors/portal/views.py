"""The pages of the portal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.components import Tab
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.toasts import say
from barnraise.what.commitments import selectors as commitments
from barnraise.what.issues import selectors as issues
from barnraise.what.meetings import selectors as meetings

from . import entering, policies, selectors, services
from .entering import portal_page
from .forms import ConcernForm, CorrectForm, LateForm, MissionForm, MoreForm
from .policies import Visitor

TEMPLATE = "portal/form.html"
REPORT = "indicators.report"
"""The purpose of the link under which a number is given."""
LASTS = timedelta(hours=12)


PLACES: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (gettext_lazy("What is due"), "home", ()),
    (gettext_lazy("Promises"), "promises", ("late",)),
    (gettext_lazy("Numbers due"), "reports", ()),
    (gettext_lazy("Events"), "events", ()),
    (gettext_lazy("Thanks"), "thanks", ()),
    (gettext_lazy("Meetings"), "meetings", ("meeting",)),
    (gettext_lazy("Concerns"), "concerns", ("concern", "raise")),
    (gettext_lazy("Our record"), "record", ("mission", "correct")),
)
"""The pages of the portal: word, name of the address, names of those below it."""


def _places(request: HttpRequest) -> list[Tab]:
    match = request.resolver_match
    here = match.url_name if match is not None else ""
    return [Tab(word, reverse(f"portal:{name}"), here in (name, *below)) for word, name, below in PLACES]


def _shown(request: HttpRequest, visitor: Visitor, template: str, **context: Any) -> HttpResponse:
    frame = {
        "visitor": visitor,
        "places": _places(request),
        "organisation": visitor.organisation,
        "house": installation().network_name,
        "others": selectors.organisations_of_account(visitor.account) if visitor.account else [],
    }
    return render(request, template, {**frame, **context})


@portal_page()
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What is due, and where everything is."""
    today, now = timezone.localdate(), timezone.now()
    promises = selectors.soon(visitor.organisation, today)
    context = {
        "due": [one for one in promises if policies.may_settle_promise(visitor, one)],
        "ours": [one for one in promises if one.direction == "ours"],
        "reports": selectors.reports_of(visitor.organisation),
        "meetings": [
            one for one in selectors.meetings_of(visitor.organisation) if one.meeting.starts_at > now
        ][:5],
        "concerns": selectors.open_concerns_of(visitor.organisation),
    }
    return _shown(request, visitor, "portal/home.html", **context)


@portal_page()
def promises(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What they promised, and what was promised to them."""
    today = timezone.localdate()
    rows = [
        (one, commitments.state_of(one, today), policies.may_settle_promise(visitor, one))
        for one in selectors.promises_of(visitor.organisation)
    ]
    return _shown(request, visitor, "portal/promises.html", rows=rows)


@portal_page(of=selectors.one_promise, policy=policies.may_settle_promise, methods=("POST",))
def keep(request: HttpRequest, visitor: Visitor, promise: Any) -> HttpResponse:
    """It was kept."""
    try:
        services.keep(promise, by=visitor)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("Kept. Thank you."))
    return redirect("portal:promises")


@portal_page(of=selectors.one_promise, policy=policies.may_settle_promise, methods=("GET", "POST"))
def late(request: HttpRequest, visitor: Visitor, promise: Any) -> HttpResponse:
    """It will be late, and why."""
    form = LateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and kept(
        form, lambda: services.say_late(promise, by=visitor, **form.cleaned_data)
    ):
        say(request, _("Thank you for telling us."))
        return redirect("portal:promises")
    return _form(request, visitor, form, _("It will be late"), "portal:promises", thing=promise)


@portal_page()
def reports(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Numbers that they are asked for."""
    return _shown(request, visitor, "portal/reports.html", rows=selectors.reports_of(visitor.organisation))


@portal_page(of=selectors.one_report, policy=policies.may_see_report, methods=("POST",))
def report(request: HttpRequest, visitor: Visitor, row: Any) -> HttpResponse:
    """To the page on which they give one."""
    if row.answered_at is not None:
        raise Http404
    return redirect(sign(REPORT, Ref.to(row), expires=LASTS))


@portal_page()
def thanks(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The thanks that were sent to them, and what everybody reached together."""
    rows, marks = selectors.thanks_of(visitor.organisation), selectors.marks_passed()
    return _shown(request, visitor, "portal/thanks.html", rows=rows, marks=marks)


@portal_page()
def events(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Events to register for, and those they host with us."""
    now = timezone.now()
    hosted = selectors.hosted_by(visitor.organisation, now)
    return _shown(request, visitor, "portal/events.html", rows=selectors.open_events(now), hosted=hosted)


@portal_page()
def meeting_list(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Meetings that they were asked to."""
    return _shown(request, visitor, "portal/meetings.html", rows=selectors.meetings_of(visitor.organisation))


@portal_page(of=selectors.one_meeting, policy=policies.may_see_meeting)
def meeting(request: HttpRequest, visitor: Visitor, row: Any) -> HttpResponse:
    """Agenda and minutes of one, and what they promised there."""
    key = visitor.organisation.pk
    promised = [one for one in meetings.actions_of(row) if policies.may_see_promise(visitor, one)]
    carried = [one for one in meetings.carried_to(row) if policies.may_see_promise(visitor, one)]
    mine = next((one for one in meetings.attendances_of(row) if one.organisation_id == key), None)
    context = {
        "thing": row,
        "items": meetings.items_of(row),
        "promised": promised,
        "carried": carried,
        "mine": mine,
    }
    return _shown(request, visitor, "portal/meeting.html", **context)


@portal_page()
def concerns(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Concerns that they raised."""
    return _shown(request, visitor, "portal/concerns.html", rows=selectors.concerns_of(visitor.organisation))


@portal_page(methods=("GET", "POST"))
def raise_concern(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Raise one."""
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        language = (get_language() or "")[:10]
        made = kept(form, lambda: services.raise_concern(by=visitor, language=language, **form.cleaned_data))
        if made is not None:
            say(request, _("We have your concern."))
            return redirect("portal:concern", uuid=made.uuid)
    return _form(request, visitor, form, _("Raise a concern"), "portal:concerns")


@portal_page(of=selectors.one_concern, policy=policies.may_see_concern, methods=("GET", "POST"))
def concern(request: HttpRequest, visitor: Visitor, row: Any) -> HttpResponse:
    """How one stands, what we answered; and room to say more."""
    form = MoreForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and kept(
        form, lambda: services.say_more(row, by=visitor, **form.cleaned_data)
    ):
        say(request, _("Thank you. We read it and answer you."))
        return redirect("portal:concern", uuid=row.uuid)
    response = _shown(
        request, visitor, "portal/concern.html", thing=row, answers=issues.answers_of(row), form=form
    )
    response.status_code = 422 if form.errors else 200
    return response


@portal_page()
def record(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What we have on record about them."""
    return _shown(request, visitor, "portal/record.html", **selectors.record_of(visitor.organisation))


@portal_page(methods=("GET", "POST"))
def mission(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Say in their own words what they are for."""
    first = {"mission": visitor.organisation.mission}
    form = MissionForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST":
        done = kept(form, lambda: services.set_mission(by=visitor, **form.cleaned_data))
        if done is not None:
            say(request, _("Thank you, your record is up to date."))
            return redirect("portal:record")
    return _form(request, visitor, form, _("What your organisation is for"), "portal:record")


@portal_page(methods=("GET", "POST"))
def correct(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Propose a correction."""
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and kept(form, lambda: services.correct(by=visitor, **form.cleaned_data)):
        say(request, _("Thank you. The team looks at it."))
        return redirect("portal:record")
    return _form(request, visitor, form, _("Propose a correction"), "portal:record")


@portal_page(methods=("POST",))
def choose(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """An account that speaks for several organisations says for which one now."""
    keys = (
        {str(one.pk): one.pk for one in selectors.organisations_of_account(visitor.account)}
        if visitor.account
        else {}
    )
    chosen = keys.get(request.POST.get("organisation", ""))
    if chosen is None:
        raise Http404
    request.session[entering.CHOSEN] = chosen
    return redirect("portal:home")


@portal_page(methods=("POST",))
def leave(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Out again."""
    entering.leave(request)
    return redirect("portal:door")


def _form(
    request: HttpRequest, visitor: Visitor, form: Any, title: str, back: str, thing: Any = None
) -> HttpResponse:
    return form_page(
        request,
        form,
        title,
        reverse(back),
        template=TEMPLATE,
        visitor=visitor,
        places=_places(request),
        organisation=visitor.organisation,
        thing=thing,
    )
