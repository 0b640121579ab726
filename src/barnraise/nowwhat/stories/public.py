"""What everybody may open: the stories that are public at this moment, and their pictures."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from barnraise.foundation.policy import anyone
from barnraise.plumbing.files.services import served
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.pages import page

from . import facing, selectors
from .models import Story

SHOWN = 30


R = TypeVar("R", bound=HttpResponseBase)


def _fresh(response: R) -> R:
    """Nobody keeps a copy that outlives a consent."""
    response["Cache-Control"] = "no-store"
    return response


def _invited(code: str) -> str:
    """The way to the story in another language, said in that language."""
    with override(code):
        # Translators: the name of your own language stands here.
        return _("Read it in English")


def _language(request: HttpRequest, story: Story) -> str:
    """The one asked for, else the reader's where it is told in it, else its own."""
    for code in (request.GET.get("language", ""), (get_language() or "")[:2]):
        if code in story.languages:
            return code
    return story.language


@page(anyone)
def shelf(request: HttpRequest) -> HttpResponse:
    """The latest public stories."""
    today = timezone.localdate()
    rows = list(selectors.public_stories(today)[:SHOWN])
    pictures = selectors.pictures_by_story([row.pk for row in rows])
    context = {
        "house": installation().network_name,
        "rows": [
            (row, row.told(_language(request, row)), pictures[row.pk][0] if row.pk in pictures else None)
            for row in rows
        ],
    }
    return _fresh(render(request, "stories/shelf.html", context))


@page(anyone)
def read(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One story. One that was public once and is no more says only that (410)."""
    story = Story.objects.filter(uuid=uuid).first()
    if story is None or story.state == Story.State.DRAFT:
        raise Http404
    if not selectors.live(timezone.localdate()).filter(pk=story.pk).exists():
        return _fresh(render(request, "stories/gone.html", {}, status=410))
    code = _language(request, story)
    told, figures = story.told(code), selectors.figures_of(story)
    context = {
        "thing": story,
        "told": told,
        "house": installation().network_name,
        "body": facing.body(told["text"], figures, request.user),
        "figures": facing.ledger(figures, request.user),
        "pictures": selectors.pictures_of(story),
        "others": [(one, _invited(one)) for one in story.languages if one != code],
    }
    return _fresh(render(request, "stories/read.html", context))


@page(anyone)
def picture(request: HttpRequest, uuid: UUID, file: UUID) -> FileResponse:
    """A picture of a story, for as long as the story is public; the team sees those of drafts on the file's own page."""
    story = selectors.live(timezone.localdate()).filter(uuid=uuid).first()
    if story is None:
        raise Http404
    found = next((one for one in selectors.pictures_of(story) if one.uuid == file), None)
    if found is None:
        raise Http404
    return _fresh(served(found, inline=True))
