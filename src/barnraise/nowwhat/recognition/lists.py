"""The lists of thanks, milestones and marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import data, day, number, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    PickFilter,
)
from barnraise.plumbing.ui.lists.filters import BadFilter, Filter
from barnraise.who.organisations import selectors as organisations
from barnraise.why.goals.models import Indicator

from . import facing, policies, selectors
from .models import Milestone, Thanks


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


@dataclass(frozen=True)
class PartnerFilter(Filter):
    """Thanks to the partner of this name or number."""

    def read(self, params: QueryDict) -> Any:
        """The name as typed, and the keys it means."""
        text = params.get(self.name, "").replace("\x00", "").strip()[:200]
        if not text:
            return None
        keys = organisations.named(text, 50)
        if not keys:
            raise BadFilter(_("There is no organisation “%(name)s”.") % {"name": text[:60]})
        return text, keys

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(organisation_id__in=value[1])

    def words(self, value: Any) -> Any:
        """See Filter."""
        return value[0]


_WRITE: Any = ((_("Thank a partner"), "recognition:write", policies.may_edit),)
_SET: Any = ((_("Set a mark"), "recognition:add_mark", policies.may_set),)

thanks = ListPage(
    name="thanks",
    kind=selectors.KIND,
    noun=_("thanks"),
    noun_plural=pgettext_lazy("many", "thanks"),
    title=_("Thanks"),
    intro=_("Letters of thanks with what each partner gave, and the words in which it is named in public, approved by itself."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-ends_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="recognition:write",
    create_policy=policies.may_edit,
    create_label=_("Thank a partner"),
    heading_links=((_("Milestones"), "recognition:milestones", policies.may_see),),
    empty=Empty(
        _("No thanks yet"),
        _("Thank a partner: the letter goes out with what it gave, counted from the work itself, and asks it to approve how it is named."),
        _WRITE,
        icon="heart",
    ),
    columns=(
        Column("partner", _("Partner"), lambda row: data(row.organisation.name), lambda row: row.organisation.name),
        Column("state", _("State"), facing.state_badge, lambda row: row.get_state_display()),
        Column("begins", _("From"), lambda row: day(row.begins_on), lambda row: row.begins_on),
        Column("ends", _("Until"), lambda row: day(row.ends_on), lambda row: row.ends_on, sort="ends_on"),
        Column("owner", _("Who sees to it"), lambda row: data(str(row.owner)) if row.owner else "", lambda row: str(row.owner or "")),
        Column("wording", _("How they are named in public"), lambda row: data(row.wording), lambda row: row.wording),
        Column("wish", _("Wording they wish"), lambda row: data(row.wish), lambda row: row.wish, is_default=False),
        Column("signed", _("Answered by"), lambda row: data(row.signed_by), lambda row: row.signed_by, is_default=False),
        Column("sent", _("Sent"), lambda row: when(row.sent_at) if row.sent_at else "", lambda row: row.sent_at, is_default=False),
        Column("letter", _("Letter"), lambda row: data(row.letter), lambda row: row.letter, is_default=False),
        Column("why", _("Why they ended"), lambda row: data(row.end_note), lambda row: row.end_note, is_default=False),
        Column("language", _("Language"), lambda row: facing.language_word(row.language), lambda row: row.language, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Thanks.State.choices),
        PartnerFilter("partner", _("Partner")),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
        DateFilter("until", _("Until"), field="ends_on"),
    ),
)  # fmt: skip
"""Whom we thanked."""

milestones = ListPage(
    name="reached",
    kind=selectors.MILESTONE,
    noun=_("milestone"),
    noun_plural=_("milestones"),
    title=_("Milestones reached"),
    intro=_("Marks that indicators have passed: found by themselves, told once."),
    policy=policies.may_see,
    rows=selectors.milestones_listed,
    default_sort="-reached_on",
    row_url=lambda row: row.get_absolute_url(),
    heading_links=((_("Thanks"), "recognition:list", policies.may_see), (_("Marks"), "recognition:marks", policies.may_see)),
    empty=Empty(
        _("No milestone reached yet"),
        _("Set a mark: every thousand volunteer hours, every hundred families. It is watched from then on."),
        _SET,
        icon="trophy",
    ),
    columns=(
        Column("words", _("Of what"), lambda row: data(row.mark.words), lambda row: row.mark.words),
        Column("value", _("Value"), lambda row: number(row.value), lambda row: row.value, is_numeric=True),
        Column("reached", _("Reached"), lambda row: day(row.reached_on), lambda row: row.reached_on, sort="reached_on"),
        Column("state", _("State"), facing.state_badge, lambda row: row.get_state_display()),
        Column("indicator", _("Indicator"), lambda row: data(row.mark.indicator.name), lambda row: row.mark.indicator.name),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Milestone.State.choices),
        DateFilter("reached", _("Reached"), field="reached_on"),
    ),
)  # fmt: skip
"""What was reached."""

marks = ListPage(
    name="marks",
    kind=selectors.MARK,
    noun=_("mark"),
    noun_plural=_("marks"),
    title=_("Marks"),
    heading_links=((_("Milestones"), "recognition:milestones", policies.may_see),),
    intro=_("Every how many of an indicator a milestone is reached."),
    policy=policies.may_see,
    rows=selectors.marks_listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="recognition:add_mark",
    create_policy=policies.may_set,
    create_label=_("Set a mark"),
    empty=Empty(
        _("No marks yet"),
        _("Set a mark: every thousand volunteer hours, every hundred families. It is watched from then on."),
        _SET,
        icon="flag",
    ),
    columns=(
        Column("words", _("Of what"), lambda row: data(row.words), lambda row: row.words),
        Column("step", _("Every"), lambda row: number(row.step), lambda row: row.step, is_numeric=True),
        Column("indicator", _("Indicator"), lambda row: data(row.indicator.name), lambda row: row.indicator.name),
        Column("ended", _("Ended"), lambda row: when(row.ended_at) if row.ended_at else "", lambda row: row.ended_at),
        Column("state", _("State"), facing.mark_state, facing.mark_state, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at"),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        BooleanFilter("ended", _("State"), condition=Q(ended_at__isnull=False), yes=_("Ended"), no=_("Watched")),
        PickFilter("indicator", _("Indicator"), rows=Indicator.objects.all, field="indicator_id"),
    ),
)  # fmt: skip
"""What is watched."""
