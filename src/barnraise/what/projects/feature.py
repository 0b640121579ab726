"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import Sentence, labels, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.organisations.sockets import panels as organisation_panels
from barnraise.who.people.sockets import panels as person_panels
from barnraise.why.goals.selectors import OBJECTIVE
from barnraise.why.goals.sockets import sources

from . import belonging, describing, facing, jobs, policies, profile, reaching, selectors, sourcing, tracing
from . import sample as town
from .intake import Projects
from .intake_amounts import Amounts
from .intake_given import Contributions
from .intake_partners import Partners
from .intake_parts import BudgetLines, Milestones, Openings
from .intake_placements import Placements
from .models import Actual, BudgetLine, Contribution, Milestone, Opening, Project, ProjectPartner
from .selectors import CONTRIBUTION, OPENING, PLACEMENT, PROJECT
from .services import hand_back, restore, restore_rows
from .services.following import MERGED
from .sockets import channels, panels


def _gift_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.contributions_listed().filter(pk__in=list(keys)):
        yield Document(row.pk, str(row), f"{facing.giver_name(row)} {row.project.name} {row.note}")


def _placement_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.placements_listed().filter(pk__in=list(keys)):
        yield Document(
            row.pk, f"{row}, {row.opening.name}", f"{row.opening.project.name} {row.said} {row.outcome}"
        )


def _gift_words(name: str) -> str:
    """What an entry names, "hours: Sorting", in the reader's language; earlier entries hold the words of their writer."""
    kind, colon, what = name.partition(": ")
    known = dict(Contribution.Kind.choices).get(kind)
    return name if known is None else f"{known}{colon}{what}"


def _gift_titles(keys: Sequence[int]) -> Mapping[int, str]:
    rows = selectors.contributions_listed().filter(pk__in=list(keys))
    return {row.pk: f"{row} · {row.project.name}" for row in rows}


def _gift_url(key: int) -> str:
    row = selectors.contributions_listed().filter(pk=key).first()
    return row.project.get_absolute_url() if row else reverse("projects:contributions")


def _gift_urls(keys: Sequence[int]) -> Mapping[int, str]:
    rows = selectors.contributions_listed().filter(pk__in=list(keys))
    return {row.pk: row.project.get_absolute_url() for row in rows}


def _placement_titles(keys: Sequence[int]) -> Mapping[int, str]:
    rows = selectors.placements_listed().filter(pk__in=list(keys))
    return {row.pk: f"{row} · {row.opening.name}" for row in rows}


def _placement_url(key: int) -> str:
    row = selectors.placements_listed().filter(pk=key).first()
    return row.opening.get_absolute_url() if row else reverse("projects:placements")


LABELS = {
    field.name: field
    for model in (ProjectPartner, Milestone, BudgetLine, Actual, Opening)
    for field in model._meta.concrete_fields
    if field.editable and field.name not in {one.name for one in Project._meta.concrete_fields}
}
"""What entries about a project tell that is a field of one of its parts."""
labels.plug(PROJECT, LABELS)
ui.navigation.plug(
    "projects",
    ui.NavigationItem(_("Projects"), "projects:list", "what", policies.may_see, "hammer"),
    order=10,
)
ui.actions.plug(
    "projects.add",
    ui.Action(_("Add a project"), "projects:add", policies.may_edit, "hammer", _("project initiative")),
)
ui.cards.plug(
    "projects.due",
    ui.Card(
        _("Milestones, applications, follow-ups and budgets"),
        policies.may_see,
        "projects/cards/due.html",
        profile.due_card,
    ),
    order=42,
)
organisation_panels.plug(
    "projects",
    ui.Panel(
        _("Projects"),
        policies.may_see,
        "projects/panel.html",
        profile.organisation_panel,
        is_later=True,
        held_by=(("projects.ProjectPartner", "organisation"), ("projects.Contribution", "organisation")),
    ),
    order=50,
)
person_panels.plug(
    "projects",
    ui.Panel(
        _("Projects"),
        policies.may_see,
        "projects/panel.html",
        profile.person_panel,
        is_later=True,
        held_by=(
            ("projects.Placement", "person"),
            ("projects.Placement", "mentor"),
            ("projects.Contribution", "person"),
        ),
    ),
    order=50,
)
channels.plug("mail", reaching.MAILS, order=30)
channels.plug("links", reaching.LINKS, order=40)
panels.plug(
    "projects.reach",
    ui.Panel(
        _("Reach"),
        policies.may_see,
        "projects/reach.html",
        reaching.panel,
    ),
    order=90,
)
ui.kinds.plug(
    PROJECT,
    ui.Described(
        _("project"),
        selectors.project_titles,
        lambda key: reverse("projects:by_key", args=[key]),
        policies.may_see,
        "hammer",
    ),
)
ui.kinds.plug(
    CONTRIBUTION,
    ui.Described(_("contribution"), _gift_titles, _gift_url, policies.may_see, "pig-money", _gift_urls),
)
ui.kinds.plug(
    PLACEMENT, ui.Described(_("placement"), _placement_titles, _placement_url, policies.may_see, "user-check")
)
for _kind, _described in describing.PARTS.items():
    ui.kinds.plug(_kind, _described)
    ui.threads.plug(
        _kind,
        ui.Thread(
            upstream=tracing.project_of_part,
            downstream=tracing.placements_of_opening if _kind == OPENING else lambda ref: (),
        ),
    )
