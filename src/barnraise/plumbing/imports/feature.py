"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.plumbing.jobs.sockets import ChorePlug, chores, handlers, stages, witnesses
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.ui.sockets import (
    Action,
    Card,
    Described,
    NavigationItem,
    actions,
    cards,
    kinds,
    navigation,
)

from . import jobs, policies, selectors
from .cards import recent
from .mails import Mails
from .models import Import
from .services.absent import ADDED
from .services.following import LISTINGS, restore_listings
from .services.start import CHECK, RUN
from .services.stop import restore, witness
from .short_links import ShortLinks
from .showing import STAGES
from .sockets import nouns

handlers.plug(CHECK, jobs.check_step)
handlers.plug(RUN, jobs.run_step)
witnesses.plug("imports", witness)
for step, words in STAGES.items():
    stages.plug(step, words)
nouns.plug("short_links", ShortLinks())
nouns.plug("mails", Mails())
undoers.plug("imports.import", restore)
undoers.plug(LISTINGS, restore_listings)
chores.plug(
    "imports.line",
    ChorePlug(timedelta(minutes=1), jobs.start_waiting, "Begins imports that wait although none is running."),
)
sentences.plug("imports.given", Sentence(_("{who} gave files for {what}"), icon="upload"))
sentences.plug(
    "imports.ran",
    Sentence(
        ngettext_lazy(
            "{who} took in {what}: {count} record added or changed",
            "{who} took in {what}: {count} records added or changed",
            "count",
        ),
        icon="file-import",
    ),
)
sentences.plug(
    "imports.files_dropped",
    Sentence(
        ngettext_lazy(
            "{who} removed {count} file of an import, as somebody in it was erased",
            "{who} removed {count} files of an import, as somebody in them was erased",
            "count",
        ),
        icon="trash",
    ),
)
sentences.plug(
    ADDED,
    Sentence(
        ngettext_lazy(
            "{who} added {count} thing that the rows of {what} are about",
            "{who} added {count} things that the rows of {what} are about",
            "count",
        ),
        icon="plus",
    ),
)
sentences.plug("imports.cancelled", Sentence(_("{who} cancelled {what}"), icon="player-stop"))


def _titles(keys: Sequence[int]) -> Mapping[int, str]:
    rows = Import.objects.filter(pk__in=list(keys)).prefetch_related("files__file")
    return {row.pk: selectors.titles_of(row) for row in rows}


def _address(key: int) -> str:
    uuid = Import.objects.filter(pk=key).values_list("uuid", flat=True).first()
    try:
        return reverse("imports:one", args=[uuid])
    except NoReverseMatch:
        return ""


kinds.plug("imports.import", Described(_("import"), _titles, _address, policies.may_see, "file-import"))
navigation.plug(
    "imports", NavigationItem(_("Imports"), "imports:list", "who", policies.may_see, "file-import"), order=90
)
actions.plug(
    "imports.start",
    Action(
        _("Take in a file"),
        "imports:start",
        policies.may_import,
        "upload",
        _("import spreadsheet register csv excel upload"),
    ),
)
cards.plug("imports", Card(_("Recent imports"), policies.may_see, "imports/card.html", recent), order=60)
