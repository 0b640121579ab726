"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.refs import Ref
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.jobs.sockets import handlers
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.what.projects.sockets import channels
from barnraise.why.goals.sockets import sources

from . import jobs, policies, profile, selectors
from . import sample as town
from .intake import Messages
from .intake_accounts import Accounts
from .intake_reach import Reaches
from .intake_variants import Variants
from .networks import BUILT_IN
from .reaching import CHANNEL
from .selectors import ACCOUNT, CITED, KIND, REACH, VARIANT
from .services import restore, restore_accounts, restore_reaches, restore_variants
from .services.post import HANDLER
from .sockets import networks
from .sourcing import SOURCES


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.listed().filter(pk__in=list(keys)):
        yield Document(row.pk, row.name, f"{row.text}\n{row.link}".strip(), visibility="team")


def _begin(ref: Ref) -> str:
    return f"{reverse('social:make')}?for={ref}"


for _at, (_name, _network) in enumerate(BUILT_IN.items()):
    networks.plug(_name, _network, order=10 * _at)
ui.navigation.plug(
    "social",
    ui.NavigationItem(_("Posts"), "social:list", "what", policies.may_see, "speakerphone"),
    order=60,
)
ui.actions.plug(
    "social.make",
    ui.Action(
        _("Write a message for the networks"),
        "social:make",
        policies.may_edit,
        "speakerphone",
        _("post social facebook instagram mastodon bluesky linkedin"),
    ),
)
ui.actions.plug(
    "social.accounts",
    ui.Action(
        _("Accounts at networks"), "social:accounts", policies.may_see, "world", _("token connect social")
    ),
)
ui.cards.plug(
    "social.open",
    ui.Card(_("Posts to be posted"), policies.may_see, "social/cards/open.html", profile.open_card),
    order=31,
)
ui.cards.plug(
    "social.down",
    ui.Card(_("Posts to take down"), policies.may_see, "social/cards/down.html", profile.down_card),
    order=8,
)
ui.kinds.plug(
    KIND,
    ui.Described(
        _("message"),
        selectors.titles,
        lambda key: reverse("social:by_key", args=[key]),
        policies.may_see,
        "speakerphone",
    ),
)
ui.kinds.plug(
    VARIANT,
    ui.Described(
        _("post"),
        selectors.variant_titles,
        lambda key: reverse("social:variant_by_key", args=[key]),
        policies.may_see,
        "message",
    ),
)
ui.kinds.plug(
    ACCOUNT,
    ui.Described(
        _("account at a network"),
        selectors.account_titles,
        lambda key: reverse("social:account_by_key", args=[key]),
        policies.may_see,
        "world",
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream, downstream=selectors.variants_of_message))
ui.threads.plug(VARIANT, ui.Thread(upstream=selectors.upstream_of_variant))
for _kind in CITED:
    ui.threads.plug(f"{_kind}@social", ui.Thread(downstream=selectors.serving))
ui.starts.plug("projects.project@social", ui.Start(_("Write a message about it"), _begin, policies.may_edit))
handlers.plug(HANDLER, jobs.publish)
documents.plug(KIND, Documents(_("Posts"), _documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(VARIANT, restore_variants)
undoers.plug(ACCOUNT, restore_accounts)
undoers.plug(REACH, restore_reaches)
nouns.plug("posts", Messages())
nouns.plug("post_variants", Variants())
nouns.plug("social_accounts", Accounts())
nouns.plug("post_reach", Reaches())
for _name, _source in SOURCES.items():
    sources.plug(_name, _source, order=65)
channels.plug("social", CHANNEL, order=25)
ui.sample.plug("social", ui.SamplePart(town.load, town.remove), order=90)

for _verb, _text in {
    "made": _("{who} wrote the message {what} for the networks"),
    "changed": _("{who} changed the message {what}"),
    "variant_changed": _("{who} changed what a network gets of the message {what}"),
    "approved": _("{who} approved a post of the message {what}"),
    "unapproved": _("{who} took back the approval of a post of the message {what}"),
    "queued": _("{who} had the message {what} posted"),
    "confirmed": _("A network confirmed a post of the message {what}"),
    "failed": _("A post of the message {what} failed: {reason}"),
    "by_hand": _("{who} posted the message {what} by hand"),
    "down": _("{who} noted that a post of the message {what} was taken down"),
    "reached": _("{who} noted that a post of the message {what} reached {count}"),
    "reach_removed": _("{who} removed a number of reach of the message {what}"),
    "removed": _("{who} removed the message {title}"),
    "account_added": _("{who} added the account {what} at a network"),
    "account_changed": _("{who} changed the account {what} at a network"),
    "connected": _("{who} let us post to the account {what}"),
    "account_ended": _("{who} ended the account {what} at a network"),
    "sample_added": ngettext_lazy(
        "{who} added {count} message of the sample town",
        "{who} added {count} messages of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} message of the sample town",
        "{who} removed {count} messages of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"social.{_verb}", Sentence(_text, icon="speakerphone"))
