"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from barnraise.foundation.belongings import belongings
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import sentences, undoers
from barnraise.plumbing.mail import policies as mail_policies
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.communities.sockets import Use, uses
from barnraise.who.organisations.sockets import panels as organisation_panels
from barnraise.who.people.sockets import panels as person_panels

from . import belonging, calendar, facing, jobs, policies, profile, selectors
from . import sample as town
from .finding import found_as, step_found_as
from .models import Interaction, NextStep
from .selectors import KIND, PROPOSAL, STEP
from .sentences import SENTENCES
from .services import hand_back, move_talks, release_talks, restore, restore_steps
from .sockets import CalendarSource, Moment, Strand, calendars, strands


def _address(key: int) -> str:
    return reverse("interactions:by_key", args=[key])


def _step_address(key: int) -> str:
    return reverse("interactions:step_by_key", args=[key])


def _proposal_address(key: int) -> str:
    return reverse("interactions:proposals")


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    return (found_as(row) for row in Interaction.objects.filter(pk__in=list(keys)))


def _step_documents(keys: Sequence[int]) -> Iterable[Document]:
    return (step_found_as(row) for row in NextStep.objects.filter(pk__in=list(keys)))


def _in_community(key: int) -> int:
    return Interaction.objects.filter(community_id=key).count()


def _in_community_words(count: int) -> str:
    words = ngettext("%(count)d interaction belongs to it", "%(count)d interactions belong to it", count)
    return words % {"count": count}


def _talks(ref: Ref, *, actor: Any, after: str, most: int, only: str) -> list[Moment]:
    found = selectors.talks(ref, actor=actor, after=after, most=most, only=only)
    return [
        Moment(talk.row.happened_at, talk.place, lambda talk=talk: facing.talk_item(talk, ref))  # type: ignore[misc]
        for talk in found
    ]


def _done(ref: Ref, *, actor: Any, after: str, most: int, only: str) -> list[Moment]:
    found = selectors.done_steps(ref, actor=actor, after=after, most=most)
    return [
        Moment(
            step.done_at or step.updated_at,
            selectors.place_of(step.done_at or step.updated_at, step.pk),
            lambda step=step: facing.step_item(step),  # type: ignore[misc]
        )
        for step in found
    ]


def _told(ref: Ref, *, actor: Any, after: str, most: int, only: str) -> list[Moment]:
    found = selectors.told_of(ref, actor=actor, after=after, most=most)
    return [
        Moment(entry.at, str(entry.id), lambda entry=entry: facing.told_item(entry))  # type: ignore[misc]
        for entry in found
    ]


def _mail_moment(row: Message) -> Moment:
    return Moment(row.created_at, selectors.place_of(row.created_at, row.pk), lambda: facing.mail_item(row))


def _mails(ref: Ref, *, actor: Any, after: str, most: int, only: str) -> list[Moment]:
    return [_mail_moment(row) for row in selectors.mails_to(ref, after=after, most=most)]


strands.plug("talks", Strand(policies.may_list, _talks, tuple(facing.KINDS.items())), order=10)
strands.plug("steps", Strand(policies.may_list, _done, (("steps", _("Next steps done")),)), order=20)
strands.plug(
    "outbox", Strand(mail_policies.may_see, _mails, (("outbox", _("Mails of the outbox")),)), order=25
)
strands.plug("journal", Strand(policies.may_list, _told, (("changes", _("Changes")),)), order=30)
calendars.plug("interactions.steps", CalendarSource(calendar.steps_in_calendar, selectors.stamp_of_calendar))

_PANEL = ui.Panel(
    _("Interactions"),
    policies.may_list,
    "interactions/profile_panel.html",
    profile.panel,
    place="top",
    has_timeline=True,
)
organisation_panels.plug("interactions", _PANEL, order=5)
person_panels.plug("interactions", _PANEL, order=5)

