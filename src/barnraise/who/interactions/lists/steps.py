"""The list of next steps, and that of unknown addresses."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import Safe
from barnraise.plumbing.search.selectors import WordsFilter
from barnraise.plumbing.ui.components import data, day, when
from barnraise.plumbing.ui.lists import (
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    TextFilter,
)
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from .. import facing, forms, policies, selectors, services
from ..models import MailProposal, NextStep
from .filters import NamedFilter, StateFilter
from .talks import accounts


def _about_whom(row: NextStep) -> Safe:
    return facing.names([row.person] if row.person else [], [row.organisation] if row.organisation else [])


def _about_text(row: NextStep) -> str:
    return "; ".join(str(one) for one in (row.person, row.organisation) if one)


steps = ListPage(
    name="next_steps",
    kind=selectors.STEP,
    noun=_("next step"),
    noun_plural=_("next steps"),
    title=_("Next steps"),
    policy=policies.may_list,
    rows=selectors.steps_listed,
    default_sort="comes_on",
    row_url=lambda row: row.get_absolute_url(),
    heading_links=((_("Calendar"), "interactions:feed", policies.may_have_feed), (_("Interactions"), "interactions:list", policies.may_list)),
    empty=Empty(
        _("No next steps yet"),
        _("Whoever notes an interaction can say what comes next, who does it and until when. It stands here and on Today until it is done."),
        ((_("Note an interaction"), "interactions:create", policies.may_write),),
        icon="circle-check",
    ),
    columns=(
        Column("text", _("What to do"), lambda row: data(row.text), lambda row: row.text),
        Column("about", _("About"), _about_whom, _about_text),
        Column("owner", _("Who does it"), lambda row: data(row.owner or ""), lambda row: str(row.owner or "")),
        Column("due", _("Until"), lambda row: facing.due(row, timezone.localdate()), lambda row: row.due_on, sort="comes_on"),
        Column("state", _("State"), lambda row: facing.step_state(row, timezone.localdate())),
        Column("done", _("Done on"), lambda row: when(row.done_at) if row.done_at else "", lambda row: row.done_at, sort="done_at", is_default=False),
        Column("by", _("Noted by"), lambda row: data(row.by or ""), lambda row: str(row.by or ""), is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
    ),
    filters=(
        StateFilter(
            "state", _("State"), field="done_at",
            options=(("open", _("Open")), ("late", _("Late")), ("undated", _("Without a day")), ("done", _("Done"))),
        ),
        ChoiceFilter("owner", _("Who does it"), options=accounts, field="owner_id"),
        DateFilter("due", _("Until"), field="due_on"),
        WordsFilter("text", _("Words"), kind=selectors.STEP),
        NamedFilter(
            "person", _("Person"), find=people.named,
            subquery=lambda keys: NextStep.objects.filter(person_id__in=keys),
            nobody=_("There is no person of the name “%(name)s”."),
        ),
        NamedFilter(
            "organisation", _("Organisation"), find=organisations.named,
            subquery=lambda keys: NextStep.objects.filter(organisation_id__in=keys),
            nobody=_("There is no organisation of the name “%(name)s”."),
        ),
    ),
    bulk=(
        BulkAction(
            "finish", _("Done"), policies.may_write, icon="check", verb="interactions.steps_done",
            apply=lambda rows, *, by, values, change_set: services.finish_steps(rows, by=by, change_set=change_set),
        ),
        BulkAction(
            "move", _("Put off"), policies.may_write, form=forms.DueForm, icon="calendar-due", verb="interactions.steps_moved",
            apply=lambda rows, *, by, values, change_set: services.move_steps(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "assign", _("Give to somebody"), policies.may_act_in_bulk, form=forms.OwnerForm, icon="user-check", verb="interactions.steps_assigned",
            apply=lambda rows, *, by, values, change_set: services.assign_steps(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "remove", _("Remove"), policies.may_act_in_bulk, icon="trash", is_danger=True, verb="interactions.steps_removed",
            apply=lambda rows, *, by, values, change_set: services.remove_steps(rows, by=by, change_set=change_set),
        ),
    ),
)  # fmt: skip
"""What comes next."""


proposals = ListPage(
    name="mail_proposals",
    kind=selectors.PROPOSAL,
    noun=_("address"),
    noun_plural=_("addresses"),
    title=_("Unknown addresses"),
    intro=_("Filed mails name these addresses, and nobody in the directory has them. Say who each one is, once for all its mails."),
    policy=policies.may_list,
    rows=selectors.proposals_listed,
    default_sort="-pk",
    row_url=lambda row: reverse("interactions:proposal", args=[row.uuid]),
    empty=Empty(
        _("No unknown addresses"),
        _("When a filed mail names somebody who is not in the directory yet, the address waits here until somebody says who it is."),
        icon="mail",
    ),
    columns=(
        Column("address", _("Address"), lambda row: data(row.address), lambda row: row.address),
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name),
        Column("mail", _("Mail"), lambda row: data(facing.about(row.interaction, 60)), lambda row: facing.about(row.interaction, 200)),
        Column("when", _("When"), lambda row: day(timezone.localdate(row.interaction.happened_at)), lambda row: row.interaction.happened_at),
        Column("state", _("State"), lambda row: row.get_state_display(), lambda row: row.get_state_display()),
        Column("person", _("Person"), lambda row: data(row.person or ""), lambda row: str(row.person or ""), is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=MailProposal.State.choices),
        TextFilter("address", _("Address starts with"), field="address", starts=True),
    ),
)  # fmt: skip
"""Whose addresses are these?"""
