"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, labels, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.what.projects.sockets import panels as project_panels

from . import policies, profile, selectors
from . import sample as town
from .intake import Valuations
from .intake_outcomes import Outcomes
from .intake_register import Register
from .models import Assumption
from .selectors import CITED, KIND, OUTCOME
from .services import ASSUMPTION, restore, restore_assumptions, restore_outcomes


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = selectors.listed().filter(pk__in=list(keys)).prefetch_related("outcomes")
    for row in rows:
        outcomes = "\n".join(one.name for one in row.outcomes.all())
        yield Document(row.pk, row.name, f"{row.about}\n{outcomes}".strip(), visibility="team")


ui.navigation.plug(
    "roi",
    ui.NavigationItem(_("Cost and value"), "roi:list", "sowhat", policies.may_see, "scale"),
    order=50,
)
ui.actions.plug(
    "roi.begin",
    ui.Action(
        _("Begin a valuation"), "roi:begin", policies.may_edit, "scale", _("sroi return on investment cost benefit")
    ),
)  # fmt: skip
ui.cards.plug(
    "roi.unsourced",
    ui.Card(
        _("Assumptions without a source"), policies.may_see, "roi/cards/unsourced.html", profile.unsourced_card
    ),
    order=52,
)  # fmt: skip
project_panels.plug(
    "roi",
    ui.Panel(_("Cost and value"), policies.may_see, "roi/panel.html", profile.panel),
    order=70,
)
ui.kinds.plug(
    KIND,
    ui.Described(
        _("valuation"),
        selectors.titles,
        lambda key: reverse("roi:by_key", args=[key]),
        policies.may_see,
        "scale",
    ),
)
ui.kinds.plug(
    OUTCOME,
    ui.Described(
        _("valued outcome"),
        selectors.outcome_titles,
        lambda key: reverse("roi:outcome_by_key", args=[key]),
        policies.may_see,
        "trending-up",
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream, downstream=selectors.outcomes_of))
ui.threads.plug(OUTCOME, ui.Thread(upstream=selectors.above_outcome))
for _kind in CITED:
    ui.threads.plug(f"{_kind}@roi", ui.Thread(downstream=selectors.valuing))
    ui.starts.plug(
        f"{_kind}@roi",
        ui.Start(_("Begin a valuation"), lambda ref: f"{reverse('roi:begin')}?for={ref}", policies.may_edit),
        order=60,
    )
ui.threads.plug("goals.indicator@roi", ui.Thread(downstream=selectors.counting))
ui.threads.plug("indicators.observation@roi", ui.Thread(downstream=selectors.counting_observation))
ui.loose_ends.plug(
    "roi.costs_without_outcome",
    ui.LooseEnd(
        _("Costs without an outcome"),
        _("Open the project or the event, begin a valuation and add what changed for people."),
        policies.may_see,
        selectors.costs_without_outcome,
    ),
    order=50,
)
documents.plug(KIND, Documents(_("Valuations"), _documents, policies.may_see))
labels.plug(KIND, {one.value: one.label for one in Assumption.Kind})
undoers.plug(KIND, restore)
undoers.plug(OUTCOME, restore_outcomes)
undoers.plug(ASSUMPTION, restore_assumptions)
nouns.plug("valuations", Valuations())
nouns.plug("outcomes", Outcomes())
nouns.plug("assumptions", Register())
ui.sample.plug("roi", ui.SamplePart(town.load, town.remove), order=95)

for _verb, _text in {
    "begun": _("{who} began the valuation {what}"),
    "changed": _("{who} changed the valuation {what}"),
    "ended": _("{who} ended the valuation {what}: {reason}"),
    "reopened": _("{who} took the valuation {what} up again"),
    "removed": _("{who} removed the valuation {title}"),
    "outcome_added": _("{who} added the outcome {outcome} to the valuation {what}"),
    "outcome_changed": _("{who} changed the outcome {outcome} of the valuation {what}"),
    "outcome_removed": _("{who} took the outcome {outcome} out of the valuation {what}"),
    "assumed": _("{who} wrote for the valuation {what}: {kind}"),
    "forgotten": _("{who} took out of the valuation {what}: {kind}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} valuation of the sample town",
        "{who} added {count} valuations of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} valuation of the sample town",
        "{who} removed {count} valuations of the sample town",
        "count",
    ),
}.items():
    sentences.plug(
        f"roi.{_verb}", Sentence(_text, icon="scale", words={"kind": dict(Assumption.Kind.choices)})
    )
