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
from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.what.social import selectors as social
from barnraise.what.social.sockets import origins
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.sockets import panels as organisation_panels

from . import answering, belonging, jobs, policies, profile, selectors
from . import sample as town
from .intake import ManyThanks
from .intake_marks import Marks
from .mailing import PURPOSE
from .origin import ORIGIN
from .selectors import KIND, MARK, MILESTONE
from .services import hand_back, restore, restore_marks
from .services.following import MERGED


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.listed().filter(pk__in=list(keys)):
        yield Document(row.pk, row.organisation.name, f"{row.letter}\n{row.wording}", visibility="team")


def _mark_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.marks_listed().filter(pk__in=list(keys)):
        yield Document(row.pk, str(row), row.indicator.name, visibility="team")


def _begin(ref: Ref) -> str:
    """The form; none from our own organisation, which is no partner of ours."""
    uuid = Organisation.objects.filter(pk=ref.id, is_own=False).values_list("uuid", flat=True).first()
    return f"{reverse('recognition:write')}?organisation={uuid}" if uuid else ""


ui.navigation.plug(
    "recognition",
    ui.NavigationItem(_("Thanks"), "recognition:list", "nowwhat", policies.may_see, "heart"),
    order=20,
)
ui.actions.plug(
    "recognition.write",
    ui.Action(
        _("Thank a partner"),
        "recognition:write",
        policies.may_edit,
        "heart",
        _("thank recognition contribution statement"),
    ),
)
ui.actions.plug(
    "recognition.mark",
    ui.Action(_("Set a mark"), "recognition:add_mark", policies.may_set, "flag", _("milestone mark every")),
)
ui.cards.plug(
    "recognition.milestones",
    ui.Card(
        _("Milestones reached"),
        policies.may_see,
        "recognition/cards/milestones.html",
        profile.milestones_card,
    ),
    order=30,
)
ui.cards.plug(
    "recognition.wishes",
    ui.Card(
        _("Partners who wish other words"),
        policies.may_see,
        "recognition/cards/wishes.html",
        profile.wishes_card,
    ),
    order=27,
)
organisation_panels.plug(
    "recognition",
    ui.Panel(
        _("Thanks"),
        policies.may_see,
        "recognition/panel.html",
        profile.panel,
        is_later=True,
        applies=profile.has_panel,
    ),
    order=60,
)
ui.kinds.plug(
    KIND,
    ui.Described(
        _("thanks"),
        selectors.titles,
        lambda key: reverse("recognition:by_key", args=[key]),
        policies.may_see,
        "heart",
    ),
)
ui.kinds.plug(
    MILESTONE,
    ui.Described(
        _("milestone"),
        selectors.milestone_titles,
        lambda key: reverse("recognition:milestone_by_key", args=[key]),
        policies.may_see,
        "trophy",
    ),
)
ui.kinds.plug(
    MARK,
    ui.Described(
        _("mark"),
        selectors.mark_titles,
        lambda key: reverse("recognition:mark_by_key", args=[key]),
        policies.may_see,
        "flag",
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream_of_thanks))
ui.threads.plug(MILESTONE, ui.Thread(upstream=selectors.upstream_of_milestone))
ui.threads.plug(
    MARK, ui.Thread(upstream=selectors.indicator_of_mark, downstream=selectors.milestones_of_mark)
)
ui.threads.plug("goals.indicator@recognition", ui.Thread(downstream=selectors.milestones_of_indicator))
ui.threads.plug(f"{MILESTONE}@social", ui.Thread(downstream=social.serving))
ui.starts.plug(
    "organisations.organisation@recognition", ui.Start(_("Thank a partner"), _begin, policies.may_edit)
)
origins.plug(MILESTONE, ORIGIN)
chores.plug(
    "recognition.look",
    ChorePlug(
        interval=timedelta(minutes=30),
        run=jobs.look,
        doc="Looks which marks indicators have passed, and tells each milestone once.",
    ),
)
documents.plug(MARK, Documents(_("Marks"), _mark_documents, policies.may_see))
documents.plug(KIND, Documents(_("Thanks"), _documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(MARK, restore_marks)
undoers.plug(MERGED, hand_back)
belongings.plug("recognition", belonging.ORGANISATIONS, order=110)
belongings.plug("recognition.signed", belonging.PEOPLE, order=111)
nouns.plug("thanks", ManyThanks())
nouns.plug("marks", Marks())
ui.sample.plug("recognition", ui.SamplePart(town.load, town.remove), order=96)
purposes.plug(
    PURPOSE,
    Purpose(
        title=_("May we name you like this?"),
        text=_("Approve the words, or write the ones you wish. You can change your answer by the same link."),
        button=_("Send the answer"),
        act=answering.answer,
        done=_("Thank you: your answer is noted."),
        template="recognition/answer.html",
        select=answering.offer,
        is_once=False,
    ),
)

for _verb, _text in {
    "written": _("{who} wrote thanks to {what}"),
    "changed": _("{who} changed the thanks to {what}"),
    "sent": _("{who} sent thanks to {what}"),
    "approved": _("{what} approved how it is named, signed {name}"),
    "wished": _("{what} wishes to be named in other words, signed {name}"),
    "ended": _("{who} ended the thanks to {what}: {reason}"),
    "removed": _("{who} removed thanks to {what}"),
    "mark_added": _("{who} set the mark {what}"),
    "mark_changed": _("{who} changed the mark {what}"),
    "mark_ended": _("{who} ended the mark {what}"),
    "reached": _("A milestone was reached: {what}"),
    "told": _("{who} drafted words about the milestone {what}"),
    "left": _("{who} let the milestone {what} go untold"),
    "sample_added": ngettext_lazy(
        "{who} added {count} letter of thanks of the sample town",
        "{who} added {count} letters of thanks of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} letter of thanks of the sample town",
        "{who} removed {count} letters of thanks of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"recognition.{_verb}", Sentence(_text, icon="heart"))
