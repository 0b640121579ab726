"""What accounts plug into the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import Sentence, sentences
from barnraise.plumbing.ui import sockets as ui

from . import jobs
from .models import Account, Invitation
from .policies import may_have_tokens, may_invite, may_see_accounts, may_see_own

for verb, text, icon in (
    ("added", _("{who} added the account {what}"), "user-plus"),
    ("first_admin", _("{what} became the first admin"), "user-plus"),
    ("invited", _("{who} invited {what}"), "mail"),
    ("invitation_sent_again", _("{who} sent the invitation to {what} again"), "mail-forward"),
    ("invitation_revoked", _("{who} revoked the invitation to {what}"), "x"),
    ("joined", _("{what} accepted the invitation"), "user-check"),
    ("role_changed", _("{who} changed the role of {what}"), "shield"),
    ("deactivated", _("{who} deactivated the account {what}"), "user-x"),
    ("reactivated", _("{who} reactivated the account {what}"), "user-check"),
    ("changed", _("{who} changed their own account"), "user-circle"),
    ("email_changed", _("{who} changed the e-mail of {what}"), "mail"),
    ("token_added", _("{who} made the token “{name}”"), "key"),
    ("token_renamed", _("{who} renamed a token to “{name}”"), "key"),
    ("token_revoked", _("{who} revoked the token “{name}” of {what}"), "key"),
    ("password_changed", _("{who} changed their password"), "lock"),
    ("password_reset", _("{what} set a new password by mail"), "lock"),
    ("factor_added", _("{who} switched on the authenticator app"), "shield-check"),
    ("factor_removed", _("{who} switched off the authenticator app"), "shield"),
    ("passkey_added", _("{who} added a passkey"), "fingerprint"),
    ("passkey_removed", _("{who} removed a passkey"), "fingerprint"),
    ("factors_reset", _("{who} removed the second factor of {what}"), "shield"),
    ("recovery_codes_made", _("{who} made new recovery codes"), "list"),
):
    sentences.plug(f"accounts.{verb}", Sentence(text, icon=icon))
sentences.plug(
    "accounts.sessions_ended",
    Sentence(
        ngettext_lazy(
            "{who} ended {count} session of {what}", "{who} ended {count} sessions of {what}", "count"
        ),
        icon="logout",
    ),
)
chores.plug(
    "accounts.purge",
    ChorePlug(timedelta(hours=12), jobs.purge, "Removes expired sessions and old links to a first admin."),
)


def _account_titles(keys: Sequence[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Account.objects.filter(pk__in=keys)}


def _account_url(key: int) -> str:
    return reverse("accounts:show", kwargs={"key": key})


def _invitation_titles(keys: Sequence[int]) -> Mapping[int, str]:
    return {row.pk: str(row) for row in Invitation.objects.filter(pk__in=keys)}


ui.kinds.plug(
    "accounts.account",
    ui.Described(_("account"), _account_titles, _account_url, may_see_accounts, icon="user"),
)
ui.kinds.plug(
    "accounts.invitation",
    ui.Described(
        _("invitation"),
        _invitation_titles,
        lambda key: reverse("accounts:index"),
        may_see_accounts,
        icon="mail",
    ),
)
ui.navigation.plug(
    "accounts",
    ui.NavigationItem(_("Accounts"), "accounts:index", "settings", may_see_accounts, icon="users"),
    order=910,
)
for name, title, url_name, policy, icon, keywords in (
    (
        "invite",
        _("Invite somebody"),
        "accounts:invite",
        may_invite,
        "user-plus",
        _("account user member add"),
    ),
    ("me", _("Your account"), "accounts:me", may_see_own, "user-circle", _("profile name language dark")),
    ("tokens", _("Your tokens"), "accounts:tokens", may_have_tokens, "key", _("api program access")),
):
    ui.actions.plug(f"accounts.{name}", ui.Action(title, url_name, policy, icon=icon, keywords=keywords))
