"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.mail.sockets import requests
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.organisations.sockets import panels as organisation_panels

from . import belonging, intake, mailing, policies, profile, selectors
from . import sample as town
from .intake_waves import Waves
from .selectors import KIND, MEMBER
from .services import MERGED, hand_back, restore, restore_ties


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.listed().filter(pk__in=list(keys)):
        yield Document(row.pk, row.name, row.about, visibility="team")


ui.navigation.plug(
    "network",
    ui.NavigationItem(_("Network"), "network:list", "sowhat", policies.may_see, "git-fork"),
    order=25,
)
ui.actions.plug(
    "network.begin",
    ui.Action(_("Begin a wave"), "network:begin", policies.may_edit, "git-fork", _("trust network survey partners")),
)  # fmt: skip
ui.cards.plug(
    "network.due",
    ui.Card(_("Partners asked how we work together"), policies.may_see, "network/cards/due.html", profile.due_card),
    order=54,
)  # fmt: skip
organisation_panels.plug(
    "network",
    ui.Panel(
        _("Network"),
        policies.may_see,
        "network/panel.html",
        profile.panel,
        is_later=True,
        held_by=(("network.Member", "organisation"),),
    ),
    order=70,
)
ui.kinds.plug(
    KIND,
    ui.Described(
        _("wave"),
        selectors.titles,
        lambda key: reverse("network:by_key", args=[key]),
        policies.may_see,
        "git-fork",
    ),
)
ui.kinds.plug(
    MEMBER,
    ui.Described(
        _("partner in a wave"),
        selectors.member_titles,
        lambda key: reverse("network:member_by_key", args=[key]),
        policies.may_edit,
        "mail-opened",
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.asked_in))
ui.threads.plug("organisations.organisation@network", ui.Thread(downstream=selectors.waves_of))
documents.plug(KIND, Documents(_("Waves"), _documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(intake.KIND, restore_ties)
undoers.plug(MERGED, hand_back)
belongings.plug("network", belonging.ORGANISATIONS, order=115)
belongings.plug("network.signed", belonging.PEOPLE, order=116)
nouns.plug("waves", Waves())
nouns.plug("ties", intake.Ties())
requests.plug(MEMBER, mailing.REQUEST)
purposes.plug(
    mailing.PURPOSE,
    Purpose(
        title=_("How do we work together?"),
        text=_("You can change your answers by the same link until the wave is closed."),
        button=_("Send the answers"),
        act=mailing.act,
        done=_("Thank you: your answers are kept."),
        template="network/answer.html",
        select=mailing.offer,
        is_once=False,
    ),
)
ui.sample.plug("network", ui.SamplePart(town.load, town.remove), order=88)

for _verb, _text in {
    "begun": _("{who} began the wave {what}"),
    "changed": _("{who} changed the wave {what}"),
    "closed": _("{who} closed the wave {what}"),
    "opened": _("{who} opened the wave {what} again"),
    "removed": _("{who} removed the wave {title}"),
    "members_added": ngettext_lazy(
        "{who} added {count} partner to the wave {what}",
        "{who} added {count} partners to the wave {what}",
        "count",
    ),
    "member_removed": _("{who} took {others} out of the wave {what}"),
    "asked": ngettext_lazy(
        "{who} asked {count} partner in the wave {what}",
        "{who} asked {count} partners in the wave {what}",
        "count",
    ),
    "answered": _("{others} answered in the wave {what}"),
    "answered_again": _("{others} changed its answers in the wave {what}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} wave of the sample town", "{who} added {count} waves of the sample town", "count"
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} wave of the sample town",
        "{who} removed {count} waves of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"network.{_verb}", Sentence(_text, icon="git-fork"))