ui.navigation.plug(
    "interactions",
    ui.NavigationItem(_("Interactions"), "interactions:list", "who", policies.may_list, "messages"),
    order=30,
)
ui.navigation.plug(
    "interactions.steps",
    ui.NavigationItem(_("Next steps"), "interactions:steps", "today", policies.may_list, "circle-check"),
    order=40,
)
ui.actions.plug(
    "interactions.create",
    ui.Action(
        _("Note an interaction"),
        "interactions:create",
        policies.may_write,
        "notes",
        _("call visit mail talk log"),
    ),
    order=5,
)
ui.actions.plug(
    "interactions.feed",
    ui.Action(
        _("My calendar address"),
        "interactions:feed",
        policies.may_have_feed,
        "calendar-due",
        _("ics subscribe"),
    ),
)
for _kind, _noun, _words in (
    ("note", _("Note: %(name)s"), _("note")),
    ("call", _("Call: %(name)s"), _("call phoned")),
    ("visit", _("Visit: %(name)s"), _("visit met")),
    ("talk", _("Talk: %(name)s"), _("talk")),
):
    ui.prompts.plug(
        f"interactions.{_kind}",
        ui.Prompt(
            title=_noun,
            words=_words,
            kinds=("people.person", "organisations.organisation"),
            url=lambda ref, kind=_kind: (
                f"{reverse('interactions:about', kwargs={'ref': str(ref)})}?kind={kind}"
            ),  # type: ignore[misc]
            policy=policies.may_write,
            icon=facing.ICONS[_kind],
        ),
    )
ui.cards.plug(
    "interactions.steps",
    ui.Card(_("My next steps"), policies.may_list, "interactions/cards/steps.html", profile.steps_card),
    order=15,
)
ui.cards.plug(
    "interactions.quiet",
    ui.Card(_("Gone quiet"), policies.may_list, "interactions/cards/quiet.html", profile.quiet_card),
    order=30,
)
ui.cards.plug(
    "interactions.proposals",
    ui.Card(
        _("Who is it?"), policies.may_sort_out, "interactions/cards/proposals.html", profile.proposals_card
    ),
    order=25,
)
ui.kinds.plug(KIND, ui.Described(_("interaction"), selectors.titles, _address, policies.may_list, "messages"))
ui.kinds.plug(
    STEP,
    ui.Described(_("next step"), selectors.step_titles, _step_address, policies.may_list, "circle-check"),
)
ui.kinds.plug(
    PROPOSAL,
    ui.Described(
        _("unknown address"), selectors.proposal_titles, _proposal_address, policies.may_list, "mail"
    ),
)
documents.plug(KIND, Documents(_("Interactions"), _documents, policies.may_list))
documents.plug(STEP, Documents(_("Next steps"), _step_documents, policies.may_list))
undoers.plug(KIND, restore)
undoers.plug(STEP, restore_steps)
undoers.plug("interactions.interactionperson", hand_back)
undoers.plug("interactions.interactionorganisation", hand_back)
belongings.plug("interactions", belonging.PEOPLE, order=100)
belongings.plug("interactions.organisations", belonging.ORGANISATIONS, order=100)
uses.plug("interactions", Use(_in_community, _in_community_words, move_talks, release_talks))
ui.sample.plug("interactions", ui.SamplePart(town.load, town.remove), order=50)
chores.plug(
    "interactions.mailbox",
    ChorePlug(
        timedelta(minutes=1),
        jobs.fetch,
        "Files the new mails of the mailbox that BARNRAISE_MAILBOX names.",
    ),
)
ui.actions.plug(
    "interactions.mail",
    ui.Action(
        _("File mails"), "interactions:mail", policies.may_file, "mail", _("eml upload e-mail address bcc")
    ),
)
chores.plug(
    "interactions.sweep",
    ChorePlug(
        timedelta(hours=24),
        jobs.sweep,
        "Removes files of interactions that were removed and can no longer be brought back.",
    ),
)

for _verb, _sentence in SENTENCES.items():
    sentences.plug(f"interactions.{_verb}", _sentence)
