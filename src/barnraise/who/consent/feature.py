"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose as LinkPurpose
from barnraise.plumbing.links.sockets import purposes
from barnraise.plumbing.mail.sockets import Permission, permissions, returns
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.people.sockets import panels as person_panels

from . import belonging, mailing, policies, preferences, profile, selectors
from . import sample as town
from .intake import Consents
from .intake_purposes import Purposes
from .models import Purpose
from .selectors import KIND, PURPOSE
from .services import hand_back, restore, restore_purposes
from .services.following import MERGED


def _purpose_address(key: int) -> str:
    return reverse("consent:purpose_by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Purpose.objects.filter(pk__in=list(keys))
    return (Document(row.pk, row.name, row.about, visibility="team") for row in rows)


ui.navigation.plug(
    "consent",
    ui.NavigationItem(_("Consents"), "consent:list", "who", policies.may_see, "shield-check"),
    order=25,
)
ui.actions.plug(
    "consent.add_purpose",
    ui.Action(
        _("Add a purpose"),
        "consent:add_purpose",
        policies.may_shape,
        "shield-check",
        _("consent opt in newsletter"),
    ),
)
ui.prompts.plug(
    "consent.record",
    ui.Prompt(
        title=_("Consent: %(name)s"),
        words=_("consent agree opt"),
        kinds=("people.person",),
        url=lambda ref: reverse("consent:by_key", args=[ref.id]),
        policy=policies.may_record,
        icon="shield-check",
    ),
)
ui.cards.plug(
    "consent.expiring",
    ui.Card(
        _("Consents that expire soon"), policies.may_see, "consent/cards/expiring.html", profile.expiring_card
    ),
    order=28,
)
person_panels.plug(
    "consent", ui.Panel(_("Consents"), policies.may_see, "consent/panel.html", profile.panel), order=30
)
ui.kinds.plug(
    selectors.KIND,
    ui.Described(
        _("what somebody said"),
        selectors.consent_titles,
        lambda key: reverse("consent:said_by_key", args=[key]),
        policies.may_see,
        "shield-check",
    ),
)
ui.kinds.plug(
    PURPOSE,
    ui.Described(_("purpose"), selectors.purpose_titles, _purpose_address, policies.may_see, "shield-check"),
)
permissions.plug(PURPOSE, Permission(mailing.refusal, mailing.title))
returns.plug("consent", mailing.came_back)
documents.plug(PURPOSE, Documents(_("Purposes"), _documents, policies.may_see))
undoers.plug(KIND, restore)
for _kind in (PURPOSE, "consent.wording"):
    undoers.plug(_kind, restore_purposes)
undoers.plug(MERGED, hand_back)
belongings.plug("consent", belonging.PEOPLE, order=90)
nouns.plug("consents", Consents())
nouns.plug("consent_purposes", Purposes())
ui.sample.plug("consent", ui.SamplePart(town.load, town.remove), order=45)
purposes.plug(
    "consent.preferences",
    LinkPurpose(
        title=_("What would you like to hear from us?"),
        text=_("Tick what you want. You can change it at any time on this page."),
        button=_("Save my choice"),
        done=_("Your choice is saved."),
        act=preferences.choose,
        template="consent/preferences.html",
        select=preferences.offers,
        is_once=False,
    ),
)

for _verb, _text in {
    "given": _("{who} noted that {what} agrees to {others}"),
    "withdrawn": _("{who} noted that {what} no longer agrees to {others}"),
    "chosen": _("{what} chose on their own page what they want to get"),
    "purpose_added": _("{who} added the purpose {what}"),
    "purpose_changed": _("{who} changed the purpose {what}"),
    "purpose_worded": _("{who} wrote version {number} of the words for {what}"),
    "purpose_ended": _("{who} ended the purpose {what}"),
    "purpose_reopened": _("{who} has people asked about {what} again"),
    "purpose_removed": _("{who} removed the purpose {name}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} consent of the sample town",
        "{who} added {count} consents of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} consent of the sample town",
        "{who} removed {count} consents of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"consent.{_verb}", Sentence(_text, icon="shield-check"))
