"""What this room plugs into the house, and the sections it plugs for rooms below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui

from . import belonging, policies, profile, readers, selectors
from . import sample as town
from .intake import Reports
from .selectors import KIND
from .services import MERGED, hand_back, restore
from .sockets import Section, sections


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.listed().filter(pk__in=list(keys)):
        yield Document(row.pk, row.name, row.intro, visibility="team")


sections.plug("goals", Section(_("What we aim at"), readers.goals), order=10)
sections.plug("money", Section(_("Money and gifts"), readers.money, for_partners=True), order=20)
sections.plug("promises", Section(_("Promises"), readers.promises, for_partners=True), order=30)
sections.plug("value", Section(_("Cost and value"), readers.value), order=40)
sections.plug("network", Section(_("Network"), readers.network), order=50)
sections.plug("feedback", Section(_("You said, we did"), readers.said, for_partners=True), order=60)
ui.navigation.plug(
    "reports",
    ui.NavigationItem(_("Reports"), "reports:list", "sowhat", policies.may_see, "report-analytics"),
    order=60,
)
ui.actions.plug(
    "reports.write",
    ui.Action(
        _("Write a report"), "reports:write", policies.may_edit, "report-analytics", _("report board funder pdf")
    ),
)  # fmt: skip
ui.cards.plug(
    "reports.drafts",
    ui.Card(_("Reports not issued yet"), policies.may_see, "reports/cards/drafts.html", profile.drafts_card),
    order=56,
)
ui.kinds.plug(
    KIND,
    ui.Described(
        _("report"),
        selectors.titles,
        lambda key: reverse("reports:by_key", args=[key]),
        policies.may_see,
        "report-analytics",
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream))
for _kind in readers.WALK_BACK_TO:
    ui.threads.plug(f"{_kind}@reports", ui.Thread(downstream=selectors.citing))
documents.plug(KIND, Documents(_("Reports"), _documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(MERGED, hand_back)
belongings.plug("reports", belonging.ORGANISATIONS, order=120)
nouns.plug("reports", Reports())
ui.sample.plug("reports", ui.SamplePart(town.load, town.remove), order=99)

for _verb, _text in {
    "written": _("{who} wrote the report {what}"),
    "changed": _("{who} changed the report {what}"),
    "removed": _("{who} removed the report {title}"),
    "issued": _("{who} issued the report {what}"),
    "withdrawn": _("{who} withdrew the report {what}: {reason}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} report of the sample town",
        "{who} added {count} reports of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} report of the sample town",
        "{who} removed {count} reports of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"reports.{_verb}", Sentence(_text, icon="report-analytics"))
