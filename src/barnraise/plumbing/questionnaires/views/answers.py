"""What came in: the page of a questionnaire, its results, its responses, forms typed in or taken from a file."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.refs import Ref
from barnraise.foundation.tabular import UnreadableFile
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.links import services as link_services
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, say_no
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from .. import facing, policies, selectors, services, sheets, shown
from ..forms import FileForm, LinkForm, ShortForm, TypedForm
from ..models import Questionnaire, Response, Version
from ..services.respond import AnsweredAlready

WRITTEN = 30
"""So many answers in words stand on the page of results, the latest first."""


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """What is asked, and where it stands."""
    versions = selectors.versions_of(row)
    draft = next((each for each in versions if each.published_at is None), None)
    published = next((each for each in versions if each.published_at is not None), None)
    version = draft or published or versions[0]
    state = selectors.state_of(row, published, timezone.localdate())
    questions = version.asked()
    may_edit, may_publish = policies.may_edit(request.user), policies.may_publish(request.user)
    context = {
        "thing": row,
        "header": Header(
            title=row.name,
            kind=_("Questionnaire"),
            icon="clipboard-list",
            state=shown.state_badge(state),
            action=_main_action(row, published),
        ),
        "responses_url": shown.responses_of(row),
        "version": version,
        "draft": draft,
        "published": published,
        "state": state,
        "title": version.text("title", *shown.tongue()),
        "intro": version.text("intro", *shown.tongue()),
        "questions": [
            {
                **field,
                "word": shown.KINDS[field["kind"]],
                "labels": [label for _code, label, _is in field["boxes"]],
            }
            for field in shown.fields(questions)
        ],
        "many": selectors.responses_of([row])[row.pk],
        "ways": facing.ways(row),
        "address": facing.public_address(row),
        "short": facing.short_links(row),
        "may_edit": may_edit,
        "may_publish": may_publish,
        "may_answer": policies.may_answer(request.user) and published is not None,
        "may_read": policies.may_read_answers(request.user),
        "versions": versions,
    }
    return render(request, "questionnaires/one.html", context)


def _main_action(row: Questionnaire, published: Version | None) -> Any:
    if published is None:
        return ""
    return button(_("Results"), href=reverse("questionnaires:results", args=[row.uuid]), icon="chart-bar")


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(row)


@page(policies.may_see, of=selectors.one)
def preview(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """How the draft, or what is published, looks to those who answer."""
    version = selectors.draft_of(row) or selectors.published(row)
    if version is None:
        raise Http404
    context = {
        "thing": row,
        "title": version.text("title", *shown.tongue()),
        "intro": version.text("intro", *shown.tongue()),
        "fields": shown.fields(version.asked()),
    }
    return render(request, "questionnaires/preview.html", context)


def _version(request: HttpRequest, row: Questionnaire) -> Version:
    versions = selectors.published_versions(row)
    wanted = request.GET.get("version", "")
    found = [each for each in versions if str(each.number) == wanted] if wanted else versions
    if not found:
        raise Http404
    return found[0]


def _threshold(request: HttpRequest, row: Questionnaire) -> int:
    """0 where somebody who may read the answers asks for all numbers."""
    if "all" in request.GET and policies.may_read_answers(request.user):
        return 0
    return facing.threshold(row)


@page(policies.may_see, of=selectors.one)
def results(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """What came of every question."""
    versions = selectors.published_versions(row)
    if not versions:
        return redirect(row)
    version, threshold = _version(request, row), _threshold(request, row)
    may_read = policies.may_read_answers(request.user)
    found = [
        shown.result(outcome, version, may_read=may_read)
        for outcome in selectors.outcomes(version, threshold)
    ]
    for each in found:
        question = each["outcome"].question
        if may_read and question.kind == "text":
            each["texts"] = selectors.written_answers(version, question.code, WRITTEN)
            each["is_more"] = len(each["texts"]) == WRITTEN
    context = {
        "thing": row,
        "version": version,
        "versions": versions,
        "results": found,
        "many": found[0]["outcome"].responses if found else 0,
        "threshold": facing.threshold(row),
        "is_all": threshold == 0,
        "may_read": may_read,
        "rows_url": f"{reverse('questionnaires:responses')}?answer={version.pk}",
    }
    return render(request, "questionnaires/results.html", context)


@page(policies.may_see, of=selectors.one)
def results_csv(request: HttpRequest, row: Questionnaire) -> HttpResponseBase:
    """The results as a table, with the same numbers hidden as on the page."""
    version = _version(request, row)
    found = selectors.outcomes(version, _threshold(request, row))
    return sheets.download(f"{row.code}-results-v{version.number}", facing.result_lines(found))


@page(policies.may_read_answers, of=selectors.one)
def answers_csv(request: HttpRequest, row: Questionnaire) -> HttpResponseBase:
    """Every response of a version as a line."""
    version = _version(request, row)
    return sheets.download(f"{row.code}-answers-v{version.number}", sheets.answer_lines(version))


@page(policies.may_read_answers, of=selectors.one_response)
def response(request: HttpRequest, row: Response) -> HttpResponse:
    """What one respondent answered."""
    answers = selectors.answers_of([row])[row.pk]
    who = selectors.who_answered([row]).get(row.respondent, "")
    context = {
        "thing": row,
        "who": who,
        "who_url": facing.address_of(row.respondent) if who else "",
        "lines": [
            (shown.question_text(each), shown.answer_words(each, answers.get(each.code, ())))
            for each in row.version.asked()
        ],
        "may_remove": policies.may_publish(request.user),
    }
    return render(request, "questionnaires/response.html", context)


@page(policies.may_read_answers, of=selectors.one_response_by_key)
def response_by_key(request: HttpRequest, row: Response) -> HttpResponse:
    """The address that timelines know leads to the page."""
    return redirect(row)


@page(policies.may_publish, of=selectors.one_response, methods=("POST",))
def remove_response(request: HttpRequest, row: Response) -> HttpResponse:
    """Take one response away."""
    done = services.remove_response(row, by=request.user)
    say(
        request,
        _("The response has been taken away."),
        undo_url=reverse("journal:undo", kwargs={"key": done.pk}),
    )
    return redirect(row.questionnaire)


@page(policies.may_answer, of=selectors.one, methods=("GET", "POST"))
def type_in(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Type in what somebody filled in on paper or said on the phone."""
    version = selectors.published(row)
    if version is None:
        raise Http404
    form = TypedForm(
        request.POST if request.method == "POST" else None, initial={"answered_on": timezone.localdate()}
    )
    given: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        given = shown.filled(request.POST, version.asked())
        wrong = _typed(request, row, version, form, given)
        if not wrong and not form.errors:
            say(request, _("The answers are kept."))
            return redirect("questionnaires:type_in", uuid=row.uuid)
    context = {
        "thing": row,
        "form": form,
        "fields": shown.fields(version.asked(), given, wrong),
        "wrong": wrong,
        "many": selectors.responses_of([row])[row.pk],
    }
    return render(
        request, "questionnaires/type_in.html", context, status=422 if wrong or form.errors else 200
    )


