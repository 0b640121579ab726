"""The team's pages of comments, themes and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.jobs import services as jobs
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import acted, form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services, topics
from .forms import AnswerForm, ChangeThemeForm, NameForm, NoteForm, ReasonForm, ThemeForm, ThemesForm
from .models import Answer, Comment, Suggestion, Theme
from .services.starting import HANDLER

TEMPLATE = "feedback/form.html"
MOST = 100


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, comment: Comment) -> HttpResponse:
    """A comment: its words, where they stand, what they are about, what was answered."""
    action: Any = ""
    if comment.state == Comment.State.WAITING:
        address = f"{reverse('feedback:write_answer')}?comment={comment.uuid}"
        action = button(_("Answer it"), href=address, icon="message-reply")
    header = Header(
        title=str(comment), kind=_("Comment"), icon="message", state=facing.state_badge(comment), action=action
    )  # fmt: skip
    context = {
        "thing": comment,
        "header": header,
        "tone": facing.tone_badge(comment),
        "channel": facing.channel_word(comment),
        "source": facing.named(comment.source),
        "said_by": facing.named(comment.said_by),
        "themes": [mark.theme for mark in comment.marks.all()],
        "is_typed": comment.channel == selectors.TYPED,
        "may_remove": policies.may_remove(request.user),
    }
    return render(request, "feedback/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, comment: Comment) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(comment)


@page(policies.may_edit, methods=("GET", "POST"))
def note(request: HttpRequest) -> HttpResponse:
    """Note what somebody said, at an event too."""
    said_at = request.GET.get("for", "")
    title = search.cited_title(said_at) if said_at.startswith("events.event:") else ""
    form = NoteForm(
        request.POST if request.method == "POST" else None, initial={"said_on": timezone.localdate()}
    )
    if request.method == "POST":
        source = said_at if title else ""
        made = kept(
            form, lambda: services.note_comment(by=request.user, source=source, **form.cleaned_data)
        )  # fmt: skip
        if made is not None:
            say(request, _("The comment has been noted."))
            return redirect(made)
    heading = _("Note a comment")
    return form_page(request, form, heading, reverse("feedback:list"), template=TEMPLATE, thing=title)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def set_themes(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Say what it is about."""
    form = ThemesForm(request.POST if request.method == "POST" else None, comment=comment)

    def write() -> Any:
        themes = list(form.cleaned_data["themes"])
        if form.cleaned_data["new"]:
            named = selectors.theme_named(form.cleaned_data["new"])
            themes.append(named or services.add_theme(by=request.user, name=form.cleaned_data["new"]))
        return services.set_themes(comment, themes, by=request.user)

    return _done(request, form, write, _("What it is about"), comment, _("The themes have been kept."))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def set_aside(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Nobody answers it, and why."""
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        return services.set_aside(comment, by=request.user, **form.cleaned_data)

    return _done(request, form, write, _("Set the comment aside"), comment, _("It was set aside."), undo=True)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def wait_again(request: HttpRequest, comment: Comment) -> HttpResponse:
    """It waits for an answer again."""
    return acted(
        request, lambda: services.wait_again(comment, by=request.user), _("It waits again."), comment
    )


@page(policies.may_remove, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Take away one that was typed by mistake."""
    try:
        services.remove_comment(comment, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(comment)
    say(request, _("The comment has been removed."))
    return redirect("feedback:list")


@page(policies.may_see, of=selectors.one_theme)
def theme(request: HttpRequest, theme: Theme) -> HttpResponse:
    """A theme, with its latest comments."""
    address = f"{reverse('feedback:write_answer')}?theme={theme.uuid}"
    header = Header(
        title=theme.name,
        kind=_("Theme"),
        icon="tags",
        action=button(_("Answer those that wait"), href=address, icon="message-reply"),
    )
    rows = selectors.listed().filter(marks__theme=theme).order_by("-said_on", "-pk")[:20]
    context = {
        "thing": theme,
        "header": header,
        "rows": [(row, facing.state_badge(row)) for row in rows],
        "many": getattr(theme, "comment_count", 0),
        "may_remove": policies.may_remove(request.user),
    }
    return render(request, "feedback/theme.html", context)


@page(policies.may_edit, methods=("GET", "POST"))
def add_theme(request: HttpRequest) -> HttpResponse:
    """Add a theme."""
    form = ThemeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = kept(form, lambda: services.add_theme(by=request.user, **form.cleaned_data))
        if made is not None:
            say(request, _("The theme has been added."))
            return redirect("feedback:theme", uuid=made.uuid)
    return form_page(request, form, _("Add a theme"), reverse("feedback:themes"), template=TEMPLATE)


@page(policies.may_edit, of=selectors.one_theme, methods=("GET", "POST"))
def change_theme(request: HttpRequest, theme: Theme) -> HttpResponse:
    """Change it, or end it."""
    form = ChangeThemeForm(request.POST if request.method == "POST" else None, theme=theme)
    guard(form, theme.updated_at)
    target = reverse("feedback:theme", args=[theme.uuid])
    if request.method == "POST":
        done = kept(form, lambda: services.change_theme(theme, by=request.user, **form.cleaned_data))
        if done is not None:
            say(request, _("The theme has been changed."))
            return redirect(target)
    return form_page(request, form, _("Change the theme"), target, template=TEMPLATE, thing=theme)


@page(policies.may_remove, of=selectors.one_theme, methods=("POST",))
def remove_theme(request: HttpRequest, theme: Theme) -> HttpResponse:
    """Take it away; comments stay."""
    services.remove_theme(theme, by=request.user)
    say(request, _("The theme has been removed."))
    return redirect("feedback:themes")


@page(policies.may_see)
def suggested(request: HttpRequest) -> HttpResponse:
    """Themes suggested from the words of comments that are about nothing yet."""
    found = selectors.suggestions()
    shown = Comment.objects.in_bulk([key for one in found for key in list(one.keys)[:3]])
    header = Header(title=_("Suggested themes"), kind=_("Feedback"), icon="wand")
    context = {
        "header": header,
        "rows": [
            (one, len(one.keys), [shown[key] for key in list(one.keys)[:3] if key in shown]) for one in found
        ],
        "method": found[0].method if found else "",
        "made_at": found[0].made_at if found else None,
        "is_enough": Comment.objects.filter(marks__isnull=True).count() >= topics.ENOUGH,
    }
    return render(request, "feedback/suggested.html", context)


@page(policies.may_edit, methods=("POST",))
def suggest(request: HttpRequest) -> HttpResponse:
    """Make suggestions anew, in the background."""
    jobs.start(handler=HANDLER, title=_("Suggest themes"), by=request.user)
    say(request, _("Themes are being looked for. Load the page again in a moment."))
    return redirect("feedback:suggested")


def _suggestion(uuid: UUID) -> Suggestion:
    return Suggestion.objects.get(uuid=uuid)


@page(policies.may_edit, of=_suggestion, methods=("GET", "POST"))
def take_suggestion(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Make it a theme."""
    begun = {"name": ", ".join(list(suggestion.terms)[:3])}
    form = NameForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST":
        made = kept(form, lambda: services.take_suggestion(suggestion, by=request.user, **form.cleaned_data))
        if made is not None:
            say(request, _("The suggestion has become a theme."))
            return redirect("feedback:theme", uuid=made.uuid)
    return form_page(request, form, _("Make it a theme"), reverse("feedback:suggested"), template=TEMPLATE)


@page(policies.may_see, of=selectors.one_answer)
def answer(request: HttpRequest, answer: Answer) -> HttpResponse:
    """You said, we did: the words, the comments it answers, whether it is public."""
    header = Header(
        title=answer.you_said, kind=_("You said, we did"), icon="message-reply", state=facing.answer_badge(answer)
    )  # fmt: skip
    rows = selectors.listed().filter(answer=answer).order_by("-said_on", "-pk")[:MOST]
    context = {
        "thing": answer,
        "header": header,
        "rows": rows,
        "many": getattr(answer, "comment_count", 0),
        "done": facing.named(answer.cites),
        "may_publish": policies.may_publish(request.user),
        "may_edit": policies.may_edit(request.user),
    }
    return render(request, "feedback/answer.html", context)


@page(policies.may_see, of=selectors.one_answer_by_key)
def answer_by_key(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The address that Trace knows leads to the page."""
    return redirect(answer)


def _asked(request: HttpRequest) -> list[Comment]:
    """The comments that the address wants answered: one, or those of a theme that wait."""
    try:
        if uuid := request.GET.get("comment"):
            return list(Comment.objects.filter(uuid=UUID(uuid)))
        if uuid := request.GET.get("theme"):
            rows = Comment.objects.filter(marks__theme__uuid=UUID(uuid), state=Comment.State.WAITING)
            return list(rows.order_by("pk"))
    except ValueError:
        pass
    return []


@page(policies.may_edit, methods=("GET", "POST"))
def write_answer(request: HttpRequest) -> HttpResponse:
    """Write an answer to a comment, or to all of a theme that wait."""
    comments = _asked(request)
    form = AnswerForm(request.POST if request.method == "POST" else None, actor=request.user)
    if request.method == "POST":
        made = kept(
            form,
            lambda: services.write_answer(by=request.user, comments=comments, **form.cleaned_data),
        )
        if made is not None:
            say(request, _("The answer has been kept. Publish it when it may be read by everybody."))
            return redirect(made)
    cancel = comments[0].get_absolute_url() if len(comments) == 1 else reverse("feedback:answers")
    return form_page(request, form, _("Write an answer"), cancel, template=TEMPLATE)


@page(policies.may_edit, of=selectors.one_answer, methods=("GET", "POST"))
def change_answer(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Change its words."""
    form = AnswerForm(request.POST if request.method == "POST" else None, actor=request.user, answer=answer)
    guard(form, answer.updated_at)

    def write() -> Any:
        return services.change_answer(answer, by=request.user, **form.cleaned_data)

    return _done(request, form, write, _("Change the answer"), answer, _("The answer has been changed."))


@page(policies.may_publish, of=selectors.one_answer, methods=("POST",))
def publish(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Everybody may read it."""
    return acted(
        request, lambda: services.publish(answer, by=request.user), _("It is public now."), answer
    )  # fmt: skip


@page(policies.may_publish, of=selectors.one_answer, methods=("GET", "POST"))
def withdraw(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Nobody outside reads it any more."""
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        return services.withdraw(answer, by=request.user, **form.cleaned_data)

    return _done(request, form, write, _("Withdraw the answer"), answer, _("It is public no more."))


@page(policies.may_publish, of=selectors.one_answer, methods=("POST",))
def remove_answer(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Take a draft away."""
    try:
        services.remove_answer(answer, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(answer)
    say(request, _("The answer has been removed."))
    return redirect("feedback:answers")


def _done(
    request: HttpRequest,
    form: Any,
    write: Callable[[], Any],
    title: str,
    thing: Any,
    words: str,
    *,
    undo: bool = False,
) -> HttpResponse:
    done = kept(form, write) if request.method == "POST" else None
    if done is not None:
        say(request, words, undo_url=reverse("journal:undo", kwargs={"key": done.pk}) if undo else "")
        return redirect(thing)
    return form_page(request, form, title, thing.get_absolute_url(), template=TEMPLATE, thing=thing)
