"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.sockets import tongues
from barnraise.plumbing.imports.sockets import formats, nouns
from barnraise.plumbing.jobs.sockets import ChorePlug, chores, handlers, stages
from barnraise.plumbing.journal.sockets import Sentence, details, labels, sentences, undoers
from barnraise.plumbing.mail import policies as mail_policies
from barnraise.plumbing.mail.sockets import placeholders, recipients
from barnraise.plumbing.questionnaires.sockets import Respondents, respondents
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui.sockets import (
    Action,
    Card,
    Described,
    NavigationItem,
    Panel,
    SamplePart,
    actions,
    cards,
    kinds,
    navigation,
    sample,
)
from barnraise.who.communities.sockets import Placing, Use, placings, uses
from barnraise.who.communities.sockets import panels as community_panels
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.sockets import panels as organisation_panels
from barnraise.who.organisations.sockets import renamed

from . import belonging, mailing, policies, selectors
from . import sample as town
from .finding import found_as
from .formats import FORMATS
from .intake import People
from .jobs import COMPARING, READING, likely_step, look_daily
from .selectors import KIND
from .selectors.likely import LOOK
from .services import (
    count_unplaced,
    follow_names,
    locate_by_postcode,
    move_residents,
    note_located,
    release_residents,
    restore,
)
from .sockets import panels
from .told import LABELS, told


