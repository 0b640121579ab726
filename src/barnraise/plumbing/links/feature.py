"""What links plug into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui

from . import jobs
from .models import ShortLink
from .policies import may_create, may_see
from .selectors import CITED, KIND, cited, citing, titles
from .services import restore

sentences.plug("links.created", Sentence(_("{who} made the short link {title}"), icon="link"))
sentences.plug("links.changed", Sentence(_("{who} changed the short link {title}"), icon="link"))
sentences.plug("links.ended", Sentence(_("{who} ended the short link {title}"), icon="link"))
sentences.plug(
    "links.sample_added",
    Sentence(
        ngettext_lazy(
            "{who} added {count} short link of the sample town",
            "{who} added {count} short links of the sample town",
            "count",
        ),
        icon="link",
    ),
)
sentences.plug(
    "links.sample_removed",
    Sentence(
        ngettext_lazy(
            "{who} removed {count} short link of the sample town",
            "{who} removed {count} short links of the sample town",
            "count",
        ),
        icon="link",
    ),
)
sentences.plug("links.removed", Sentence(_("{who} removed the short link {title}"), icon="trash"))
chores.plug(
    "links.forget",
    ChorePlug(
        interval=timedelta(days=1),
        run=jobs.forget,
        doc="Drops the marks of used one-time links that have expired anyway.",
    ),
)


def _url(key: int) -> str:
    return reverse("links:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = ShortLink.objects.filter(pk__in=list(keys))
    return (
        Document(
            row.pk,
            row.title,
            f"{row.target} {' '.join(row.channels)}",
            visibility="team",
            identifiers=[row.code],
        )
        for row in rows
    )


ui.kinds.plug(
    KIND,
    ui.Described(noun=_("short link"), titles=titles, url=_url, policy=may_see, icon="link"),
)
ui.navigation.plug(
    "links", ui.NavigationItem(_("Short links"), "links:index", "settings", may_see, icon="link"), order=400
)
ui.actions.plug(
    "links.create",
    ui.Action(_("New short link"), "links:create", may_create, icon="link", keywords=_("qr code flyer")),
)
undoers.plug(KIND, restore)
documents.plug(KIND, Documents(_("Short links"), _documents, may_see))
ui.threads.plug(KIND, ui.Thread(upstream=cited))
for _kind in CITED:
    ui.threads.plug(f"{_kind}@links", ui.Thread(downstream=citing))
    ui.starts.plug(
        f"{_kind}@links",
        ui.Start(_("Make a short link"), lambda ref: f"{reverse('links:create')}?cites={ref}", may_create),
    )
