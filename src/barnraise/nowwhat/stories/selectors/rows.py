"""Stories, what they cite and whom they name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.files.models import File
from barnraise.plumbing.files.models.file import SHOWN_INLINE
from barnraise.plumbing.ui.sockets import Fan

from ..models import Story, StoryFigure, StoryPerson
from .consenting import live

KIND = "stories.story"
FIGURE, NAMED = "stories.storyfigure", "stories.storyperson"
UNKNOWN = Ref("stories", "story", 0)
"""Of a story that nobody finds any more; nobody agrees to it."""
FANNED = 50
ABOUT = (
    "projects.project",
    "events.event",
    "goals.goal",
    "goals.objective",
    "needs.need",
    "organisations.organisation",
)
"""Kinds of things that a story may tell about."""


def listed(actor: Any = None) -> QuerySet[Story]:
    """All stories with who sees to them."""
    return Story.objects.select_related("owner")


def one(uuid: UUID) -> Story:
    """Raises Story.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Story:
    """Raises Story.DoesNotExist."""
    return listed().get(pk=key)


def one_figure(uuid: UUID) -> StoryFigure:
    """With its story and observation. Raises StoryFigure.DoesNotExist."""
    return StoryFigure.objects.select_related("story", "observation__indicator").get(uuid=uuid)


def one_person(uuid: UUID) -> StoryPerson:
    """With story, person and purpose. Raises StoryPerson.DoesNotExist."""
    return StoryPerson.objects.select_related("story", "person", "purpose").get(uuid=uuid)


def figures_of(story: Story) -> list[StoryFigure]:
    """The figures it cites, by number, with observation and indicator."""
    return figures_by_story([story.pk]).get(story.pk, [])


def figures_by_story(keys: Sequence[int]) -> dict[int, list[StoryFigure]]:
    """The same of several stories, by story. One query."""
    rows = StoryFigure.objects.filter(story_id__in=list(keys)).select_related("observation__indicator")
    found: dict[int, list[StoryFigure]] = {}
    for row in rows.order_by("number"):
        found.setdefault(row.story_id, []).append(row)
    return found


def pictures_of(story: Story) -> list[File]:
    """Its pictures that the team may see, in the order they were added."""
    return pictures_by_story([story.pk]).get(story.pk, [])


def pictures_by_story(keys: Sequence[int]) -> dict[int, list[File]]:
    """The same of several stories, by story. One query."""
    rows = File.objects.filter(
        kind=KIND, key__in=list(keys), visibility=File.Visibility.TEAM, media_type__in=SHOWN_INLINE
    )
    found: dict[int, list[File]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.key or 0, []).append(row)
    return found


def public_stories(today: date) -> QuerySet[Story]:
    """What everybody may read today, the latest first."""
    return live(today).order_by("-published_at", "-pk")


def owners() -> list[Account]:
    """Who may see to a story: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Titles by key."""
    return dict(Story.objects.filter(pk__in=list(keys)).values_list("pk", "title"))


def called(names: Collection[str]) -> dict[str, list[Story]]:
    """Stories that were made public, by those of these titles that they have in a language. One query."""
    rows = Story.objects.exclude(state=Story.State.DRAFT).order_by("pk")
    found: dict[str, list[Story]] = {}
    for row in rows.only("title", "texts", "published_at").iterator():
        for title in {row.title, *(words.get("title", "") for words in row.texts.values())} & set(names):
            found.setdefault(title, []).append(row)
    return found


def of_person(key: int) -> QuerySet[Story]:
    """Stories that name this person, the latest first."""
    named = StoryPerson.objects.filter(person_id=key)
    return Story.objects.filter(pk__in=named.values("story_id")).order_by("-updated_at", "-pk")


def named_in(keys: Sequence[int]) -> dict[int, list[str]]:
    """Under which names people stand in these stories, by story. One query."""
    found: dict[int, list[str]] = {}
    rows = StoryPerson.objects.filter(story_id__in=list(keys)).order_by("pk")
    for key, name in rows.values_list("story_id", "named_as"):
        found.setdefault(key, []).append(name)
    return found


def about_refs(story: Story) -> list[Ref]:
    """What it tells about, as a reference; nothing where it names nothing."""
    return [Ref.parse(story.cites)] if story.cites else []


def upstream(ref: Ref) -> list[Ref]:
    """The observations it cites, then what it tells about."""
    row = Story.objects.filter(pk=ref.id).first()
    if row is None:
        return []
    keys = StoryFigure.objects.filter(story=row).order_by("number").values_list("observation_id", flat=True)
    return [*(Ref("indicators", "observation", key) for key in keys), *about_refs(row)]


def serving(ref: Ref) -> Fan:
    """Stories that tell about this thing, or cite this observation, the latest first."""
    if ref.kind == "indicators.observation":
        cited = StoryFigure.objects.filter(observation_id=ref.id)
        rows = Story.objects.filter(pk__in=cited.values("story_id"))
    else:
        rows = Story.objects.filter(naming("cites", ref))
    keys = list(rows.order_by("-updated_at", "-pk").values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("stories", "story", key) for key in keys[:FANNED]], total)


def without_evidence(most: int) -> tuple[int, list[Ref]]:
    """How many drafts and published stories cite no figure, and the first of them."""
    told = StoryFigure.objects.filter(story=OuterRef("pk"))
    rows = Story.objects.filter(~Exists(told)).exclude(state=Story.State.ENDED)
    keys = rows.order_by("pk").values_list("pk", flat=True)[:most]
    return rows.count(), [Ref("stories", "story", key) for key in keys]


def with_stories(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these people that a story names."""
    keys = [ref.id for ref in refs if ref.kind == "people.person"]
    return set(StoryPerson.objects.filter(person_id__in=keys).values_list("person_id", flat=True))


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """Where stories name this person, as JSON values, oldest first."""
    rows = StoryPerson.objects.filter(person_id=ref.id).select_related("story", "purpose").order_by("pk")
    return [
        {
            "story": row.story.title,
            "named_as": row.named_as,
            "agreed_to": row.purpose.name if row.purpose else None,
            "state": row.story.state,
            "texts": [row.story.told(code) for code in row.story.languages],
        }
        for row in rows
    ]