def _address(key: int) -> str:
    return reverse("people:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    said = selectors.documents(keys)
    named = organisations.titles(sorted({post.organisation for one in said.values() for post in one.roles}))
    return (found_as(key, one, named) for key, one in said.items())


def _respondents(text: str, most: int) -> list[tuple[Ref, str]]:
    found = selectors.titles(selectors.named(text, most))
    return [(Ref("people", "person", key), title) for key, title in found.items()]


def _living_words(count: int) -> str:
    return ngettext(
        "%(count)d person belongs to it or leads it", "%(count)d people belong to it or lead it", count
    ) % {"count": count}


respondents.plug(KIND, Respondents(_("person"), _respondents, policies.may_see))
navigation.plug(
    "people", NavigationItem(_("People"), "people:list", "who", policies.may_see, "users"), order=5
)
actions.plug(
    "people.create",
    Action(
        _("Add a person"),
        "people:create",
        policies.may_write,
        "user-plus",
        _("contact resident volunteer leader"),
    ),
)
actions.plug(
    "people.duplicates",
    Action(_("Likely duplicates"), "people:duplicates", policies.may_merge, "users", _("merge double twice")),
)
handlers.plug(LOOK, likely_step)
stages.plug(READING, _("Reading contacts and names"))
stages.plug(COMPARING, _("Comparing"))
chores.plug(
    "people.likely",
    ChorePlug(
        timedelta(hours=24),
        look_daily,
        "Looks for people who may be there twice, where there are too many to look whenever somebody asks.",
    ),
)
cards.plug(
    "people.terms",
    Card(_("Terms that end soon"), policies.may_see, "people/terms_card.html", selectors.lapsing),
    order=25,
)
organisation_panels.plug(
    "people",
    Panel(_("People"), policies.may_see, "people/organisation_panel.html", selectors.of_organisation),
    order=5,
)
community_panels.plug(
    "people",
    Panel(_("People"), policies.may_see, "people/community_panel.html", selectors.of_community),
    order=20,
)
kinds.plug(KIND, Described(_("person"), selectors.titles, _address, policies.may_see, "user"))
documents.plug(KIND, Documents(_("People"), _documents, policies.may_see))
details.plug(KIND, told)
labels.plug(KIND, LABELS)
renamed.plug("people", follow_names)
undoers.plug(KIND, restore)
tongues.plug("people", selectors.tongue_of_address)
sample.plug("people", SamplePart(town.load, town.remove), order=40)
nouns.plug("people", People())
for _name, _format in FORMATS.items():
    formats.plug(_name, _format)
for _name, _plug, _order in (
    # Imports ask the journal's undo store what they brought, and the journal the files: so files go after both.
    ("imports", belonging.IMPORTS, 10),
    ("journal", belonging.JOURNAL, 20),
    ("files", belonging.FILES, 30),
    ("search", belonging.SEARCH, 40),
    ("snoozes", belonging.SNOOZES, 45),
    ("jobs", belonging.JOBS, 50),
    ("mail", mailing.MAIL, 60),
    ("people.roles", belonging.ROLES, 900),
    ("people", belonging.OWN, 1000),
):
    belongings.plug(_name, _plug, order=_order)
recipients.plug(KIND, mailing.readers)
for _place, _holder in mailing.PLACEHOLDERS.items():
    placeholders.plug(_place, _holder)
panels.plug(
    "mail",
    Panel(_("Mails"), mail_policies.may_see, "people/mails_panel.html", mailing.panel, is_later=True),
    order=40,
)
placings.plug("people", Placing(count_unplaced, locate_by_postcode, note_located))
uses.plug("people", Use(selectors.count_in_community, _living_words, move_residents, release_residents))

sentences.plug(
    "people.erased_again",
    Sentence(
        ngettext_lazy(
            "{who} erased {count} person again after a restore",
            "{who} erased {count} people again after a restore",
            "count",
        ),
        icon="user",
    ),
)
for _verb, _text in {
    "registered": _("{who} added {what}"),
    "changed": _("{who} changed {what}"),
    "removed": _("{who} removed the person {name}"),
    "located": ngettext_lazy(
        "{who} placed {count} person by the postcode",
        "{who} placed {count} people by their postcodes",
        "count",
    ),
    "merged": _("{who} merged {name} into {what}"),
    "erased": _("{who} erased a person"),
    "exported": _("{who} exported everything kept about {what}"),
    "wrote_many": _("{who} added {created} people and changed {updated}"),
    "leader_added": _("{who} noted that {what} leads: {for}"),
    "leader_changed": _("{who} changed what is noted of {what} as a leader: {for}"),
    "leader_ended": _("{who} noted that the term of {what} is over: {for}"),
    "leader_removed": _("{who} took away that {what} leads: {for}"),
    "leader_noted": _("{who} noted the reach or influence of {what}: {for}"),
    "leader_note_removed": _("{who} took away a note about {what} as a leader"),
    "told_apart": _("{who} noted that {what} and {others} are two people"),
    "apart_forgotten": _("{who} noted that {what} and {others} may be one person"),
    "field_added": _("{who} added the custom field {label}"),
    "field_changed": _("{who} changed the custom field {label}"),
    "field_removed": _("{who} took away the custom field {label}"),
    "tagged_many": ngettext_lazy(
        "{who} changed the tags of {count} person", "{who} changed the tags of {count} people", "count"
    ),
    "owned_many": ngettext_lazy(
        "{who} said who keeps the relation to {count} person",
        "{who} said who keeps the relation to {count} people",
        "count",
    ),
    "placed_many": ngettext_lazy(
        "{who} noted the community of {count} person", "{who} noted the community of {count} people", "count"
    ),
    "retired_many": ngettext_lazy(
        "{who} marked {count} person as no longer involved",
        "{who} marked {count} people as no longer involved",
        "count",
    ),
    "removed_many": ngettext_lazy("{who} removed {count} person", "{who} removed {count} people", "count"),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} person of the sample town",
        "{who} removed {count} people of the sample town",
        "count",
    ),
    "role_added": _("{who} noted a role of {what} at {others}"),
    "role_changed": _("{who} changed the role of {what} at {others}"),
    "role_ended": _("{who} noted that {what} has left {others}"),
    "role_removed": _("{who} took away a role of {what} at {others}"),
    "community_moved": _("{who} moved the people of a community, {what} among them, to another"),
}.items():
    sentences.plug(f"people.{_verb}", Sentence(_text, icon="user"))