def _typed(
    request: HttpRequest, row: Questionnaire, version: Version, form: TypedForm, given: dict[str, list[str]]
) -> dict[str, str]:
    """Keep what was typed in; the reasons by question when it needs mending."""
    if not form.is_valid():
        return {}
    text = form.cleaned_data["who"].strip()
    who = selectors.find_respondent(text) if text else None
    if isinstance(who, str):
        form.add_error("who", who)
        return {}
    day = form.cleaned_data["answered_on"]
    now = timezone.now()
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    try:
        services.respond(
            row,
            version=version,
            given=given,
            way=Response.Way.TYPED,
            by=request.user,
            respondent=who,
            answered_at=now if day == timezone.localdate(now) else noon,
        )
    except AnsweredAlready:
        form.add_error("who", _("They have answered this questionnaire already."))
    except ValidationError as no:
        return {name: str(reasons[0]) for name, reasons in no.message_dict.items()}
    return {}


@page(policies.may_answer, of=selectors.one, methods=("GET", "POST"))
def take_in(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """Take in a table of filled forms: all of it, or nothing and the rows to mend."""
    version = selectors.published(row)
    if version is None:
        raise Http404
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        try:
            taken, known, done = _taken(request, row, version, form)
        except (ValidationError, sheets.NotRead, UnreadableFile) as no:
            for reason in facing.reasons(no)[:50]:
                form.add_error("file", reason)
        else:
            more = _("%(known)d were here already.") % {"known": known} if known else ""
            if form.cleaned_data["is_dry"]:
                words = ngettext(
                    "%(count)d response would be taken in, and nothing has to be mended.",
                    "%(count)d responses would be taken in, and nothing has to be mended.",
                    taken,
                )
                say(request, f"{words % {'count': taken}} {more}".strip())
                return redirect("questionnaires:take_in", uuid=row.uuid)
            words = ngettext("%(count)d response was taken in.", "%(count)d responses were taken in.", taken)
            undo = done.undo_url if done is not None else ""
            say(request, f"{words % {'count': taken}} {more}".strip(), undo_url=undo)
            return redirect(row)
    intro = _(
        "One row for each filled form. The headings are the codes of the questions, or the questions: %(codes)s."
    ) % {"codes": ", ".join(["answered", "who", *(each.code for each in version.asked())])}
    return form_page(
        request,
        form,
        _("Take in filled forms"),
        row.get_absolute_url(),
        intro=intro,
        submit=_("Take them in"),
    )


def _taken(
    request: HttpRequest, row: Questionnaire, version: Version, form: FileForm
) -> tuple[int, int, ChangeSet | None]:
    upload, is_dry = form.cleaned_data["file"], form.cleaned_data["is_dry"]
    with sheets.kept(upload) as path:
        rows = sheets.read(path, upload.name, version)
    return services.take_in(row, rows, version=version, by=request.user, is_dry=is_dry)


@page(policies.may_answer, of=selectors.one, methods=("GET", "POST"))
def link(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """A personal link for somebody in the directory; it works once."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    address, who = "", ""
    if form.is_bound and form.is_valid():
        found = selectors.find_respondent(form.cleaned_data["who"].strip())
        if isinstance(found, str):
            form.add_error("who", found)
        elif selectors.published(row) is None:
            form.add_error(None, _("Publish it first."))
        else:
            address, who = facing.personal_address(row, found), _title(found)
    context = {
        "thing": row,
        "form": form,
        "address": address,
        "who": who,
        "days": facing.LINK_DAYS.days,
    }
    return render(request, "questionnaires/link.html", context, status=422 if form.errors else 200)


def _title(ref: Ref) -> str:
    from barnraise.plumbing.ui.sockets import kinds

    described = kinds.find(ref.kind)
    return str(described.titles([ref.id]).get(ref.id, "")) if described else ""


@page(policies.may_answer, of=selectors.one, methods=("GET", "POST"))
def short_link(request: HttpRequest, row: Questionnaire) -> HttpResponse:
    """A short link with a QR code that leads to the public page."""
    form = ShortForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = link_services.create(
                title=row.name,
                target=reverse("questionnaires:public", args=[row.code]),
                channels=form.cleaned_data["channels"].split(","),
                by=request.user,
            )
        except ValidationError as no:
            say_no(request, no)
        else:
            return redirect("links:show", uuid=made.uuid)
    intro = _(
        "For flyers, posts and newsletters: short enough to type, with a QR code, and it counts visits by place."
    )
    return form_page(
        request,
        form,
        _("Short link to this questionnaire"),
        row.get_absolute_url(),
        intro=intro,
        submit=_("Make the link"),
    )
