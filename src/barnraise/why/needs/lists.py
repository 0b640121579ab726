"""The lists of needs, their evidence, assessments and listening sessions."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import badge, data, day, number
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    PickFilter,
    TextFilter,
)
from barnraise.who.communities import selectors as communities

from . import facing, policies, selectors
from .models import Cycle, Evidence, Need, Session


def _places() -> list[tuple[str, Any]]:
    return [(str(key), data(name)) for key, name in communities.choices()]


def _named(row: Any) -> str:
    return row.community.name if row.community else ""


def _of_cycle(row: Any) -> str:
    return row.cycle.name if row.cycle else ""


def _need_state(row: Need) -> str:
    return str(row.get_end_display()) if row.end else str(_("Open need"))


needs = ListPage(
    name="needs",
    kind=selectors.KIND,
    noun=_("need"),
    noun_plural=_("needs"),
    title=_("Needs"),
    intro=_("What communities lack, with what shows it."),
    policy=policies.may_see,
    rows=selectors.needs_listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="needs:add",
    create_policy=policies.may_edit,
    create_label=_("Note a need"),
    heading_links=(
        (_("Evidence"), "needs:evidence", policies.may_see),
        (_("Scores"), "needs:scores", policies.may_see),
        (_("Assessments"), "needs:cycles", policies.may_see),
        (_("Listening sessions"), "needs:sessions", policies.may_see),
    ),
    empty=Empty(
        _("No needs yet"),
        _(
            "A need says what a population of a community lacks, with its gap in numbers and its causes. Add what shows it: results "
            "of a questionnaire, a listening session, a public figure. Then raters say what comes first."
        ),
        (
            (_("Note a need"), "needs:add", policies.may_edit),
            (_("Take in a file"), "imports:start", policies.may_edit),
        ),
        icon="bulb",
    ),
    columns=(
        Column("title", _("Need"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("state", _("State"), facing.state_badge, _need_state),
        Column("community", _("Community"), lambda row: data(_named(row)), _named),
        Column("population", _("Whom it concerns"), lambda row: data(row.population), lambda row: row.population),
        Column("gap", _("Gap"), lambda row: data(facing.gap(row)), facing.gap),
        Column("cycle", _("Assessment"), lambda row: data(_of_cycle(row)), _of_cycle),
        Column("present", _("As it is"), lambda row: number(row.present), lambda row: row.present, is_numeric=True, is_default=False),
        Column("wanted", _("As it should be"), lambda row: number(row.wanted), lambda row: row.wanted, is_numeric=True, is_default=False),
        Column("unit", _("Unit"), lambda row: data(row.unit), lambda row: row.unit, is_default=False),
        Column("causes", _("Causes"), lambda row: data(row.causes), lambda row: row.causes, is_default=False),
        Column("reason", _("Why it ended"), lambda row: data(row.end_reason), lambda row: row.end_reason, is_default=False),
        Column("updated", _("Changed"), lambda row: day(row.updated_at.date()), lambda row: row.updated_at, sort="updated_at", is_default=False),
    ),
    filters=(
        TextFilter("title", _("Need"), field="title_folded"),
        PickFilter("cycle", _("Assessment"), field="cycle_id", rows=Cycle.objects.all),
        ChoiceFilter("community", _("Community"), options=_places, field="community_id"),
        BooleanFilter("open", _("State"), condition=Q(end=""), yes=_("Open need"), no=_("Ended")),
    ),
)  # fmt: skip
"""What communities lack."""


def _cycle_word(row: Cycle) -> Any:
    return _("Closed") if row.ended_at else _("Under way")


cycles = ListPage(
    name="assessments",
    kind=selectors.CYCLE,
    noun=_("assessment"),
    noun_plural=_("assessments"),
    title=_("Assessments"),
    intro=_("When needs are looked at together, and when that is due again."),
    policy=policies.may_see,
    rows=selectors.cycles_listed,
    default_sort="-starts_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="needs:add_cycle",
    create_policy=policies.may_lead,
    create_label=_("Begin an assessment"),
    heading_links=((_("Needs"), "needs:list", policies.may_see),),
    empty=Empty(
        _("No assessments yet"),
        _("An assessment gathers needs, has raters say what comes first, and is due again some day: Today reminds you."),
        ((_("Begin an assessment"), "needs:add_cycle", policies.may_lead),),
        icon="clipboard-text",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("state", _("State"), lambda row: badge(_cycle_word(row)), lambda row: str(_cycle_word(row))),
        Column("community", _("Community"), lambda row: data(_named(row)), _named),
        Column("starts", _("Begins on"), lambda row: day(row.starts_on), lambda row: row.starts_on, sort="starts_on"),
        Column("ends", _("Ends on"), lambda row: day(row.ends_on), lambda row: row.ends_on),
        Column("due", _("Next one due on"), lambda row: day(row.next_due_on), lambda row: row.next_due_on, sort="next_due_on"),
    ),
    filters=(
        TextFilter("name", _("Name"), field="name_folded"),
        ChoiceFilter("community", _("Community"), options=_places, field="community_id"),
        DateFilter("due", _("Next one due on"), field="next_due_on"),
        BooleanFilter("closed", _("State"), condition=Q(ended_at__isnull=False), yes=_("Closed"), no=_("Under way")),
    ),
)  # fmt: skip
"""When needs are looked at together."""


def _themes(row: Session) -> str:
    return "; ".join(row.themes)


def _groups(row: Session) -> str:
    return "; ".join(f"{one['group']}: {one['count']}" for one in row.groups)


sessions = ListPage(
    name="sessions",
    kind=selectors.SESSION,
    noun=_("listening session"),
    noun_plural=_("listening sessions"),
    title=_("Listening sessions"),
    intro=_("Focus groups, interviews, meetings: who was in the room by group, and what was heard."),
    policy=policies.may_see,
    rows=selectors.sessions_listed,
    default_sort="-held_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="needs:add_session",
    create_policy=policies.may_edit,
    create_label=_("Note a listening session"),
    heading_links=((_("Needs"), "needs:list", policies.may_see),),
    empty=Empty(
        _("No listening sessions yet"),
        _("Note who was in the room by group, never by name; the themes; and the words of those who agreed to be quoted."),
        ((_("Note a listening session"), "needs:add_session", policies.may_edit),),
        icon="ear",
    ),
    columns=(
        Column("title", _("Title"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), lambda row: row.get_kind_display()),
        Column("held", _("Held on"), lambda row: day(row.held_on), lambda row: row.held_on, sort="held_on"),
        Column("present", _("In the room"), facing.in_the_room, lambda row: row.present, is_numeric=True),
        Column("community", _("Community"), lambda row: data(_named(row)), _named),
        Column("themes", _("Themes"), lambda row: data(_themes(row)), _themes),
        Column("groups", _("Groups"), lambda row: data(_groups(row)), _groups, is_default=False),
        Column("cycle", _("Assessment"), lambda row: data(_of_cycle(row)), _of_cycle, is_default=False),
    ),
    filters=(
        TextFilter("title", _("Title"), field="title_folded"),
        ChoiceFilter("kind", _("Kind"), options=Session.Kind.choices),
        PickFilter("cycle", _("Assessment"), field="cycle_id", rows=Cycle.objects.all),
        ChoiceFilter("community", _("Community"), options=_places, field="community_id"),
        DateFilter("held", _("Held on"), field="held_on"),
    ),
)  # fmt: skip
"""What was heard."""


def _evidence(actor: Any) -> QuerySet[Evidence]:
    return Evidence.objects.select_related("need__community").defer("need__community__boundary")


evidence = ListPage(
    name="evidence",
    kind=selectors.EVIDENCE,
    noun=_("piece of evidence"),
    noun_plural=_("pieces of evidence"),
    title=_("Evidence"),
    intro=_("What shows the needs: in which words, by which source, of which day."),
    policy=policies.may_see,
    rows=_evidence,
    default_sort="-pk",
    row_url=lambda row: f"{row.need.get_absolute_url()}#evidence",
    heading_links=((_("Needs"), "needs:list", policies.may_see),),
    empty=Empty(
        _("No evidence yet"),
        _("Open a need and say what shows it: a questionnaire, a listening session, a public figure, or another source."),
        ((_("Needs"), "needs:list", policies.may_see),),
        icon="bulb",
    ),
    columns=(
        Column("need", _("Need"), lambda row: data(row.need.title), lambda row: row.need.title),
        Column("community", _("Community"), lambda row: data(_named(row.need)), lambda row: _named(row.need), is_default=False),
        Column("said", _("What it says"), lambda row: data(row.said), lambda row: row.said),
        Column("source", _("Source"), lambda row: data(row.source), lambda row: row.source),
        Column("dated", _("Of which day"), lambda row: day(row.dated_on), lambda row: row.dated_on),
    ),
    filters=(
        PickFilter("need", _("Need"), field="need_id", rows=Need.objects.all, title="title", folded="title_folded"),
        BooleanFilter("cited", _("From"), condition=~Q(cites=""), yes=_("something kept here"), no=_("Another source")),
        DateFilter("dated", _("Of which day"), field="dated_on"),
    ),
)  # fmt: skip
"""What shows the needs."""
