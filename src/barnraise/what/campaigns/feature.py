"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.foundation.refs import Ref
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.jobs.sockets import ChorePlug, chores, handlers, stages
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.mail.sockets import returns
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.what.projects.sockets import channels
from barnraise.who.audiences.sockets import criteria
from barnraise.why.goals.sockets import sources

from . import answering, belonging, jobs, policies, selectors, today
from . import sample as town
from .builtin import BLOCKS
from .intake import Campaigns
from .inviting import EVENT
from .models import Campaign
from .selectors import CITABLE, KIND, READER
from .services import hand_back, restore, send_step
from .services.following import MERGED
from .services.send import ANSWER, HANDLER, STEP
from .sockets import blocks, occasions
from .sourcing import CHANNEL, SOURCES
from .telling_apart import CRITERIA


def _address(key: int) -> str:
    return reverse("campaigns:by_key", args=[key])


def _reader_address(key: int) -> str:
    row = selectors.one_reader(key)
    if row.message_id is None:
        return _address(row.campaign_id)
    return reverse("mail:by_key", args=[row.message_id])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Campaign.objects.filter(pk__in=list(keys))
    return (Document(row.pk, row.name, f"{row.subject} {row.preview}", visibility="team") for row in rows)


def _upstream(ref: Ref) -> list[Ref]:
    """What it serves, what it invites to, to whom it goes."""
    row = Campaign.objects.filter(pk=ref.id).first()
    if row is None:
        return []
    found = [Ref.parse(text) for text in (row.cites, row.occasion) if text]
    return [*found, *([Ref("audiences", "audience", row.audience_id)] if row.audience_id else [])]


for _at, (_kind, _block) in enumerate(BLOCKS.items()):
    blocks.plug(_kind, _block, order=10 + _at)
occasions.plug("events.event", EVENT)
ui.navigation.plug(
    "campaigns",
    ui.NavigationItem(_("Campaigns"), "campaigns:list", "what", policies.may_see, "speakerphone"),
    order=40,
)
ui.actions.plug(
    "campaigns.make",
    ui.Action(
        _("Write a campaign"),
        "campaigns:make",
        policies.may_write,
        "speakerphone",
        _("newsletter invitation e-mail many"),
    ),
)
ui.cards.plug(
    "campaigns",
    ui.Card(_("Campaigns"), policies.may_see, "campaigns/cards/campaigns.html", today.card),
    order=24,
)
ui.kinds.plug(KIND, ui.Described(_("campaign"), selectors.titles, _address, policies.may_see, "speakerphone"))
ui.kinds.plug(
    READER,
    ui.Described(
        _("reader of a campaign"), selectors.reader_titles, _reader_address, policies.may_see, "mail-forward"
    ),
)
channels.plug("campaigns", CHANNEL, order=10)
for _name, _source in SOURCES.items():
    sources.plug(_name, _source)
for _at, (_name, _criterion) in enumerate(CRITERIA.items()):
    criteria.plug(_name, _criterion, order=70 + _at)
ui.threads.plug(KIND, ui.Thread(upstream=_upstream))
ui.threads.plug(READER, ui.Thread(upstream=selectors.campaign_of_reader))
ui.threads.plug("audiences.audience@campaigns", ui.Thread(downstream=selectors.to_audience))
ui.starts.plug(
    "events.event@campaigns",
    ui.Start(
        _("Invite people by mail"),
        lambda ref: f"{reverse('campaigns:make')}?occasion={ref}",
        policies.may_write,
    ),
)
ui.starts.plug(
    "audiences.audience@campaigns",
    ui.Start(
        _("Write to them"), lambda ref: f"{reverse('campaigns:make')}?audience={ref.id}", policies.may_write
    ),
)
for _cited in CITABLE:
    ui.threads.plug(f"{_cited}@campaigns", ui.Thread(downstream=selectors.citing))
ui.sample.plug("campaigns", ui.SamplePart(town.load, town.remove), order=84)
documents.plug(KIND, Documents(_("Campaigns"), _documents, policies.may_see))
belongings.plug("campaigns", belonging.PEOPLE, order=110)
nouns.plug("campaigns", Campaigns())
undoers.plug(KIND, restore)
undoers.plug(MERGED, hand_back)
handlers.plug(HANDLER, send_step)
stages.plug(STEP, _("Writing a mail for each reader"))
chores.plug(
    "campaigns.due",
    ChorePlug(timedelta(minutes=1), jobs.due, "Begins to send approved campaigns whose time has come."),
)
returns.plug("campaigns", answering.came_back)
purposes.plug(
    ANSWER,
    Purpose(
        title=_("Do you come?"),
        text=_("Press the button to send your answer."),
        button=_("Send my answer"),
        done=_("Thank you. Your answer has been noted."),
        act=answering.act,
        template="campaigns/answer.html",
        select=answering.shown,
        is_once=False,
    ),
)

for _verb, _text in {
    "made": _("{who} made the campaign {what}"),
    "changed": _("{who} changed the campaign {what}"),
    "written": _("{who} wrote on the campaign {what}"),
    "translated": _("{who} wrote the campaign {what} in a further language"),
    "draft_again": _("The campaign {what} is a draft again, since it was changed"),
    "asked": _("{who} asked for approval of the campaign {what}"),
    "approved": _("{who} approved the campaign {what}"),
    "taken_back": _("{who} took the campaign {what} back into draft"),
    "sending": ngettext_lazy(
        "{who} began to send the campaign {what} to {count} person",
        "{who} began to send the campaign {what} to {count} people",
        "count",
    ),
    "sent": ngettext_lazy(
        "The campaign {what} has been put into the outbox for {count} person",
        "The campaign {what} has been put into the outbox for {count} people",
        "count",
    ),
    "not_sent": _("The campaign {what} could not be sent at its time: {why}"),
    "cancelled": _("{who} cancelled the campaign {what}"),
    "answered_yes": _("{others} said yes to {what}"),
    "answered_no": _("{others} said no to {what}"),
    "removed": _("{who} removed the campaign {name}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} campaign of the sample town",
        "{who} added {count} campaigns of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} campaign of the sample town",
        "{who} removed {count} campaigns of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"campaigns.{_verb}", Sentence(_text, icon="speakerphone"))
