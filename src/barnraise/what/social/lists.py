"""The lists of messages, of what networks got, and of our accounts."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    TextFilter,
)

from . import facing, policies, selectors
from .models import Variant


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


def _networks() -> list[tuple[str, Any]]:
    return [(name, AsWritten(title)) for name, title in facing.choices()]


_WRITE: Any = ((_("Write a message"), "social:make", policies.may_edit),)
_POSTS: Any = ((_("Posts"), "social:list", policies.may_see),)
_ADD: Any = ((_("Add an account"), "social:add_account", policies.may_keep_accounts),)

messages = ListPage(
    name="messages",
    kind=selectors.KIND,
    noun=_("message"),
    noun_plural=_("messages"),
    title=_("Posts"),
    heading_links=(
        (_("By network"), "social:variants", policies.may_see),
        (_("Accounts at networks"), "social:accounts", policies.may_see),
    ),
    intro=_("One message, a variant for each network: checked, approved, posted, and what became of it."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="social:make",
    create_policy=policies.may_edit,
    create_label=_("Write a message"),
    empty=Empty(
        _("No posts yet"),
        _(
            "Write one message; each network gets its variant, with its limits checked. Post it by hand with two clicks, or let us "
            "post where an account is connected."
        ),
        _WRITE,
        icon="speakerphone",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("text", _("What to say"), lambda row: data(row.text[:160]), lambda row: row.text),
        Column("state", _("Where it stands"), facing.stands_badge, facing.stands_word),
        Column("language", _("Language"), lambda row: facing.language_word(row.language), lambda row: row.language, is_default=False),
        Column("owner", _("Who sees to it"), lambda row: data(str(row.owner)) if row.owner else "", lambda row: str(row.owner or "")),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at"),
        Column("link", _("Leads to"), lambda row: data(row.link), lambda row: row.link, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        TextFilter("name", _("Name"), field="name_folded"),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
    ),
)  # fmt: skip
"""What is said."""

variants = ListPage(
    name="variants",
    kind=selectors.VARIANT,
    noun=_("variant"),
    noun_plural=_("variants"),
    title=_("Posts by network"),
    heading_links=_POSTS,
    intro=_("What each network got, and what became of it there."),
    policy=policies.may_see,
    rows=selectors.variants_listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    empty=Empty(_("Nothing was posted yet"), _("Write a message: each network gets its variant of it."), _WRITE, icon="message"),
    columns=(
        Column("message", _("Message"), lambda row: data(row.message.name), lambda row: row.message.name),
        Column("network", _("Network"), lambda row: facing.network_word(row.network), lambda row: facing.title_of(row.network)),
        Column("state", _("State"), facing.state_badge, lambda row: row.get_state_display()),
        Column("posted", _("Posted"), lambda row: when(row.posted_at) if row.posted_at else "", lambda row: row.posted_at, sort="posted_at"),
        Column("address", _("Address of the post"), lambda row: data(row.address), lambda row: row.address),
        Column("reason", _("Why it failed"), lambda row: data(row.reason), lambda row: row.reason, is_default=False),
        Column("account", _("Account"), lambda row: data(str(row.account or "")), lambda row: str(row.account or ""), is_default=False),
        Column("text", _("Text"), lambda row: data(row.text[:160]), lambda row: row.text, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Variant.State.choices),
        ChoiceFilter("network", _("Network"), options=_networks),
        DateFilter("posted", _("Posted"), field="posted_at"),
    ),
)  # fmt: skip
"""What networks got."""

accounts = ListPage(
    name="social_accounts",
    kind=selectors.ACCOUNT,
    noun=_("account at a network"),
    noun_plural=_("accounts at networks"),
    title=_("Accounts at networks"),
    heading_links=_POSTS,
    intro=_("Where posts stand under our name. Where an account is connected, we post by ourselves; everywhere else by hand."),
    policy=policies.may_see,
    rows=selectors.accounts_listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="social:add_account",
    create_policy=policies.may_keep_accounts,
    create_label=_("Add an account"),
    empty=Empty(
        _("No accounts yet"),
        _("Add the accounts your partnership has. Without any, posts are copied and pasted all the same."),
        _ADD,
        icon="world",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name),
        Column("network", _("Network"), lambda row: facing.network_word(row.network), lambda row: facing.title_of(row.network)),
        Column("state", _("State"), facing.account_badge, facing.account_word),
        Column("address", _("Public address"), lambda row: data(row.address), lambda row: row.address),
        Column("server", _("Server"), lambda row: data(row.server), lambda row: row.server, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at"),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("network", _("Network"), options=_networks),
        BooleanFilter("ended", _("Ended"), condition=Q(ended_at__isnull=False)),
    ),
)  # fmt: skip
"""Where they stand."""
