"""The team's pages of stories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.sowhat.indicators.models import Observation
from barnraise.who.people.models import Person

from . import facing, policies, selectors, services
from .forms import CiteForm, EndForm, NameForm, StoryForm, TranslationForm
from .models import Story, StoryFigure, StoryPerson

TEMPLATE = "stories/form.html"


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, story: Story) -> HttpResponse:
    """A story: its words, what it rests on, who agreed, and whether everybody may read it."""
    today = timezone.localdate()
    may_edit, may_publish = policies.may_edit(request.user), policies.may_publish(request.user)
    agreements = selectors.agreements_of(story, today)
    is_live = story.state == Story.State.PUBLISHED and not any(one.why for one in agreements)
    action: Any = ""
    if may_publish and story.state != Story.State.PUBLISHED:
        action = button(_("Publish"), href=reverse("stories:publish", args=[story.uuid]), icon="world")
    header = Header(
        title=story.title,
        kind=_("Story"),
        icon="book",
        state=facing.state_badge(story, is_live=is_live),
        owner=str(story.owner) if story.owner else "",
        action=action,
    )
    language = (get_language() or "")[:2]
    figures = selectors.figures_of(story)
    context = {
        "thing": story,
        "header": header,
        "told": [
            {
                "word": facing.language_word(code),
                "code": code,
                "summary": story.told(code)["summary"],
                "title": story.told(code)["title"],
                "body": facing.body(story.told(code)["text"], figures, request.user),
            }
            for code in story.languages
        ],
        "figures": facing.ledger(figures, request.user),
        "agreements": [
            (one, facing.agreement_badge(one, today), facing.wording_of(one, language)) for one in agreements
        ],
        "pictures": selectors.pictures_of(story),
        "about": facing.named(story.cites),
        "is_live": is_live,
        "others": [
            (code, facing.language_word(code)) for code, _word in settings.LANGUAGES if code != story.language
        ],
        "may_edit": may_edit,
        "may_end": policies.may_end(request.user) and story.state == Story.State.PUBLISHED,
        "may_remove": may_publish,
    }
    return render(request, "stories/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, story: Story) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(story)


def _asked(request: HttpRequest, name: str, model: Any) -> Any:
    """The row whose uuid the address names; None without one, or when it is gone."""
    try:
        uuid = UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return model._default_manager.filter(uuid=uuid).first()


@page(policies.may_edit, methods=("GET", "POST"))
def make(request: HttpRequest) -> HttpResponse:
    """Begin a story, with what it tells about or the observation it begins from."""
    observation = _asked(request, "observation", Observation)
    given = request.POST if request.method == "POST" else None
    cites = search.cited_title(request.GET.get("for", ""))
    form = StoryForm(given, actor=request.user, initial={"cites": cites} if cites else {})
    if given is not None:
        made = kept(form, lambda: services.make_story(by=request.user, **form.values()))
        if made is not None:
            if observation is not None and observation.value is not None:
                services.cite(made, by=request.user, observation=observation)
            say(request, _("The story has been begun."))
            return redirect(made)
    return form_page(request, form, _("Tell a story"), reverse("stories:list"), template=TEMPLATE)


def _done(
    request: HttpRequest,
    form: Any,
    write: Callable[[], Any],
    title: str,
    story: Story,
    words: str,
    **more: Any,
) -> HttpResponse:
    """Show the form, or do what it asks and lead back."""
    if request.method == "POST" and kept(form, write) is not None:
        say(request, words)
        return redirect(story)
    return form_page(request, form, title, story.get_absolute_url(), template=TEMPLATE, thing=story, **more)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, story: Story) -> HttpResponse:
    """Change what it says."""
    given = request.POST if request.method == "POST" else None
    form = StoryForm(given, actor=request.user, story=story)
    guard(form, story.updated_at)

    def write() -> Any:
        return services.change_story(story, by=request.user, **form.values())

    return _done(request, form, write, _("Change the story"), story, _("The story has been changed."))


def _in_language(uuid: UUID, code: str) -> tuple[Story, str]:
    story = selectors.one(uuid)
    if code not in dict(settings.LANGUAGES) or code == story.language:
        raise Http404
    return story, code


@page(policies.may_edit, of=_in_language, methods=("GET", "POST"))
def translate(request: HttpRequest, asked: tuple[Story, str]) -> HttpResponse:
    """Tell it in a further language."""
    story, code = asked
    given = request.POST if request.method == "POST" else None
    form = TranslationForm(given, initial=story.texts.get(code, {}))

    def write() -> Any:
        return services.translate_story(story, by=request.user, language=code, **form.cleaned_data)

    title = _("Tell it in %(language)s") % {"language": facing.language_word(code)}
    return _done(request, form, write, title, story, _("The story has been changed."), original=story)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def cite(request: HttpRequest, story: Story) -> HttpResponse:
    """Cite a figure."""
    observation = _asked(request, "observation", Observation)
    initial = (
        {"figure": observation.indicator.name, "on": observation.begins_on} if observation is not None else {}
    )
    form = CiteForm(request.POST if request.method == "POST" else None, initial=initial)

    def write() -> Any:
        return services.cite(story, by=request.user, **form.values())

    return _done(request, form, write, _("Cite a figure"), story, _("The story cites the figure now."))


@page(policies.may_edit, of=selectors.one_figure, methods=("POST",))
def uncite(request: HttpRequest, figure: StoryFigure) -> HttpResponse:
    """It is cited no more."""
    try:
        services.uncite(figure, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The figure is cited no more."))
    return redirect(figure.story)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def name(request: HttpRequest, story: Story) -> HttpResponse:
    """Say whom it names or shows."""
    person = _asked(request, "person", Person)
    form = NameForm(
        request.POST if request.method == "POST" else None,
        initial={"person": str(person)} if person is not None else {},
    )

    def write() -> Any:
        return services.name_person(story, by=request.user, **form.values())

    return _done(
        request,
        form,
        write,
        _("Somebody in the story"),
        story,
        _("The story is public only while they agree."),
        lacks_purpose=not form.purposes,
    )


@page(policies.may_edit, of=selectors.one_person, methods=("GET", "POST"))
def unname(request: HttpRequest, named: StoryPerson) -> HttpResponse:
    """They are in it no more, after asking."""
    if request.method == "POST":
        services.unname_person(named, by=request.user)
        say(request, _("They are in the story no more."))
        return redirect(named.story)
    context = {
        "title": _("No longer in the story"),
        "thing": named.story,
        "cancel_url": named.story.get_absolute_url(),
        "submit": _("Take them out"),
        "danger": True,
        "intro": _(
            "Take their name out of the text and their pictures away first: their consent is asked no more."
        ),
    }
    return render(request, TEMPLATE, context)


@page(policies.may_publish, of=selectors.one, methods=("GET", "POST"))
def publish(request: HttpRequest, story: Story) -> HttpResponse:
    """Show what hinders it, or make it public."""
    refused = None
    if request.method == "POST":
        try:
            services.publish_story(story, by=request.user)
        except ValidationError as no:
            refused = no
        else:
            say(request, _("The story is public."))
            return redirect(story)
    context = {
        "title": _("Publish the story"),
        "thing": story,
        "cancel_url": story.get_absolute_url(),
        "submit": _("Publish"),
        "reasons": refused.messages if refused else [],
        "intro": _(
            "Everybody can read it from now on, also in newsletters and posts that point to it. It goes by itself in the moment in "
            "which the consent of somebody in it ends or is taken back."
        ),
    }
    return render(request, TEMPLATE, context, status=422 if refused else 200)


@page(policies.may_end, of=selectors.one, methods=("GET", "POST"))
def end(request: HttpRequest, story: Story) -> HttpResponse:
    """Take it back from the public."""
    form = EndForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        return services.end_story(story, by=request.user, note=form.cleaned_data["note"])

    return _done(request, form, write, _("Take the story back"), story, _("The story is no longer public."))


@page(policies.may_publish, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, story: Story) -> HttpResponse:
    """Take it away for good, after asking."""
    if request.method == "POST":
        services.remove_story(story, by=request.user)
        say(request, _("The story has been removed."))
        return redirect("stories:list")
    context = {
        "title": _("Remove the story"),
        "thing": story,
        "cancel_url": story.get_absolute_url(),
        "danger": True,
        "submit": _("Remove it"),
        "intro": _(
            "It does not come back, nor do its pictures. One that may be told again is better taken back."
        ),
    }
    return render(request, TEMPLATE, context)
