"""Writing what is asked: settings, words, questions, versions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.tabular import UnreadableFile
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.form_pages import form_page, say_no
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from .. import facing, policies, question_sheets, selectors, services, sheets
from ..forms import AddForm, QuestionFileForm, QuestionForm, SettingsForm, WordsForm
from ..models import Questionnaire, Version
from ..questions import Question


@page(policies.may_edit, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire."""
    form = AddForm(request.POST if request.method == "POST" else None, initial={"is_public": True})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_questionnaire(by=request.user, texts=form.texts(), **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The questionnaire is begun. Add its questions, then publish it."))
            return redirect(made)
    return form_page(request, form, _("New questionnaire"), reverse("questionnaires:list"))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def settings(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Name, address, days, and who may answer."""
    form = SettingsForm(
        request.POST if request.method == "POST" else None, initial=SettingsForm.standing(row)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_questionnaire(row, by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The settings have been changed."))
            return redirect(row)
    return form_page(request, form, _("Settings"), row.get_absolute_url())


def _draft(row: Questionnaire) -> Version:
    draft = selectors.draft_of(row)
    if draft is None:
        raise Http404
    return draft


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def words(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Title, introduction and thanks of the draft."""
    form = WordsForm(request.POST if request.method == "POST" else None, version=_draft(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.write_draft(row, by=request.user, texts=form.texts())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The words have been changed."))
            return redirect(row)
    return form_page(request, form, _("Title, introduction, thanks"), row.get_absolute_url())


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def add_question(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Add a question at the end of the draft."""
    questions = _draft(row).asked()
    form = QuestionForm(request.POST if request.method == "POST" else None, before=questions)
    if request.method == "POST" and form.is_valid():
        made = form.made([one.code for one in questions])
        return _written(request, row, [*questions, made])
    return form_page(request, form, _("Add a question"), row.get_absolute_url())


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def questions_from_file(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Write the questions of a table into the draft: all of them, or none and what to mend."""
    draft = _draft(row)
    form = QuestionFileForm(request.POST, request.FILES) if request.method == "POST" else QuestionFileForm()
    if form.is_bound and form.is_valid():
        upload, is_added = form.cleaned_data["file"], form.cleaned_data["is_added"]
        try:
            with sheets.kept(upload) as path:
                found = question_sheets.read(path, upload.name, installation().default_language)
            done = services.take_questions_in(row, found, by=request.user, is_added=is_added)
        except (ValidationError, sheets.NotRead, UnreadableFile) as no:
            for reason in facing.reasons(no)[:50]:
                form.add_error("file", reason)
        else:
            words = ngettext(
                "%(count)d question was written.", "%(count)d questions were written.", len(found)
            )
            say(request, words % {"count": len(found)}, undo_url=done.undo_url)
            return redirect(row)
    heads = next(question_sheets.question_lines(draft.asked(), installation().default_language))
    intro = _(
        "The first row holds the headings: %(headings)s. Options stand as code = words with semicolons between them. "
        "What is there can be downloaded as such a table."
    ) % {"headings": ", ".join(heads)}
    return form_page(
        request,
        form,
        _("Questions from a table"),
        row.get_absolute_url(),
        intro=intro,
        submit=_("Write them"),
    )


@page(policies.may_see, of=selectors.one)
def questions_csv(request: HttpRequest, row: Questionnaire) -> HttpResponseBase:
    """The questions of the draft, or of what is published, as such a table."""
    version = selectors.draft_of(row) or selectors.published(row)
    if version is None:
        raise Http404
    lines = question_sheets.question_lines(version.asked(), installation().default_language)
    return sheets.download(f"{row.code}-questions-v{version.number}", lines)


def _find(row: Questionnaire, name: str) -> tuple[list[Question], int]:
    questions = _draft(row).asked()
    at = next((at for at, one in enumerate(questions) if one.code == name), None)
    if at is None:
        raise Http404
    return questions, at


def _of(uuid: Any, name: str) -> tuple[Questionnaire, list[Question], int]:
    row = selectors.one(uuid)
    return (row, *_find(row, name))


Place = tuple[Questionnaire, list[Question], int]


@page(policies.may_edit, of=_of, methods=("GET", "POST"))
def change_question(request: HttpRequest, place: Place) -> HttpResponse:
    """Change a question of the draft."""
    row, questions, at = place
    form = QuestionForm(
        request.POST if request.method == "POST" else None, before=questions[:at], question=questions[at]
    )
    if request.method == "POST" and form.is_valid():
        return _written(request, row, [*questions[:at], form.made([]), *questions[at + 1 :]])
    return form_page(request, form, _("Change the question"), row.get_absolute_url())


@page(policies.may_edit, of=_of, methods=("POST",))
def move_question(request: HttpRequest, place: Place) -> HttpResponse:
    """One place up or down."""
    row, questions, at = place
    to = at + (1 if request.POST.get("way") == "down" else -1)
    if 0 <= to < len(questions):
        questions[at], questions[to] = questions[to], questions[at]
        services.write_draft(row, by=request.user, questions=questions)
    return redirect(f"{row.get_absolute_url()}#q-{questions[min(max(to, 0), len(questions) - 1)].code}")


@page(policies.may_edit, of=_of, methods=("POST",))
def remove_question(request: HttpRequest, place: Place) -> HttpResponse:
    """Take a question out of the draft."""
    row, questions, at = place
    return _written(
        request, row, [*questions[:at], *questions[at + 1 :]], _("The question has been removed.")
    )


def _written(
    request: HttpRequest, row: Questionnaire, questions: list[Question], words: str = ""
) -> HttpResponse:
    services.write_draft(row, by=request.user, questions=questions)
    say(request, words or _("The question has been kept."))
    return redirect(row)


@page(policies.may_publish, of=selectors.one, methods=("POST",))
def publish(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Freeze the draft and ask it."""
    try:
        version = services.publish(row, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("Version %(number)d is published.") % {"number": version.number})
    return redirect(row)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def begin_version(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """A draft of the next version."""
    draft = services.begin_version(row, by=request.user)
    say(
        request,
        _("Version %(number)d is begun as a copy. What is published goes on until you publish it.")
        % {"number": draft.number},
    )
    return redirect(row)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def discard_draft(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Drop the draft beside a published version."""
    try:
        services.discard_draft(row, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The draft is discarded."))
    return redirect(row)


@page(policies.may_publish, of=selectors.one, methods=("POST",))
def close(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Take no more answers."""
    services.close(row, by=request.user)
    say(request, _("It is closed. What was answered stays."))
    return redirect(row)


@page(policies.may_publish, of=selectors.one, methods=("POST",))
def reopen(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Take answers again."""
    services.reopen(row, by=request.user)
    say(request, _("Answers are taken again."))
    return redirect(row)


@page(policies.may_publish, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Take away what nobody has answered."""
    try:
        done = services.remove(row, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(row)
    say(request, _("The questionnaire has been removed."), undo_url=done.undo_url)
    return redirect("questionnaires:list")
