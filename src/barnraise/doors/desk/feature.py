"""What the desk plugs into the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.policy import writers
from barnraise.plumbing.jobs.policies import may_list
from barnraise.plumbing.jobs.sockets import handlers
from barnraise.plumbing.journal.sockets import Sentence, sentences
from barnraise.plumbing.ui import sockets as ui

from . import jobs, selectors
from .policies import may_enter, may_load_sample, may_search, may_see_settings
from .services import HANDLER

handlers.plug(HANDLER, jobs.sample_step)
sentences.plug("desk.sample_added", Sentence(_("{who} loaded the sample town"), icon="map-2"))
sentences.plug("desk.sample_removed", Sentence(_("{who} removed the sample town"), icon="map-2"))

ui.navigation.plug(
    "desk.today", ui.NavigationItem(_("Today"), "desk:today", "today", may_enter, icon="home"), order=1
)
ui.navigation.plug(
    "desk.search", ui.NavigationItem(_("Search"), "desk:search", "today", may_search, icon="search"), order=20
)
ui.navigation.plug(
    "desk.broken",
    ui.NavigationItem(_("Broken threads"), "desk:broken", "why", may_search, icon="unlink"),
    order=90,
)
ui.navigation.plug(
    "desk.settings",
    ui.NavigationItem(_("All settings"), "desk:settings", "settings", may_see_settings, icon="settings"),
    order=800,
)
ui.navigation.plug(
    "desk.sample",
    ui.NavigationItem(_("Sample town"), "desk:sample", "settings", may_load_sample, icon="map-2"),
    order=990,
)
ui.actions.plug(
    "desk.keys",
    ui.Action(
        _("Show the keys"), "desk:keys", may_enter, icon="keyboard", keywords=_("keyboard shortcuts help")
    ),
    order=900,
)
ui.actions.plug(
    "desk.language",
    ui.Action(
        _("Change language or appearance"),
        "desk:settings",
        may_see_settings,
        icon="language",
        keywords=_("theme dark light english spanish"),
    ),
    order=910,
)
ui.cards.plug(
    "desk.start", ui.Card(_("Start here"), writers, "desk/cards/start.html", selectors.start_here), order=10
)
ui.cards.plug(
    "desk.work",
    ui.Card(_("Work under way"), may_list, "desk/cards/work.html", selectors.work_under_way),
    order=20,
)
