"""Pages of after-action reviews and lessons."""

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
from barnraise.what.events.models import Event
from barnraise.what.projects.models import Project

from .. import facing, policies, selectors, services
from ..forms import FollowForm, LessonForm, NewReviewForm, ReasonForm, ReviewForm
from ..models import Lesson, Review
from .shared import pressed, written

LIST = "adaptation:reviews"


@page(policies.may_see, of=selectors.one_review)
def one(request: HttpRequest, review: Review) -> HttpResponse:
    """A review with its lessons, and what became of each."""
    may_edit = policies.may_edit(request.user)
    action: Any = ""
    if may_edit:
        href = reverse("adaptation:add_lesson", args=[review.uuid])
        action = button(_("Note a lesson"), href=href, icon="plus")
    header = Header(
        title=review.title, kind=_("After-action review"), icon="history", state="", owner="", action=action
    )
    rows = selectors.lessons_of(review)
    titles = dict(
        zip([row.became for row in rows], [selectors.seen(row.became) for row in rows], strict=True)
    )
    context = {
        "thing": review,
        "header": header,
        "about": selectors.seen(review.about),
        "lessons": [(row, facing.lesson_badge(row), titles[row.became]) for row in rows],
        "may_edit": may_edit,
        "may_remove": policies.may_approve(request.user),
    }
    return render(request, "adaptation/review.html", context)


@page(policies.may_see, of=selectors.one_review_by_key)
def by_key(request: HttpRequest, review: Review) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(review)


@page(policies.may_see, of=selectors.one_lesson_by_key)
def lesson_by_key(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    """The address that timelines and search know leads to its place on the page of its review."""
    return redirect(lesson)


def _known(about: str) -> dict[str, Any]:
    """What an event or a project already says came of it, to begin with."""
    try:
        ref = Ref.parse(about)
    except ValueError:
        return {}
    said, title = "", ""
    if ref.kind == "events.event":
        said, title = Event.objects.filter(pk=ref.id).values_list("outcome", "title").first() or ("", "")
    elif ref.kind == "projects.project":
        said, title = Project.objects.filter(pk=ref.id).values_list("end_reason", "name").first() or ("", "")
    return {"happened": said, "title": _("Looking back at %(title)s") % {"title": title}} if title else {}


@page(policies.may_edit, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Look back at something."""
    about = request.GET.get("about", "")[:80]
    given = request.POST if request.method == "POST" else None
    form = NewReviewForm(given, about=about, first=_known(about))
    return written(
        request,
        form,
        lambda: services.add_review(by=request.user, **form.values()),
        title=_("Look back at something"),
        said=_("The review has been noted."),
        cancel=reverse(LIST),
    )


@page(policies.may_edit, of=selectors.one_review, methods=("GET", "POST"))
def change(request: HttpRequest, review: Review) -> HttpResponse:
    """Change a review."""
    form = ReviewForm(request.POST if request.method == "POST" else None, review=review)
    guard(form, review.updated_at)
    return written(
        request,
        form,
        lambda: services.change_review(review, by=request.user, **form.values()),
        title=_("Change the review"),
        said=_("The review has been changed."),
        cancel=review.get_absolute_url(),
        thing=review,
    )


@page(policies.may_approve, of=selectors.one_review, methods=("POST",))
def remove(request: HttpRequest, review: Review) -> HttpResponse:
    """Take away one that was noted by mistake, with its lessons."""
    return pressed(
        request,
        lambda: services.remove_review(review, by=request.user),
        said=_("The review has been removed."),
        leads_to=reverse(LIST),
    )


@page(policies.may_edit, of=selectors.one_review, methods=("GET", "POST"))
def add_lesson(request: HttpRequest, review: Review) -> HttpResponse:
    """Note a lesson."""
    form = LessonForm(request.POST if request.method == "POST" else None)
    return written(
        request,
        form,
        lambda: services.add_lesson(review, by=request.user, text=form.cleaned_data["text"]),
        title=_("Note a lesson"),
        said=_("The lesson has been noted."),
        cancel=review.get_absolute_url(),
        leads_to=review.get_absolute_url(),
        thing=review,
    )


@page(policies.may_edit, of=selectors.one_lesson, methods=("GET", "POST"))
def change_lesson(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    """Say a lesson in other words."""
    given = request.POST if request.method == "POST" else None
    form = LessonForm(given, initial={"text": lesson.text})
    guard(form, lesson.updated_at)
    where = lesson.review.get_absolute_url()
    return written(
        request,
        form,
        lambda: services.change_lesson(lesson, by=request.user, text=form.cleaned_data["text"]),
        title=_("Change the lesson"),
        said=_("The lesson has been changed."),
        cancel=where,
        leads_to=where,
    )


@page(policies.may_edit, of=selectors.one_lesson, methods=("GET", "POST"))
def follow_up(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    """Let a lesson become a next step or a promise."""
    given = request.POST if request.method == "POST" else None
    form = FollowForm(given, actor=request.user, lesson=lesson)
    where = lesson.review.get_absolute_url()
    return written(
        request,
        form,
        lambda: services.follow_up(lesson, by=request.user, **form.values()),
        title=_("What follows from it"),
        said=_("It has a next step."),
        cancel=where,
        leads_to=where,
        thing=lesson,
    )


@page(policies.may_edit, of=selectors.one_lesson, methods=("GET", "POST"))
def set_aside(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    """Nothing follows from a lesson, for a reason."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    where = lesson.review.get_absolute_url()
    return written(
        request,
        form,
        lambda: services.set_aside(lesson, by=request.user, note=form.cleaned_data["note"]),
        title=_("Set the lesson aside"),
        said=_("The lesson has been set aside."),
        cancel=where,
        leads_to=where,
        thing=lesson,
    )


@page(policies.may_edit, of=selectors.one_lesson, methods=("POST",))
def reopen_lesson(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    """It waits for a next step again."""
    where, said = lesson.review.get_absolute_url(), _("It waits for a next step again.")
    return pressed(
        request, lambda: services.reopen_lesson(lesson, by=request.user), said=said, leads_to=where
    )


@page(policies.may_edit, of=selectors.one_lesson, methods=("POST",))
def remove_lesson(request: HttpRequest, lesson: Lesson) -> HttpResponse:
    """Take away one that was noted by mistake."""
    where, said = lesson.review.get_absolute_url(), _("The lesson has been removed.")
    return pressed(
        request, lambda: services.remove_lesson(lesson, by=request.user), said=said, leads_to=where
    )
