"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.jobs.sockets import ChorePlug, chores, handlers
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.policies import may_see as may_see_links
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.mail.sockets import requests
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.why.goals.selectors import INDICATOR
from barnraise.why.goals.sockets import counters, indicator_panels, sources

from . import (
    belonging,
    jobs,
    mailing,
    policies,
    profile,
    reporting,
    selectors,
    sourcing,
    sourcing_answers,
    tracing,
)
from . import sample as town
from .intake import Numbers
from .intake_locks import Locks
from .selectors import OBSERVATION, REPORT
from .services import count_soon, restore, unlock
from .services.compute import HANDLER

SHOWN = 160
"""So much of a note is the title by which it is found."""


def _noted_documents(keys: Sequence[int]) -> Iterable[Document]:
    for key, note in selectors.notes_of(keys).items():
        yield Document(key, note[:SHOWN], note[SHOWN:], visibility="writers")


def _restated_documents(keys: Sequence[int]) -> Iterable[Document]:
    for key, notes in selectors.restated_words(keys).items():
        yield Document(
            key, notes[0][:SHOWN], "\n".join([notes[0][SHOWN:], *notes[1:]]).strip(), visibility="team"
        )


ui.navigation.plug(
    "indicators",
    ui.NavigationItem(_("Observations"), "indicators:list", "sowhat", policies.may_see, "chart-dots"),
    order=32,
)
ui.cards.plug(
    "indicators.off",
    ui.Card(_("Indicators off track"), policies.may_see, "indicators/cards/off.html", profile.off_card),
    order=44,
)
ui.cards.plug(
    "indicators.due",
    ui.Card(
        _("Numbers due from partners"), policies.may_record, "indicators/cards/due.html", profile.due_card
    ),
    order=46,
)
indicator_panels.plug(
    "indicators", ui.Panel(_("Values"), policies.may_see, "indicators/panel.html", profile.panel), order=10
)
ui.kinds.plug(
    OBSERVATION,
    ui.Described(
        _("observation"),
        selectors.observation_titles,
        lambda key: reverse("indicators:by_key", args=[key]),
        policies.may_see,
        "chart-dots",
    ),
)
ui.kinds.plug(
    REPORT,
    ui.Described(
        _("reported number"),
        selectors.report_titles,
        lambda key: reverse("indicators:report_by_key", args=[key]),
        policies.may_record,
        "mail-opened",
    ),
)
documents.plug(
    REPORT,
    Documents(
        _("Reported numbers"),
        _noted_documents,
        policies.may_record,
        after=selectors.noted_after,
        count=selectors.noted_many,
    ),
)
documents.plug(
    OBSERVATION,
    Documents(
        _("Observations"),
        _restated_documents,
        policies.may_see,
        after=selectors.restated_after,
        count=selectors.restated_many,
    ),
)
ui.kinds.plug(
    sourcing.VISITS,
    ui.Described(_("visits"), sourcing.visit_titles, sourcing.visit_url, may_see_links, "link"),
)
ui.threads.plug(
    OBSERVATION,
    ui.Thread(upstream=tracing.indicator_of_observation, downstream=tracing.rows_of_observation),
)
ui.threads.plug(f"{INDICATOR}@indicators", ui.Thread(downstream=tracing.observations_of_indicator))
for _kind in (REPORT, *(f"{one}@indicators" for one in tracing.ROWS)):
    ui.threads.plug(_kind, ui.Thread(upstream=tracing.observations_of_row))
for _kind, _read in {
    "campaigns.campaign": tracing.observations_of_campaign,
    "events.event": tracing.observations_of_event,
    "meetings.meeting": tracing.observations_of_meeting,
}.items():
    ui.threads.plug(f"{_kind}@indicators", ui.Thread(downstream=_read))
ui.loose_ends.plug(
    "indicators.without_observation",
    ui.LooseEnd(
        _("Indicators without an observation"),
        _("Open the indicator: choose a source, write a number, or ask a partner for one."),
        policies.may_see,
        selectors.indicators_without_observation,
    ),
    order=40,
)
for _name, _source in {**sourcing.SOURCES, **sourcing_answers.SOURCES}.items():
    sources.plug(_name, _source)
handlers.plug(HANDLER, jobs.count_step)
counters.plug("indicators", count_soon)
chores.plug(
    "indicators.refresh",
    ChorePlug(
        timedelta(minutes=5), jobs.refresh, "Counts indicators whose rows changed since they were counted."
    ),
)
belongings.plug("indicators", belonging.PEOPLE, order=95)
nouns.plug("observations", Numbers())
nouns.plug("period_locks", Locks())
undoers.plug(OBSERVATION, unlock)
undoers.plug(REPORT, restore)
ui.sample.plug("indicators", ui.SamplePart(town.load, town.remove), order=90)
requests.plug(REPORT, mailing.REQUEST)
purposes.plug(
    "indicators.report",
    Purpose(
        title=_("We ask you for a number"),
        text=_(
            "Write the number, or choose why there is none. You can correct it by the same link until the period is locked."
        ),
        button=_("Send the number"),
        act=reporting.answer,
        done=_("Thank you: your number is kept."),
        template="indicators/answer.html",
        select=reporting.offer,
        is_once=False,
    ),
)
for _verb, _text in {
    "written": _("{who} wrote a number of {what} for {period}"),
    "asked": _("{who} asked {others} for a number of {what} for {period}"),
    "reported": _("{name} reported a number of {what} for {period}"),
    "report_removed": _("{who} took a number of {what} for {period} away"),
    "restated": _("{what} was restated from {before} to {after}"),
    "locked": _("{who} locked {what}"),
    "locked_many": ngettext_lazy(
        "{who} locked {count} observation", "{who} locked {count} observations", "count"
    ),
    "sample_added": ngettext_lazy(
        "{who} added {count} observation of the sample town",
        "{who} added {count} observations of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} observation of the sample town",
        "{who} removed {count} observations of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"indicators.{_verb}", Sentence(_text, icon="chart-dots"))
