"""What the journal plugs into the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import ChorePlug, chores, handlers, witnesses
from barnraise.plumbing.ui import sockets as ui
from barnraise.plumbing.ui.lists.sockets import bulk_runner

from . import jobs, selectors
from .models import ChangeSet
from .policies import may_see
from .services import MENTIONS, record, restore_mentions, run_bulk
from .services.bulk import BULK, PLAIN_VERB
from .services.undo import HANDLER, NO_UNDOER, TOUCHED
from .sockets import Sentence, kept_words, sentences, undoers

sentences.plug(
    "journal.undone",
    Sentence(
        ngettext_lazy("{who} undid {count} change", "{who} undid {count} changes", "count"),
        icon="arrow-back-up",
    ),
)
sentences.plug(
    PLAIN_VERB,
    Sentence(
        ngettext_lazy(
            "{who} changed {count} record in one go", "{who} changed {count} records in one go", "count"
        ),
        icon="checks",
    ),
)
sentences.plug("jobs.cancelled", Sentence(_("{who} stopped the work “{title}”"), icon="player-stop"))
sentences.plug("jobs.retried", Sentence(_("{who} started the work “{title}” again"), icon="refresh"))
kept_words.plug(TOUCHED, _("Changed by somebody since."))
kept_words.plug(NO_UNDOER, _("Things of this kind cannot be taken back."))

undoers.plug(MENTIONS, restore_mentions)
handlers.plug(HANDLER, jobs.undo_step)
handlers.plug(BULK, jobs.bulk_step)
bulk_runner.plug("journal", run_bulk)
chores.plug(
    "journal.purge",
    ChorePlug(
        timedelta(hours=6), jobs.purge, "Removes the undo store of changes older than their undo time."
    ),
)


def _witness(job: Job, verb: str, by: Any) -> None:
    record(by=by, verb=f"jobs.{verb}", about=[Ref.to(job)], details={"title": job.title})


witnesses.plug("journal", _witness)


def _change_set_titles(keys: Sequence[int]) -> Mapping[int, str]:
    return {row.pk: selectors.change_set_title(row) for row in ChangeSet.objects.filter(pk__in=keys)}


def _change_set_url(key: int) -> str:
    return reverse("journal:change_set", kwargs={"key": key})


ui.kinds.plug(
    "journal.changeset",
    ui.Described(
        noun=_("set of changes"),
        titles=_change_set_titles,
        url=_change_set_url,
        policy=may_see,
        icon="history",
    ),
)
ui.navigation.plug(
    "journal", ui.NavigationItem(_("Journal"), "journal:index", "today", may_see, icon="history"), order=50
)
ui.actions.plug(
    "journal",
    ui.Action(
        _("Read the journal"),
        "journal:index",
        may_see,
        icon="history",
        keywords=_("history log who changed what undo"),
    ),
)


def _latest(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    found = selectors.latest(actor=actor)
    return {"entries": found} if found else None


ui.cards.plug("journal.latest", ui.Card(_("Latest"), may_see, "journal/card.html", _latest), order=60)
