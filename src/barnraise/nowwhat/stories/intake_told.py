"""What stories cite and whom they name, as imports see it: one row for each figure, one for each person.

    {"story": "A shelf for all", "language": "", "indicator": "Bags handed out", "on": "2026-03-31", "words": "bags of groceries"}
    {"story": "A shelf for all", "language": "", "person": "Ana Ruiz", "named_as": "Ana", "purpose": "Stories"}

A figure gets the next number, {1}, {2}, …; what is cited, or named, already is left as it is. People are named in drafts only: a story is
published where one sees whether everybody in it agrees.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.sowhat.indicators.models import Observation
from barnraise.who.consent import selectors as consents
from barnraise.who.consent.models.purpose import Channel
from barnraise.who.people import selectors as people
from barnraise.why.goals.models import Indicator

from . import selectors, services
from .faults import MOST
from .models import Story, StoryFigure, StoryPerson

NO_STORY = gettext_noop("There is no story “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several stories have this title: name the language.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_INDICATOR = gettext_noop("There is no indicator “%(said)s” here, or several are called so.")
NO_VALUE = gettext_noop("It has no value then. Cite another period, or write the value first.")
NO_PERSON = gettext_noop("There is no person “%(said)s” here. Add them first.")
SEVERAL_SO = gettext_noop("Several have this name. Write an e-mail of the one you mean.")
NO_PURPOSE = gettext_noop("There is no purpose “%(said)s” with the channel “Publication”.")
NO_DRAFT = gettext_noop("This story is no draft: name people on its page, where you see whether they agree.")
FULL = gettext_noop("A story cites at most 40 figures.")

_STORY: tuple[Field, ...] = (
    Field("story", _("Story"), is_required=True, is_shared=True, aliases=("story", "title", "historia", "titulo")),
    Field("language", _("Language"), "choice", is_shared=True, options=tuple(settings.LANGUAGES), aliases=("language", "idioma")),
)  # fmt: skip


class _Told(AddedOnly):
    """What both nouns share."""

    name: str
    list_url_name = "stories:list"
    fields: Sequence[Field]
    texts: Mapping[str, int]
    days: Sequence[str] = ()
    what: str
    """The field that says what of the story a row is about."""

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        texts = {"story": MOST["title"], **self.texts}
        return lambda values: built(values, texts=texts, days=self.days, choices=("language",))

    def source_key(self, document: Document) -> str:
        """Story and what of it."""
        told = ("story", "language", self.what, *self.days)
        return fold("|".join(str(document[name] or "") for name in told))[:400]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What, in which story."""
        return [f"{one.get(self.what) or ''}: {one.get('story') or ''}" for one in documents]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """What the story has already, None for what is new; Bad with what the page would refuse."""
        found: list[int | None | Bad] = []
        seen: set[tuple[int, int]] = set()
        for one, meant in zip(documents, self._meant_in(documents), strict=True):
            if isinstance(meant, Bad):
                found.append(meant)
                continue
            key = (meant[0].pk, meant[1].pk)
            there = self.there(*meant)
            if key in seen:
                found.append(_bad(self.what, one[self.what], TWICE))
            else:
                found.append(there if there is not None else self.refused(one, meant[0]))
            seen.add(key)
        return found

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. What is there already is left as it is."""
        rows = []
        for one, meant in zip(creates, self._meant_in(creates), strict=True):
            if isinstance(meant, Bad):
                raise TypeError("A row about nothing that is known is refused, never written.")
            rows.append(self.add(one, *meant, by=by))
        changes = [Change(kind=self.kind, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def _meant_in(self, documents: Sequence[Document]) -> list[tuple[Story, Any] | Bad]:
        titles = {fold(str(one["story"]))[:160] for one in documents}
        stories: dict[str, list[Story]] = {}
        for row in Story.objects.filter(title_folded__in=titles).order_by("pk"):
            stories.setdefault(row.title_folded, []).append(row)
        things = self.things(documents)
        found: list[tuple[Story, Any] | Bad] = []
        for one in documents:
            rows = stories.get(fold(str(one["story"]))[:160], [])
            rows = [row for row in rows if one["language"] in ("", row.language)]
            if len(rows) != 1:
                found.append(_bad("story", one["story"], SEVERAL if rows else NO_STORY))
                continue
            thing = things(one)
            found.append(thing if isinstance(thing, Bad) else (rows[0], thing))
        return found

    @abstractmethod
    def things(self, documents: Sequence[Document]) -> Callable[[Document], Any]:
        """By row what of the story it is about, or why that is not known; looked up for all rows at once."""

    @abstractmethod
    def there(self, story: Story, thing: Any) -> int | None:
        """The key of what the story has already."""

    def refused(self, one: Document, story: Story) -> Bad | None:
        """Why this story may not get it."""
        return None

    @abstractmethod
    def add(self, one: Document, story: Story, thing: Any, *, by: Any) -> Any:
        """Let the story have it."""


class Figures(_Told):
    """The noun "story_figures" for imports."""

    name = "story_figures"
    kind = selectors.FIGURE
    title: Any = _("Figures of stories")
    what = "indicator"
    days = ("on",)
    texts = {"indicator": 300, "words": MOST["words"]}
    fields: Sequence[Field] = (
        *_STORY,
        Field("indicator", _("Indicator"), is_required=True, aliases=("indicator", "figure", "indicador")),
        Field("on", _("A day in the period"), "date", aliases=("on", "day", "date", "fecha"), hint=_("Empty: the latest period that has a value.")),
        Field("words", _("What the number counts, in words for everybody"), aliases=("words", "what the number counts", "palabras")),
    )  # fmt: skip

    def things(self, documents: Sequence[Document]) -> Callable[[Document], Any]:
        """See _Told. The observation."""
        names = {fold(str(one["indicator"]))[:200] for one in documents}
        keys: dict[str, list[int]] = {}
        for key, name in Indicator.objects.filter(name_folded__in=names).values_list("pk", "name_folded"):
            keys.setdefault(name, []).append(key)

        def thing(one: Document) -> Any:
            found = keys.get(fold(str(one["indicator"]))[:200], [])
            if len(found) != 1:
                return _bad("indicator", one["indicator"], NO_INDICATOR)
            rows = Observation.objects.filter(indicator=found[0], value__isnull=False)
            if one["on"]:
                rows = rows.filter(begins_on__lte=one["on"], ends_on__gte=one["on"])
            row = rows.order_by("-begins_on", "-pk").first()
            return row or _bad("on" if one["on"] else "indicator", one["on"] or one["indicator"], NO_VALUE)

        return thing

    def there(self, story: Story, thing: Any) -> int | None:
        """See _Told."""
        rows = StoryFigure.objects.filter(story=story, observation=thing)
        return rows.values_list("pk", flat=True).first()

    def refused(self, one: Document, story: Story) -> Bad | None:
        """See _Told."""
        is_full = StoryFigure.objects.filter(story=story).count() >= services.FIGURES
        return _bad("indicator", one["indicator"], FULL) if is_full else None

    def add(self, one: Document, story: Story, thing: Any, *, by: Any) -> StoryFigure:
        """See _Told."""
        return services.cite(story, by=by, observation=thing, words=str(one["words"]))


class Named(_Told):
    """The noun "story_people" for imports."""

    name = "story_people"
    kind = selectors.NAMED
    title: Any = _("People in stories")
    what = "person"
    texts = {"person": 300, "named_as": MOST["named_as"], "purpose": 200}
    fields: Sequence[Field] = (
        *_STORY,
        Field("person", _("Person"), is_required=True, aliases=("person", "name", "persona")),
        Field("named_as", _("Named in the story as"), aliases=("named as", "named in the story as", "nombre en la historia")),
        Field("purpose", _("What they agree to"), is_required=True, is_shared=True, aliases=("purpose", "what they agree to", "finalidad")),
    )  # fmt: skip

    def things(self, documents: Sequence[Document]) -> Callable[[Document], Any]:
        """See _Told. The person; the purpose has to be one of publication."""
        keys = people.named_many({str(one["person"]) for one in documents})
        purposes = _purposes()

        def thing(one: Document) -> Any:
            found = keys.get(str(one["person"]), [])
            if len(found) != 1:
                return _bad("person", one["person"], SEVERAL_SO if found else NO_PERSON)
            if fold(str(one["purpose"])) not in purposes:
                return _bad("purpose", one["purpose"], NO_PURPOSE)
            return people.one_by_key(found[0])

        return thing

    def there(self, story: Story, thing: Any) -> int | None:
        """See _Told."""
        return StoryPerson.objects.filter(story=story, person=thing).values_list("pk", flat=True).first()

    def refused(self, one: Document, story: Story) -> Bad | None:
        """See _Told."""
        return None if story.state == Story.State.DRAFT else _bad("story", one["story"], NO_DRAFT)

    def add(self, one: Document, story: Story, thing: Any, *, by: Any) -> StoryPerson:
        """See _Told."""
        purpose = _purposes()[fold(str(one["purpose"]))]
        return services.name_person(
            story, by=by, person=thing, purpose=purpose, named_as=str(one["named_as"])
        )


def _purposes() -> dict[str, Any]:
    """Purposes of publication by folded name."""
    rows = consents.live_purposes()
    return {fold(row.name): row for row in rows if Channel.PUBLIC.value in row.channels}


def _bad(field: str, said: Any, reason: str) -> Bad:
    return Bad(0, field, str(said or ""), reason, {"said": str(said or "")[:80]})
