"""The page where one notes who came: some of who was asked at a time, found by name."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.ui.form_pages import form_page, kept
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import policies, selectors, services
from .forms_minutes import AttendanceForm
from .models import Meeting

AT_ONCE = 50


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Note which organisations came; whoever stands on another page stays as noted."""
    name = squeeze(request.GET.get("name", ""))
    asked = selectors.asked_keys(meeting, name)
    pages = Paginator(asked, AT_ONCE)
    part = pages.get_page(request.GET.get("page"))
    if request.method == "POST":
        rows = selectors.attended(_keys(request.POST) & set(selectors.asked_keys(meeting)))
        form = AttendanceForm(request.POST, rows=rows)
        done = kept(form, lambda: services.note_attendance(meeting, by=request.user, came=form.values()))
        if done is not None:
            say(request, _("Who came has been noted."))
            if "on" in request.POST and part.has_next():
                return redirect(_address(meeting, name, part.next_page_number()))
            return redirect(meeting)
    else:
        form = AttendanceForm(rows=selectors.attended(list(part)))
    return form_page(
        request,
        form,
        _("Note who came"),
        meeting.get_absolute_url(),
        template="meetings/attendance.html",
        thing=meeting,
        part=part,
        name=name,
        may_find=bool(name) or pages.num_pages > 1,
        before=_address(meeting, name, part.number - 1) if part.has_previous() else "",
        after=_address(meeting, name, part.number + 1) if part.has_next() else "",
    )


def _keys(posted: QueryDict) -> set[int]:
    """Which rows stood on the page that is sent: others may have been asked since."""
    keys = [word[6:] for word in posted if word.startswith("state_")]
    return {int(key) for key in keys if key.isdecimal() and len(key) < 19}


def _address(meeting: Meeting, name: str, number: int) -> str:
    query = QueryDict(mutable=True)
    query.update({**({"name": name} if name else {}), "page": str(number)})
    return f"{reverse('meetings:attendance', args=[meeting.uuid])}?{query.urlencode()}"
