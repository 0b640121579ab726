"""The lists of mails, of suppressed addresses and of returned notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    Empty,
    InstantFilter,
    ListPage,
    TextFilter,
)
from barnraise.plumbing.ui.lists.filters import BadFilter, Filter
from barnraise.plumbing.ui.sockets import kinds

from . import facing, policies, selectors
from .models import Message, Notice, Suppression


@dataclass(frozen=True)
class ReaderFilter(Filter):
    """Mails to one record, or about one thing, by its reference."""

    def read(self, params: QueryDict) -> Any:
        """The reference. Raises BadFilter."""
        text = params.get(self.name, "").replace("\x00", "").strip()
        if not text:
            return None
        try:
            return str(Ref.parse(text))
        except ValueError:
            raise BadFilter(_("“%(value)s” names no record.") % {"value": text[:60]}) from None

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(**{self.name: value})

    def words(self, value: Any) -> Any:
        """See Filter."""
        ref = Ref.parse(value)
        described = kinds.find(ref.kind)
        return described.titles([ref.id]).get(ref.id, value) if described else value


def _rows(actor: Any) -> QuerySet[Message]:
    return selectors.messages_listed(actor)


messages = ListPage(
    name="mails",
    kind=selectors.KIND,
    noun=_("mail"),
    noun_plural=_("mails"),
    title=_("Outbox"),
    intro=_("Every mail, and what has become of it. “Handed over”: the mail server took it. Whether somebody read it nobody knows."),
    policy=policies.may_see,
    rows=_rows,
    default_sort="-created_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="mail:write",
    create_policy=policies.may_write,
    create_label=_("Write a mail"),
    heading_links=(
        (_("Suppressed addresses"), "mail:suppressions", policies.may_see),
        (_("Returned notices"), "mail:notices", policies.may_see),
    ),
    empty=Empty(
        _("No mails yet"),
        _("Write one to somebody of the directory. Here you see whether the mail server took it, and whether it came back."),
        ((_("Write a mail"), "mail:write", policies.may_write),),
        icon="mail-forward",
    ),
    columns=(
        Column("subject", _("Subject"), lambda row: data(row.body.subject), lambda row: row.body.subject),
        Column("to", _("To"), facing.reader, lambda row: row.to_address),
        Column("name", _("Name"), lambda row: data(row.to_name), lambda row: row.to_name, is_default=False),
        Column("state", _("State"), facing.state_badge, lambda row: row.state_word),
        Column("reason", _("Reason"), facing.why, facing.why, is_default=False),
        Column("answer", _("What the mail server said"), lambda row: data(row.answer), lambda row: row.answer, is_default=False),
        Column("written", _("Written"), lambda row: when(row.created_at), lambda row: row.created_at, sort="created_at"),
        Column("handed", _("Handed over"), lambda row: when(row.handed_at) if row.handed_at else "", lambda row: row.handed_at),
        Column("by", _("Written by"), lambda row: data(row.by or ""), lambda row: str(row.by or ""), is_default=False),
        Column("attempts", _("Attempts"), lambda row: row.attempts, lambda row: row.attempts, is_default=False, is_numeric=True),
        Column("uuid", _("Id of the mail"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Message.State.choices),
        ReaderFilter("recipient", _("Who")),
        ReaderFilter("about", _("About")),
        TextFilter("to", _("To"), field="to_address", starts=True, is_folded=False),
        InstantFilter("written", _("Written"), field="created_at"),
        BooleanFilter("bulk", _("Kind"), condition=Q(is_bulk=True), yes=_("One of many"), no=_("Single mail")),
        BooleanFilter("complaint", _("Complaint"), condition=Q(complained_at__isnull=False)),
    ),
)  # fmt: skip
"""The outbox."""


def _suppressions(actor: Any) -> QuerySet[Suppression]:
    return selectors.suppressions_listed(actor)


suppressions = ListPage(
    name="suppressions",
    kind=selectors.SUPPRESSION,
    noun=_("suppressed address"),
    noun_plural=_("suppressed addresses"),
    title=_("Suppressed addresses"),
    intro=_("Nothing is sent to these addresses, whoever asks for it: there is no such mailbox, its reader complained, or asked for it."),
    policy=policies.may_see,
    rows=_suppressions,
    default_sort="-since_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="mail:suppress",
    create_policy=policies.may_suppress,
    create_label=_("Suppress an address"),
    heading_links=(
        (_("Outbox"), "mail:list", policies.may_see),
        (_("Several at once"), "mail:suppress_many", policies.may_suppress),
    ),
    empty=Empty(
        _("No suppressed addresses"),
        _("When there is no such mailbox, or a reader complains, the address comes here by itself. You can also bring the list of another program."),
        ((_("Several at once"), "mail:suppress_many", policies.may_suppress),),
        icon="mail-off",
    ),
    columns=(
        Column("address", _("Address"), lambda row: data(str(row)), str),
        Column("reason", _("Reason"), lambda row: row.get_reason_display(), lambda row: row.get_reason_display()),
        Column("state", _("State"), facing.suppression_badge, lambda row: str(_("Lifted") if row.is_lifted else _("Nothing is sent"))),
        Column("since", _("Since"), lambda row: when(row.since_at), lambda row: row.since_at, sort="since_at"),
        Column("lifted", _("Lifted"), lambda row: when(row.lifted_at) if row.lifted_at else "", lambda row: row.lifted_at, is_default=False),
        Column("lifted_by", _("Lifted by"), lambda row: data(row.lifted_by or ""), lambda row: str(row.lifted_by or ""), is_default=False),
        Column("note", _("Note"), lambda row: data(row.note), lambda row: row.note),
    ),
    filters=(
        ChoiceFilter("reason", _("Reason"), options=Suppression.Reason.choices),
        BooleanFilter("lifted", _("State"), condition=Q(lifted_at__isnull=False), yes=_("Lifted"), no=_("Nothing is sent")),
        TextFilter("address", _("Address"), field="address", starts=True, is_folded=False),
        InstantFilter("since", _("Since"), field="since_at"),
    ),
)  # fmt: skip
"""Addresses that nothing is sent to."""


def _notices(actor: Any) -> QuerySet[Notice]:
    return selectors.notices_listed(actor)


def _mail_text(row: Notice) -> str:
    return row.message.body.subject if row.message else ""


def _mail_cell(row: Notice) -> Any:
    return data(_mail_text(row)) if row.message else _("none of ours")


def _of_message(row: Notice) -> str | None:
    return row.message.get_absolute_url() if row.message else None


notices = ListPage(
    name="mail_notices",
    kind=selectors.NOTICE,
    noun=_("returned notice"),
    noun_plural=_("returned notices"),
    title=_("Returned notices"),
    intro=_("What mail servers and readers sent back: mails that came back or are late, complaints, answers of machines."),
    policy=policies.may_see,
    rows=_notices,
    default_sort="-created_at",
    row_url=_of_message,
    create_url_name="mail:take",
    create_policy=policies.may_take,
    create_label=_("Take notices in"),
    heading_links=((_("Outbox"), "mail:list", policies.may_see),),
    empty=Empty(
        _("Nothing has come back"),
        _("Notices come by themselves once your operator has set up a domain for returned mails. You can also give them as files."),
        ((_("Take notices in"), "mail:take", policies.may_take),),
        icon="mail-opened",
    ),
    columns=(
        Column("kind", _("What it says"), facing.notice_word, lambda row: row.get_kind_display()),
        Column("address", _("Address"), lambda row: data(row.address), lambda row: row.address),
        Column("mail", _("Mail"), _mail_cell, _mail_text),
        Column("status", _("Status code"), lambda row: data(row.status), lambda row: row.status),
        Column("said", _("What it said"), lambda row: data(row.said), lambda row: row.said),
        Column("way", _("Came by"), lambda row: row.get_way_display(), lambda row: row.get_way_display(), is_default=False),
        Column("received", _("Received"), lambda row: when(row.created_at), lambda row: row.created_at, sort="created_at"),
    ),
    filters=(
        ChoiceFilter("kind", _("What it says"), options=Notice.Kind.choices),
        ChoiceFilter("way", _("Came by"), options=Notice.Way.choices),
        TextFilter("address", _("Address"), field="address", starts=True, is_folded=False),
        BooleanFilter("ours", _("Mail"), condition=Q(message__isnull=False), yes=_("one of ours"), no=_("none of ours")),
    ),
)  # fmt: skip
"""What came back."""
