"""Panels of an object's page and cards of Today: what is plugged, as this reader gets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString

from barnraise.foundation.policy import Policy
from barnraise.foundation.registry import Socket

from .pages import View, page
from .sockets import Card, Panel


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel with its context, drawn by `{% panel shown %}`; one with an `address` is fetched from there when it is seen."""

    title: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    has_timeline: bool = False
    name: str = ""
    address: str = ""


def shown_panels(plugged: Socket[Panel], *, actor: Any, thing: Any, pages: str = "") -> list[Shown]:
    """The panels of a thing that this actor may see and that have something to show, in the socket's order.

    `pages` names the URL of a `panel_page` with the arguments uuid and panel: panels that come later are then only announced.
    """
    found = []
    offered = [(key, panel) for key, panel in plugged.items() if panel.policy(actor, thing)]
    later = {key: panel for key, panel in offered if pages and panel.is_later}
    there = _there(later, actor, thing) if later else frozenset()
    for key, panel in offered:
        if key in later:
            if key in there:
                address = reverse(pages, kwargs={"uuid": thing.uuid, "panel": key})
                found.append(Shown(panel.title, panel.template, name=key, address=address))
            continue
        context = panel.select(actor, thing)
        if context is not None:
            found.append(
                Shown(panel.title, panel.template, context, panel.place, panel.has_timeline, name=key)
            )
    return found


def _there(later: Mapping[str, Panel], actor: Any, thing: Any) -> frozenset[str]:
    """Those of these panels that have something to show."""
    wanted = {
        key: panel for key, panel in later.items() if panel.applies is None or panel.applies(actor, thing)
    }
    asked = [(key, panel.held_by) for key, panel in wanted.items() if panel.held_by]
    found = {key for key, panel in wanted.items() if not panel.held_by}
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(
                _question(tuple(keys for _key, keys in asked)),
                [thing.pk] * sum(len(keys) for _key, keys in asked),
            )
            answers = cursor.fetchone()
        found |= {key for (key, _keys), is_there in zip(asked, answers, strict=True) if is_there}
    return frozenset(found)


@cache
def _question(asked: tuple[tuple[tuple[str, str], ...], ...]) -> str:
    """One question with an answer for each: is there a row by whose foreign keys it is held?"""
    return "SELECT " + ", ".join(" OR ".join(_exists(*key) for key in keys) for keys in asked)


def _exists(label: str, name: str) -> str:
    model = apps.get_model(label)
    column = model._meta.get_field(name).get_attname_column()[1]
    quoted = connection.ops.quote_name
    # names of tables and columns come from the models themselves
    return f"EXISTS(SELECT 1 FROM {quoted(model._meta.db_table)} WHERE {quoted(column)} = %s)"  # noqa: S608


@dataclass(frozen=True, slots=True)
class _Asked:
    """The thing and the panel of it that an address names."""

    thing: Any
    panel: Panel
    name: str


def panel_page(
    plugged: Socket[Panel], policy: Policy, *, of: Callable[..., Any], template: str = "ui/panel.html"
) -> View:
    """The page of one panel of a thing that comes later: whole for who follows its link, the bare panel for a page that fetches it.

    `of` is the selector of the thing by the URL's other arguments; the URL's argument `panel` is the name of the plug.
    Nothing to show is 204 for the page that fetches, so that it takes the place away.
    """

    def named(*, panel: str, **kwargs: Any) -> _Asked:
        found = plugged.find(panel)
        if found is None or not found.is_later:
            raise Http404
        return _Asked(of(**kwargs), found, panel)

    def may_see(actor: Any, asked: _Asked) -> bool:
        return policy(actor, asked.thing) and asked.panel.policy(actor, asked.thing)

    @page(may_see, of=named)
    def one(request: HttpRequest, asked: _Asked) -> HttpResponse:
        """One panel."""
        context = asked.panel.select(request.user, asked.thing)
        is_part = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
        response = HttpResponse(status=204)
        if context is not None or not is_part:
            shown = Shown(asked.panel.title, asked.panel.template, context or {}, name=asked.name)
            known = {"thing": asked.thing, "shown": shown, "is_empty": context is None}
            response = render(request, "ui/panel_part.html" if is_part else template, known)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return one


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card of Today as it stands there."""

    name: str
    title: Any
    html: SafeString


LINES = 30
"""So many lines of cards stand in one part of Today; the card that reaches it is whole."""


def shown_cards(
    plugged: Socket[Card], request: HttpRequest, *, now: datetime, after: str = "", lines: int = LINES
) -> tuple[list[Drawn], str]:
    """The next cards of Today for this reader, in the socket's order, until they hold so many lines.

    `after` names the last card that was shown before; an unknown one is none. Also the name after which the rest begins,
    empty when no card is left that this reader may see.
    """
    offered = [(name, card) for name, card in plugged.items() if card.policy(request.user, None)]
    names = [name for name, _card in offered]
    begin = names.index(after) + 1 if after in names else 0
    found, many = [], 0
    for place, (name, card) in enumerate(offered[begin:], begin + 1):
        context = card.select(request.user, now)
        if context is None:
            continue
        html = render_to_string(card.template, {"now": now, **context}, request)
        found.append(Drawn(name, card.title, html))
        many += card.lines(context)
        if many >= lines:
            return found, name if place < len(offered) else ""
    return found, ""
