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
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.organisations.sockets import panels as organisation_panels
from barnraise.who.people.sockets import panels as person_panels
from barnraise.why.goals.sockets import sources

from . import belonging, policies, profile, public, selectors
from . import sample as town
from .faults import CITED
from .intake import Concerns
from .selectors import ANSWER, KIND
from .services import hand_back, restore
from .services.following import MERGED
from .services.tell import PURPOSE
from .sourcing import SOURCES


def _address(key: int) -> str:
    return reverse("issues:by_key", args=[key])


def _answer_address(key: int) -> str:
    return reverse("issues:answer_by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.listed().filter(pk__in=list(keys)):
        parties = " ".join(str(one) for one in (row.asker, row.about) if one)
        yield Document(
            row.pk,
            row.what,
            f"{parties}\n{row.detail}\n{row.outcome}".strip(),
            visibility="leads" if row.is_confidential else "team",
        )


ui.navigation.plug(
    "issues",
    ui.NavigationItem(_("Concerns"), "issues:list", "what", policies.may_see, "message-question"),
    order=25,
)
ui.actions.plug(
    "issues.bring",
    ui.Action(
        _("Note a concern"),
        "issues:bring",
        policies.may_edit,
        "message-question",
        _("issue complaint conflict worry answer"),
    ),
)
ui.navigation.plug(
    "issues.clocks",
    ui.NavigationItem(_("Clocks of concerns"), "issues:clocks", "settings", policies.may_set_clocks, "clock"),
    order=450,
)
ui.cards.plug(
    "issues.clock",
    ui.Card(_("Concerns near their clock"), policies.may_see, "issues/cards/clock.html", profile.clock_card),
    order=11,
)
_PANEL = ui.Panel(
    _("Concerns"),
    policies.may_see,
    "issues/panel.html",
    profile.panel,
    is_later=True,
    applies=profile.has_panel,
)
organisation_panels.plug("issues", _PANEL, order=26)
person_panels.plug("issues", _PANEL, order=26)
ui.kinds.plug(
    KIND, ui.Described(_("concern"), selectors.titles, _address, policies.may_see, "message-question")
)
ui.kinds.plug(
    ANSWER,
    ui.Described(
        _("answer to a concern"), selectors.answer_titles, _answer_address, policies.may_see, "message-reply"
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream))
for _kind in CITED:
    ui.threads.plug(f"{_kind}@issues", ui.Thread(downstream=selectors.touching))
for _kind in ("projects.project", "events.event"):
    ui.starts.plug(
        f"{_kind}@issues",
        ui.Start(_("Note a concern"), lambda ref: f"{reverse('issues:bring')}?for={ref}", policies.may_edit),
        order=40,
    )
documents.plug(KIND, Documents(_("Concerns"), _documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(MERGED, hand_back)
belongings.plug("issues", belonging.PEOPLE, order=100)
belongings.plug("issues.organisations", belonging.ORGANISATIONS, order=100)
nouns.plug("issues", Concerns())
for _name, _source in SOURCES.items():
    sources.plug(_name, _source, order=56)
ui.sample.plug("issues", ui.SamplePart(town.load, town.remove), order=83)
purposes.plug(
    PURPOSE,
    Purpose(
        title=_("Your concern"),
        text=_("Here is how it stands. Say more, or say that it is not settled."),
        button=_("Send it"),
        done=_("Thank you. We read it and answer you."),
        act=public.say_more,
        template="issues/followed.html",
        select=public.followed,
        is_once=False,
    ),
)

for _verb, _text in {
    "raised_resident": _("A resident raised the concern {what}, noted {who}"),
    "raised_partner": _("A partner raised the concern {what}, noted {who}"),
    "came_from_resident": _("A resident raised the concern {what}"),
    "came_from_partner": _("A partner raised the concern {what}"),
    "came_from_team": _("The concern {what} was raised"),
    "raised_team": _("{who} raised the concern {what}"),
    "changed": _("{who} changed the concern {what}"),
    "severity": _("{who} said how severe the concern {what} is"),
    "taken": _("{who} sees to the concern {what}"),
    "given": _("{who} gave the concern {what} to {owner}"),
    "answered": _("{who} answered the concern {what}"),
    "answered_late": _("{who} answered the concern {what} after its clock had run out"),
    "resolved": _("{who} resolved the concern {what}: {outcome}"),
    "declined": _("{who} declined the concern {what}: {reason}"),
    "reopened": _("{who} opened the concern {what} again: {reason}"),
    "said_more": _("Whoever raised the concern {what} said more"),
    "removed": _("{who} removed the concern {title}"),
    "clocks_set": _("{who} set the clocks of concerns"),
    "sample_added": ngettext_lazy(
        "{who} added {count} concern of the sample town",
        "{who} added {count} concerns of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} concern of the sample town",
        "{who} removed {count} concerns of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"issues.{_verb}", Sentence(_text, icon="message-question"))
