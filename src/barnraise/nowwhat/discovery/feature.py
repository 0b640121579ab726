"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.foundation.refs import Ref
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.organisations.sockets import panels as organisation_panels

from . import belonging, jobs, policies, profile, selectors
from . import sample as town
from .faults import CITED
from .intake import Candidates
from .selectors import CARD, KIND
from .services import hand_back, restore
from .services.following import MERGED


def _address(key: int) -> str:
    return reverse("discovery:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = selectors.listed().filter(pk__in=list(keys))
    return (
        Document(row.pk, str(row), f"{row.get_verdict_display()}\n{row.reason}".strip(), visibility="team")
        for row in rows
    )


def _look_for(ref: Ref) -> str:
    return f"{reverse('discovery:ranking')}?for={ref}"


ui.navigation.plug(
    "discovery",
    ui.NavigationItem(_("Candidates"), "discovery:ranking", "nowwhat", policies.may_see, "list-search"),
    order=10,
)
ui.actions.plug(
    "discovery.look",
    ui.Action(
        _("Look for partners"),
        "discovery:ranking",
        policies.may_see,
        "list-search",
        _("candidate prospect register discovery"),
    ),
)
ui.cards.plug(
    CARD,
    ui.Card(_("Candidates to look at"), policies.may_see, "discovery/cards/look.html", profile.card),
    order=40,
)
organisation_panels.plug(
    "discovery",
    ui.Panel(
        _("Candidate"),
        policies.may_see,
        "discovery/panel.html",
        profile.panel,
        is_later=True,
        applies=profile.has_panel,
    ),
    order=27,
)
ui.kinds.plug(
    KIND, ui.Described(_("candidate"), selectors.titles, _address, policies.may_see, "list-search")
)  # fmt: skip
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream, downstream=selectors.downstream))
ui.threads.plug("partnerships.partnership@discovery", ui.Thread(upstream=selectors.of_partnership))
for _kind in CITED:
    ui.threads.plug(f"{_kind}@discovery", ui.Thread(downstream=selectors.looked_at_for))
    ui.starts.plug(
        f"{_kind}@discovery", ui.Start(_("Look for partners"), _look_for, policies.may_see), order=60
    )
documents.plug(KIND, Documents(_("Candidates"), _documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(MERGED, hand_back)
belongings.plug("discovery", belonging.ORGANISATIONS, order=97)
nouns.plug("candidates", Candidates())
chores.plug(
    "discovery.propose",
    ChorePlug(
        timedelta(days=1), jobs.propose, "Proposes the best candidates for partnerships, for the page Today."
    ),
)
ui.sample.plug("discovery", ui.SamplePart(town.load, town.remove), order=90)

for _verb, _text in {
    "watch": _("{who} keeps {what} in view as a possible partner"),
    "not_now": _("{who} put {what} off as a partner until {day}: {reason}"),
    "approached": _("{who} approached {what}: a partnership has begun"),
    "forgotten": _("{who} forgot what was decided about {what} as a partner"),
    "proposed": ngettext_lazy(
        "{count} candidate for a partnership was proposed",
        "{count} candidates for partnerships were proposed",
        "count",
    ),
    "sample_added": ngettext_lazy(
        "{who} added {count} candidate of the sample town",
        "{who} added {count} candidates of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} candidate of the sample town",
        "{who} removed {count} candidates of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"discovery.{_verb}", Sentence(_text, icon="list-search"))
