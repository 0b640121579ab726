"""Pages about two records of one person: likely duplicates, merging, telling apart."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from .. import comparing, policies, selectors, services
from ..models import Person


@page(policies.may_merge)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Who may be there twice; in a large house as it was when that was looked for last."""
    is_large = selectors.is_large()
    context = {
        "pairs": comparing.pairs(selectors.duplicates()),
        "is_large": is_large,
        "job": selectors.last_look() if is_large else None,
        "done": selectors.last_look(is_done=True) if is_large else None,
    }
    return render(request, "people/duplicates.html", context)


@page(policies.may_merge, methods=("POST",))
def look(request: HttpRequest) -> HttpResponse:
    """Look for duplicates now."""
    services.look_for_duplicates(by=request.user)
    return redirect("people:duplicates")


def _other(request: HttpRequest) -> Person:
    asked = request.POST.get("with", "") or request.GET.get("with", "")
    try:
        return selectors.one_row(UUID(asked))
    except (ValueError, Person.DoesNotExist):
        raise Http404 from None


@page(policies.may_merge, of=selectors.one_row, methods=("GET", "POST"))
def merge(request: HttpRequest, person: Person) -> HttpResponse:
    """Both records side by side, and what will be kept; the button merges."""
    if not (request.POST.get("with") or request.GET.get("with")):
        return _choose(request, person)
    other = _other(request)
    if other.pk == person.pk:
        return _choose(request, person, _("Choose two different people."))
    problem = ""
    if request.method == "POST":
        take = [name for name in comparing.CHOSEN if request.POST.get(f"take_{name}") == "theirs"]
        try:
            change_set = services.merge_people(keep=person, absorb=other, by=request.user, take=take)
        except ValidationError as no:
            problem = " ".join(no.messages)
        else:
            undo = reverse("journal:undo", kwargs={"key": change_set.pk})
            say(request, _("The two are one now."), undo_url=undo)
            return redirect(person)
    context = {
        "thing": person,
        "other": other,
        "rows": comparing.side_by_side(person, other),
        "problem": problem,
        "swapped": f"{reverse('people:merge', args=[other.uuid])}?with={person.uuid}",
    }
    return render(request, "people/merge.html", context, status=409 if problem else 200)


def _choose(request: HttpRequest, person: Person, problem: str = "") -> HttpResponse:
    """Whom to merge with: those who look alike, or a name that is typed."""
    text = request.GET.get("name", "").strip()
    found = [(key, name) for key, name in selectors.choices(text) if key != person.pk] if text else []
    rows = Person.objects.in_bulk([key for key, _name in found])
    context = {
        "thing": person,
        "text": text,
        "found": [rows[key] for key, _name in found if key in rows],
        "pairs": comparing.pairs(selectors.duplicates_of(person.pk), seen_from=person.pk),
        "problem": problem,
    }
    return render(request, "people/merge_with.html", context)


@page(policies.may_merge, of=selectors.one_row, methods=("POST",))
def apart(request: HttpRequest, person: Person) -> HttpResponse:
    """These two are not the same."""
    other = _other(request)
    try:
        services.tell_apart(person, other, by=request.user)
    except ValidationError:
        raise Http404 from None
    say(request, _("They are remembered as two people."))
    return redirect("people:duplicates")
