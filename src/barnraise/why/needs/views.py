"""The team's pages of needs, assessments and listening sessions."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import spreadsheet_safe
from barnraise.plumbing.ui.components import Header, badge, button
from barnraise.plumbing.ui.form_pages import form_page, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.parts import part
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import CycleForm, EndForm, EvidenceForm, NeedForm, ScoreForm, SessionForm
from .hanlon import PEARL
from .models import Cycle, Evidence, Need, Score, Session
from .models.need import LETTERS
from .services.score import variant_of


def _given(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _edited(request: HttpRequest, form: Any, write: Any, words: Any, **page_of_form: Any) -> HttpResponse:
    """Write what a form says and go to `back` or the row; the form again when it needs mending."""
    back = page_of_form.pop("back", None)
    if form.is_bound and form.is_valid():
        try:
            made = write(by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, words)
            return redirect(back or made)
    return form_page(request, form, **page_of_form)


def _told(request: HttpRequest, no: ValidationError) -> None:
    say_no(request, no)


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, need: Need) -> HttpResponse:
    """A need: its gap and causes, what shows it, and how raters put it."""
    scores = selectors.scores_of([need])[need.pk]
    variant = variant_of(need)
    priority = selectors.priorities_of({need.pk: scores}, variant)[need.pk]
    evidence = facing.cited(selectors.evidence_of([need])[need.pk])
    may_edit = policies.may_edit(request.user)
    action: Any = ""
    if may_edit and not need.end:
        action = button(_("Add evidence"), href=reverse("needs:add_evidence", args=[need.uuid]), icon="plus")
    context = {
        "thing": need,
        "header": Header(
            title=need.title, kind=_("Need"), icon="bulb", state=facing.state_badge(need), action=action
        ),
        "gap": facing.gap(need),
        "evidence": evidence,
        "scores": [(score, [getattr(score, letter) for letter in PEARL]) for score in scores],
        "letters": [LETTERS[letter] for letter in PEARL],
        "facts": facing.shown(priority, need, variant),
        "refused": facing.letters(priority.refused_by) if priority else "",
        "may_edit": may_edit,
        "may_lead": policies.may_lead(request.user),
    }
    return render(request, "needs/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, need: Need) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(need)


@page(policies.may_edit, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Note a need. `?cites=questionnaires.questionnaire:3` leads on to the evidence, with that chosen already."""
    form = NeedForm(_given(request), initial={"cycle": request.GET.get("cycle", "")})
    words = _("The need is noted. Add what shows it.")
    cites = request.GET.get("cites", "")

    def write(**values: Any) -> Any:
        made = services.add_need(**values)
        where = reverse("needs:add_evidence", args=[made.uuid])
        return f"{where}?{urlencode({'cites': cites})}" if cites else made

    return _edited(request, form, write, words, title=_("Note a need"), cancel=reverse("needs:list"))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, need: Need) -> HttpResponse:
    """Change a need."""

    def write(**values: Any) -> Need:
        return services.change_need(need, **values)

    form = NeedForm(_given(request), initial=NeedForm.standing(need))
    guard(form, need.updated_at)
    where = need.get_absolute_url()
    return _edited(
        request, form, write, _("The need has been changed."), title=_("Change the need"), cancel=where
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def add_evidence(request: HttpRequest, need: Need) -> HttpResponse:
    """Say what shows the need."""

    def write(**values: Any) -> Evidence:
        return services.add_evidence(need, **values)

    initial = {"dated_on": timezone.localdate(), "cites": request.GET.get("cites", "")}
    form = EvidenceForm(_given(request), need=need, initial=initial)
    where = need.get_absolute_url()
    return _edited(
        request, form, write, _("The evidence is kept."), title=_("Add evidence"), cancel=where, back=need
    )


@page(policies.may_edit, of=selectors.one_evidence, methods=("GET", "POST"))
def change_evidence(request: HttpRequest, evidence: Evidence) -> HttpResponse:
    """Correct what shows the need."""

    def write(**values: Any) -> Evidence:
        return services.change_evidence(evidence, **values)

    need = selectors.one_by_key(evidence.need_id)
    form = EvidenceForm(
        _given(request), need=need, cited=evidence.cites, initial=EvidenceForm.standing(evidence)
    )
    guard(form, evidence.updated_at)
    return _edited(
        request,
        form,
        write,
        _("The evidence has been changed."),
        title=_("Change the evidence"),
        cancel=need.get_absolute_url(),
        back=need,
    )


@page(policies.may_edit, of=selectors.one_evidence, methods=("POST",))
def remove_evidence(request: HttpRequest, evidence: Evidence) -> HttpResponse:
    """Take evidence away."""
    done = services.remove_evidence(evidence, by=request.user)
    say(request, _("The evidence has been taken away."), undo_url=done.undo_url)
    return redirect(evidence.need)


@page(policies.may_score, of=selectors.one, methods=("GET", "POST"))
def score(request: HttpRequest, need: Need) -> HttpResponse:
    """Score the need for one rater."""

    def write(**values: Any) -> Score:
        return services.score_need(need, **values)

    form = ScoreForm(_given(request), variant=variant_of(need), initial={"rater": str(request.user)})
    return _edited(
        request,
        form,
        write,
        _("The score is kept."),
        title=_("Score: %(need)s") % {"need": need.title},
        cancel=need.get_absolute_url(),
        back=need,
        intro=_("Each rater scores alone first. The same name again replaces that rater's score."),
    )


def _score_of(uuid: Any, key: int) -> tuple[Need, Score]:
    need = selectors.one(uuid)
    found = next((each for each in selectors.scores_of([need])[need.pk] if each.pk == key), None)
    if found is None:
        raise Http404
    return need, found


@page(policies.may_score, of=_score_of, methods=("POST",))
def remove_score(request: HttpRequest, pair: tuple[Need, Score]) -> HttpResponse:
    """Take one rater's score away."""
    try:
        done = services.remove_score(pair[1], by=request.user)
    except ValidationError as no:
        _told(request, no)
        return redirect(pair[0])
    say(request, _("The score has been taken away."), undo_url=done.undo_url)
    return redirect(pair[0])


@page(policies.may_lead, of=selectors.one, methods=("GET", "POST"))
def end(request: HttpRequest, need: Need) -> HttpResponse:
    """Say how a need ended."""
    form = EndForm(_given(request))
    if form.is_bound and form.is_valid():
        try:
            services.end_need(need, by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("It is noted how the need ended."))
            return redirect(need)
    return form_page(request, form, _("End the need"), need.get_absolute_url())


@page(policies.may_lead, of=selectors.one, methods=("POST",))
def reopen(request: HttpRequest, need: Need) -> HttpResponse:
    """It is a need again."""
    services.reopen_need(need, by=request.user)
    say(request, _("It is a need again."))
    return redirect(need)


@page(policies.may_lead, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, need: Need) -> HttpResponse:
    """Take a need away that was noted by mistake."""
    done = services.remove_need(need, by=request.user)
    say(request, _("The need has been removed."), undo_url=done.undo_url)
    return redirect("needs:list")


@page(policies.may_see, of=selectors.one_cycle)
def cycle(request: HttpRequest, row: Cycle) -> HttpResponse:
    """An assessment: its needs in the order in which they come first, and what was heard."""
    may_lead = policies.may_lead(request.user)
    action: Any = ""
    if policies.may_edit(request.user) and row.ended_at is None:
        action = button(_("Note a need"), href=f"{reverse('needs:add')}?cycle={row.pk}", icon="plus")
    lines = facing.ordered(row)
    first = part(request, "first", lines)
    context = {
        "thing": row,
        "header": Header(
            title=row.name,
            kind=_("Assessment"),
            icon="clipboard-text",
            state=badge(_("Closed")) if row.ended_at else badge(_("Under way"), tone="good"),
            action=action,
        ),
        "lines": [facing.table_line(line, row.variant) for line in first.rows],
        "first": first,
        "variant": facing.VARIANTS[row.variant],
        "sessions": list(selectors.sessions_listed().filter(cycle=row).order_by("-held_on", "-pk")[:100]),
        "may_lead": may_lead,
        "may_remove": may_lead and not lines,
        "may_edit": policies.may_edit(request.user),
    }
    return render(request, "needs/cycle.html", context)


@page(policies.may_see, of=selectors.one_cycle_by_key)
def cycle_by_key(request: HttpRequest, row: Cycle) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(row)


@page(policies.may_see, of=selectors.one_cycle)
def priorities_csv(request: HttpRequest, row: Cycle) -> HttpResponse:
    """The table of what comes first."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in facing.priority_lines(row):
        writer.writerow([spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in line])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="priorities.csv"'
    return response


@page(policies.may_lead, methods=("GET", "POST"))
def add_cycle(request: HttpRequest) -> HttpResponse:
    """Begin an assessment."""
    form = CycleForm(_given(request), initial={"starts_on": timezone.localdate()})
    words, cancel = _("The assessment is begun."), reverse("needs:cycles")
    return _edited(request, form, services.add_cycle, words, title=_("Begin an assessment"), cancel=cancel)


@page(policies.may_lead, of=selectors.one_cycle, methods=("GET", "POST"))
def change_cycle(request: HttpRequest, row: Cycle) -> HttpResponse:
    """Change an assessment."""

    def write(**values: Any) -> Cycle:
        return services.change_cycle(row, **values)

    form = CycleForm(_given(request), initial=CycleForm.standing(row))
    guard(form, row.updated_at)
    words, where = _("The assessment has been changed."), row.get_absolute_url()
    return _edited(request, form, write, words, title=_("Change the assessment"), cancel=where)


@page(policies.may_lead, of=selectors.one_cycle, methods=("POST",))
def close_cycle(request: HttpRequest, row: Cycle) -> HttpResponse:
    """Its scores stay as they are."""
    services.close_cycle(row, by=request.user)
    say(request, _("The assessment is closed."))
    return redirect(row)


@page(policies.may_lead, of=selectors.one_cycle, methods=("POST",))
def reopen_cycle(request: HttpRequest, row: Cycle) -> HttpResponse:
    """It goes on."""
    services.reopen_cycle(row, by=request.user)
    say(request, _("The assessment goes on."))
    return redirect(row)


@page(policies.may_lead, of=selectors.one_cycle, methods=("POST",))
def remove_cycle(request: HttpRequest, row: Cycle) -> HttpResponse:
    """Take an assessment away that no need belongs to."""
    try:
        done = services.remove_cycle(row, by=request.user)
    except ValidationError as no:
        _told(request, no)
        return redirect(row)
    say(request, _("The assessment has been removed."), undo_url=done.undo_url)
    return redirect("needs:cycles")


@page(policies.may_see, of=selectors.one_session)
def session(request: HttpRequest, row: Session) -> HttpResponse:
    """What was heard, and from which groups."""
    action: Any = ""
    if policies.may_edit(request.user):
        action = button(_("Change"), href=reverse("needs:change_session", args=[row.uuid]), icon="pencil")
    context = {
        "thing": row,
        "header": Header(title=row.title, kind=row.get_kind_display(), icon="ear", action=action),
        "free": [one["text"] for one in row.quotes if one["may_repeat"]],
        "bound": [one["text"] for one in row.quotes if not one["may_repeat"]],
        "may_read_all": policies.may_edit(request.user),
        "may_lead": policies.may_lead(request.user),
    }
    return render(request, "needs/session.html", context)


@page(policies.may_see, of=selectors.one_session_by_key)
def session_by_key(request: HttpRequest, row: Session) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(row)


@page(policies.may_edit, methods=("GET", "POST"))
def add_session(request: HttpRequest) -> HttpResponse:
    """Note a listening session."""
    form = SessionForm(_given(request), initial={"held_on": timezone.localdate()})
    words, cancel = _("The session is noted."), reverse("needs:sessions")
    return _edited(
        request, form, services.add_session, words, title=_("Note a listening session"), cancel=cancel
    )


@page(policies.may_edit, of=selectors.one_session, methods=("GET", "POST"))
def change_session(request: HttpRequest, row: Session) -> HttpResponse:
    """Change a listening session."""

    def write(**values: Any) -> Session:
        return services.change_session(row, **values)

    form = SessionForm(_given(request), initial=SessionForm.standing(row))
    guard(form, row.updated_at)
    words, where = _("The session has been changed."), row.get_absolute_url()
    return _edited(request, form, write, words, title=_("Change the session"), cancel=where)


@page(policies.may_lead, of=selectors.one_session, methods=("POST",))
def remove_session(request: HttpRequest, row: Session) -> HttpResponse:
    """Take a session away that no need cites."""
    try:
        done = services.remove_session(row, by=request.user)
    except ValidationError as no:
        _told(request, no)
        return redirect(row)
    say(request, _("The session has been removed."), undo_url=done.undo_url)
    return redirect("needs:sessions")
