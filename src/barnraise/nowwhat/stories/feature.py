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
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.sowhat.reports.selectors import citing
from barnraise.sowhat.reports.sockets import sections
from barnraise.what.campaigns.sockets import blocks
from barnraise.what.social import selectors as social
from barnraise.what.social.sockets import origins
from barnraise.who.consent.sockets import reminded
from barnraise.who.people.sockets import panels as person_panels

from . import belonging, jobs, policies, profile, selectors
from . import sample as town
from .block import STORY
from .intake import Stories
from .intake_told import Figures, Named
from .origin import ORIGIN
from .reporting import SECTION
from .selectors import ABOUT, FIGURE, KIND, NAMED
from .services import hand_back, restore, restore_figures, restore_named
from .services.following import MERGED


def _address(key: int) -> str:
    return reverse("stories:by_key", args=[key])


def _begin(ref: Ref) -> str:
    return f"{reverse('stories:make')}?for={ref}"


def _begin_from_observation(ref: Ref) -> str:
    from barnraise.sowhat.indicators.models import Observation

    uuid = Observation.objects.filter(pk=ref.id).values_list("uuid", flat=True).first()
    return f"{reverse('stories:make')}?observation={uuid or ''}"


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.listed().filter(pk__in=list(keys)):
        words = [
            text for code in row.languages for name, text in row.told(code).items() if name != "language"
        ]
        yield Document(row.pk, row.title, "\n".join(words), visibility="team")


ui.navigation.plug(
    "stories", ui.NavigationItem(_("Stories"), "stories:list", "nowwhat", policies.may_see, "book"), order=10
)
ui.actions.plug(
    "stories.make",
    ui.Action(
        _("Tell a story"), "stories:make", policies.may_edit, "book", _("story impact success testimonial")
    ),
)
ui.cards.plug(
    "stories.ending",
    ui.Card(
        _("Stories whose consent ends"), policies.may_see, "stories/cards/ending.html", profile.ending_card
    ),
    order=29,
)
person_panels.plug(
    "stories",
    ui.Panel(
        _("Stories"),
        policies.may_see,
        "stories/panel.html",
        profile.panel,
        is_later=True,
        held_by=(("stories.StoryPerson", "person"),),
    ),
    order=60,
)
ui.kinds.plug(KIND, ui.Described(_("story"), selectors.titles, _address, policies.may_see, "book"))
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream))
for _kind in (*ABOUT, "indicators.observation"):
    ui.threads.plug(f"{_kind}@stories", ui.Thread(downstream=selectors.serving))
ui.starts.plug("projects.project@stories", ui.Start(_("Tell a story about it"), _begin, policies.may_edit))
ui.starts.plug(
    "indicators.observation@stories",
    ui.Start(_("Tell a story with this number"), _begin_from_observation, policies.may_edit),
)
ui.loose_ends.plug(
    "stories.evidence",
    ui.LooseEnd(
        _("Stories without evidence"),
        _("Open the story and cite a figure."),
        policies.may_see,
        selectors.without_evidence,
    ),
    order=90,
)
blocks.plug("story", STORY, order=40)
origins.plug(KIND, ORIGIN)
ui.threads.plug(f"{KIND}@social", ui.Thread(downstream=social.serving))
chores.plug(
    "stories.consents",
    ChorePlug(
        interval=timedelta(minutes=10),
        run=jobs.let_consents_tell,
        doc="Writes down which stories are public no more because a consent ended or was withdrawn.",
    ),
)
documents.plug(KIND, Documents(_("Stories"), _documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(FIGURE, restore_figures)
undoers.plug(NAMED, restore_named)
undoers.plug(MERGED, hand_back)
belongings.plug("stories", belonging.PEOPLE, order=110)
nouns.plug("stories", Stories())
nouns.plug("story_figures", Figures())
nouns.plug("story_people", Named())
sections.plug("stories", SECTION, order=70)
reminded.plug("stories", selectors.told_by_stories)
ui.threads.plug(f"{KIND}@reports", ui.Thread(downstream=citing))
ui.sample.plug("stories", ui.SamplePart(town.load, town.remove), order=95)

for _verb, _text in {
    "made": _("{who} began the story {what}"),
    "changed": _("{who} changed the story {what}"),
    "translated": _("{who} told the story {what} in a further language"),
    "cited": _("{who} cited a figure in the story {what}"),
    "uncited": _("{who} took a figure out of the story {what}"),
    "named": _("{who} noted who is in the story {what}"),
    "unnamed": _("{who} noted who is no longer in the story {what}"),
    "published": _("{who} made the story {what} public"),
    "ended": _("{who} took the story {what} back from the public: {reason}"),
    "lapsed": _("The story {what} is no longer public: a consent ended or was withdrawn"),
    "forgot": _("{who} erased somebody out of a story"),
    "removed": _("{who} removed the story {title}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} story of the sample town",
        "{who} added {count} stories of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} story of the sample town",
        "{who} removed {count} stories of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"stories.{_verb}", Sentence(_text, icon="book"))
