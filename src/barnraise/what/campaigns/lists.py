"""The lists of campaigns and of their readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    Empty,
    InstantFilter,
    ListPage,
    PickFilter,
    TextFilter,
)

from . import facing, policies, selectors
from .models import Campaign, CampaignReader


def _rows(actor: Any) -> QuerySet[Campaign]:
    return selectors.listed(actor)


def _audience(row: Campaign) -> str:
    return row.audience.name if row.audience else ""


def _purpose(row: Campaign) -> str:
    return row.purpose.name if row.purpose else ""


campaigns = ListPage(
    name="campaigns",
    kind=selectors.KIND,
    noun=_("campaign"),
    noun_plural=_("campaigns"),
    title=_("Campaigns"),
    intro=_("Newsletters and invitations: written in blocks, approved by somebody else, sent to those who agreed."),
    policy=policies.may_see,
    rows=_rows,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="campaigns:make",
    create_policy=policies.may_write,
    create_label=_("Write a campaign"),
    heading_links=((_("Readers"), "campaigns:readers", policies.may_see), (_("Outbox"), "mail:list", policies.may_see)),
    empty=Empty(
        _("No campaigns yet"),
        _("Choose an audience and a purpose, write what you have to say in blocks, let somebody look at it, and send it. Nobody gets it twice."),
        ((_("Write a campaign"), "campaigns:make", policies.may_write),),
        icon="speakerphone",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), lambda row: str(row.get_kind_display())),
        Column("state", _("State"), facing.state_badge, lambda row: str(row.get_state_display())),
        Column("audience", _("Audience"), lambda row: data(_audience(row)), _audience),
        Column("purpose", _("Purpose"), lambda row: data(_purpose(row)), _purpose, is_default=False),
        Column("subject", _("Subject"), lambda row: data(row.subject), lambda row: row.subject, is_default=False),
        Column("started", _("Sent"), lambda row: when(row.started_at) if row.started_at else "", lambda row: row.started_at),
        Column("by", _("Written by"), lambda row: data(row.by or ""), lambda row: str(row.by or ""), is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at"),
    ),
    filters=(
        TextFilter("name", _("Name"), field="name_folded"),
        ChoiceFilter("kind", _("Kind"), options=Campaign.Kind.choices),
        ChoiceFilter("state", _("State"), options=Campaign.State.choices),
        InstantFilter("started", _("Sent"), field="started_at"),
    ),
)  # fmt: skip
"""All campaigns."""


def _started() -> QuerySet[Campaign]:
    return Campaign.objects.exclude(started_at=None)


@dataclass(frozen=True)
class MailFilter(ChoiceFilter):
    """By what became of the mail."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(message__state__in=value)


def _reader_rows(actor: Any) -> QuerySet[CampaignReader]:
    return selectors.readers_listed(actor)


def _person(row: CampaignReader) -> str:
    return str(row)


def _unsubscribed(row: CampaignReader) -> Any:
    return when(row.unsubscribed_at) if row.unsubscribed_at else ""


def _states() -> list[tuple[str, Any]]:
    from barnraise.plumbing.mail.models import Message

    return [(value, label) for value, label in Message.State.choices]


readers = ListPage(
    name="campaign_readers",
    kind=selectors.READER,
    noun=_("reader"),
    noun_plural=_("readers"),
    title=_("Readers of campaigns"),
    intro=_("To whom each campaign went, what became of the mail, and what they answered."),
    policy=policies.may_see,
    rows=_reader_rows,
    default_sort="-created_at",
    row_url=lambda row: row.message.get_absolute_url() if row.message else row.campaign.get_absolute_url(),
    heading_links=((_("Campaigns"), "campaigns:list", policies.may_see),),
    empty=Empty(
        _("Nobody yet"),
        _("Whoever gets a campaign stands here, with what became of the mail and what they answered."),
        ((_("Write a campaign"), "campaigns:make", policies.may_write),),
        icon="users",
    ),
    columns=(
        Column("person", _("Person"), lambda row: data(_person(row)), _person),
        Column("campaign", _("Campaign"), lambda row: data(row.campaign.name), lambda row: row.campaign.name),
        Column("mail", _("Mail"), facing.mail_word, facing.mail_word),
        Column("answer", _("Answer"), facing.answer_word, facing.answer_word),
        Column("answered", _("Answered"), lambda row: when(row.answered_at) if row.answered_at else "", lambda row: row.answered_at),
        Column("unsubscribed", _("Unsubscribed"), _unsubscribed, lambda row: row.unsubscribed_at),
        Column("written", _("Written"), lambda row: when(row.created_at), lambda row: row.created_at, sort="created_at"),
    ),
    filters=(
        PickFilter("campaign", _("Campaign"), field="campaign_id", rows=_started),
        MailFilter("mail", _("Mail"), options=_states, field="message"),
        ChoiceFilter("answer", _("Answer"), options=CampaignReader.Answer.choices),
        BooleanFilter("complained", _("Complaint"), condition=Q(message__complained_at__isnull=False)),
        BooleanFilter("unsubscribed", _("Unsubscribed"), condition=Q(unsubscribed_at__isnull=False)),
    ),
)  # fmt: skip
"""Who got what."""
