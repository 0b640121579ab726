"""What links plug into the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.services import bring_all_back
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.ui import sockets as ui

from . import jobs
from .models import ShortLink
from .policies import may_create, may_see

sentences.plug("links.created", Sentence(_("{who} made the short link {title}"), icon="link"))
sentences.plug("links.changed", Sentence(_("{who} changed the short link {title}"), icon="link"))
sentences.plug("links.ended", Sentence(_("{who} ended the short link {title}"), icon="link"))
sentences.plug("links.removed", Sentence(_("{who} removed the short link {title}"), icon="trash"))
chores.plug(
    "links.forget",
    ChorePlug(
        interval=timedelta(days=1),
        run=jobs.forget,
        doc="Drops the marks of used one-time links that have expired anyway.",
    ),
)


def _titles(keys: Sequence[int]) -> Mapping[int, str]:
    return dict(ShortLink.objects.filter(pk__in=keys).values_list("pk", "title"))


def _url(key: int) -> str:
    link = ShortLink.objects.filter(pk=key).first()
    return reverse("links:show", args=[link.uuid]) if link else reverse("links:index")


ui.kinds.plug(
    "links.shortlink",
    ui.Described(noun=_("short link"), titles=_titles, url=_url, policy=may_see, icon="link"),
)
ui.navigation.plug(
    "links", ui.NavigationItem(_("Short links"), "links:index", "settings", may_see, icon="link"), order=400
)
ui.actions.plug(
    "links.create",
    ui.Action(_("New short link"), "links:create", may_create, icon="link", keywords=_("qr code flyer")),
)
undoers.plug("links.shortlink", bring_all_back)