ui.threads.plug(PROJECT, ui.Thread(upstream=tracing.objective_of_project))
ui.starts.plug(
    f"{OBJECTIVE}@projects",
    ui.Start(
        _("Begin a project"), lambda ref: f"{reverse('projects:add')}?objective={ref.id}", policies.may_edit
    ),
    order=10,
)
ui.threads.plug(f"{OBJECTIVE}@projects", ui.Thread(downstream=tracing.projects_of_objective))
ui.threads.plug(CONTRIBUTION, ui.Thread(upstream=tracing.project_of_contribution))
ui.threads.plug(PLACEMENT, ui.Thread(upstream=tracing.above_placement))
ui.loose_ends.plug(
    "projects.without_objective",
    ui.LooseEnd(
        _("Projects without an objective"),
        _("Open the project and say which objective it serves."),
        policies.may_see,
        selectors.projects_without_objective,
    ),
    order=30,
)
for _name, _source in sourcing.SOURCES.items():
    sources.plug(_name, _source)
documents.plug(PROJECT, Documents(_("Projects"), describing.project_documents, policies.may_see))
documents.plug(OPENING, Documents(_("Openings"), describing.opening_documents, policies.may_see))
documents.plug(CONTRIBUTION, Documents(_("Contributions"), _gift_documents, policies.may_see))
documents.plug(PLACEMENT, Documents(_("Placements"), _placement_documents, policies.may_see))
chores.plug(
    "projects.forget",
    ChorePlug(
        timedelta(hours=24),
        jobs.forget,
        "Removes applications that were not taken, when the term of their opening is over.",
    ),
)
belongings.plug("projects", belonging.PEOPLE, order=92)
NOUNS = (
    Projects(), Partners(), Milestones(), BudgetLines(), Amounts(), Openings(), Contributions(), Placements(),
)  # fmt: skip
for _noun in NOUNS:
    nouns.plug(_noun.name, _noun)
    undoers.plug(_noun.kind, restore if _noun.kind == PROJECT else restore_rows)
undoers.plug(MERGED, hand_back)
ui.sample.plug("projects", ui.SamplePart(town.load, town.remove), order=80)

for _verb, _text in {
    "added": _("{who} added the project {what}"),
    "changed": _("{who} changed the project {what}"),
    "running": _("{who} noted that the project {what} is under way"),
    "paused": _("{who} paused the project {what}"),
    "finished": _("{who} finished the project {what}: {reason}"),
    "stopped": _("{who} stopped the project {what}: {reason}"),
    "removed": _("{who} removed the project {name}"),
    "partners_added": _("{who} added {others} to the project {what}"),
    "partners_changed": _("{who} changed the role of {others} in the project {what}"),
    "partners_removed": _("{who} took {others} out of the project {what}"),
    "milestones_added": _("{who} added the milestone {name} to the project {what}"),
    "milestones_changed": _("{who} changed the milestone {name} of the project {what}"),
    "milestones_removed": _("{who} removed the milestone {name} of the project {what}"),
    "budget_added": _("{who} added the budget line {name} to the project {what}"),
    "budget_changed": _("{who} changed the budget line {name} of the project {what}"),
    "budget_removed": _("{who} removed the budget line {name} of the project {what}"),
    "amounts_added": _("{who} noted an amount of the project {what}"),
    "amounts_changed": _("{who} changed an amount of the project {what}"),
    "amounts_removed": _("{who} removed an amount of the project {what}"),
    "openings_added": _("{who} added the opening {name} to the project {what}"),
    "openings_changed": _("{who} changed the opening {name} of the project {what}"),
    "openings_removed": _("{who} removed the opening {name} of the project {what}"),
    "given": _("{who} noted what {others} gave to the project {what}: {name}"),
    "gift_changed": _("{who} changed a contribution to the project {what}: {name}"),
    "gift_removed": _("{who} removed a contribution to the project {what}: {name}"),
    "applied": _("{others} applied for {name} in the project {what}"),
    "applied_online": _("Somebody applied for {name} in the project {what} on its page {others}"),
    "placement_matched": _("{others} matched for {name} in the project {what}"),
    "placement_started": _("{others} started as {name} in the project {what}"),
    "placement_finished": _("{others} finished as {name} in the project {what}"),
    "placement_left": _("{others} left {name} in the project {what}"),
    "placement_declined": _("{others} did not get {name} in the project {what}"),
    "placement_applied": _("{others} applied again for {name} in the project {what}"),
    "placement_changed": _("{who} noted hours of {others} as {name} in the project {what}"),
    "placement_removed": _("{who} removed an application for {name} in the project {what}"),
    "followed_up": _("{who} noted what became of {others} after {name} in the project {what}"),
    "forgotten": ngettext_lazy(
        "{count} application for {name} was removed: it was not taken, and its term is over",
        "{count} applications for {name} were removed: they were not taken, and their term is over",
        "count",
    ),
    "sample_added": ngettext_lazy(
        "{who} added {count} project of the sample town",
        "{who} added {count} projects of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} project of the sample town",
        "{who} removed {count} projects of the sample town",
        "count",
    ),
}.items():
    _words = {"name": _gift_words} if _verb in {"given", "gift_changed", "gift_removed"} else {}
    sentences.plug(f"projects.{_verb}", Sentence(_text, icon="hammer", words=_words))
