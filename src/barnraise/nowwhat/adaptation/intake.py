"""Revisions, experiments and lessons as imports see them: one row each, naming the thing they concern.

    {"about": "Fresh Food Shelf", "title": "Open on Saturdays", "why": "Nobody came on weekdays", "before": "", "after": ""}
    {"title": "Text the day before", "hypothesis": "...", "measure": "...", "stop_rule": "...", "starts_on": "2026-01-10", "judge_on": "2026-03-10"}
    {"about": "Spring festival", "held_on": "2026-05-04", "text": "Two tables are enough", "happened": "..."}

`about` is the name of a project, an objective, a goal or (for experiments and lessons) an event. Lessons of one thing and day are of one
review. The same row found again is left as it is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.search import services as search

from . import selectors
from .faults import DONE, PLANS, day_of, experiment_faults, lesson_faults, review_faults, revision_faults
from .models import Experiment, Lesson, Review, Revision
from .services.writing import fill

NOTHING = gettext_noop("Nothing is called “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give them names that tell them apart.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NO_DAY = gettext_noop("Write a day.")


class _Told(AddedOnly, ABC):
    """What the three nouns share: texts and days are read, the thing they concern is found, what is there is left as it is."""

    name: str
    title: Any
    fields: Sequence[Field]
    model: ClassVar[Any]
    key_field: ClassVar[str]
    abouts: ClassVar[Sequence[str]]
    days: ClassVar[Sequence[str]] = ()

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return self._built

    def source_key(self, document: Document) -> str:
        """What and about what."""
        return fold(f"{document.get('about')} {document.get(self.key_field)}")[:200]

    def _built(self, values: Mapping[str, Any]) -> Document:
        """The document of mapped cells. Raises FieldRefused."""
        out: dict[str, Any] = {}
        for field in self.fields:
            said = values.get(field.name)
            if field.name in self.days:
                out[field.name] = said.isoformat() if isinstance(said, date) else said or None
                if not out[field.name]:
                    raise FieldRefused(field.name, "", NO_DAY)
                continue
            out[field.name] = squeeze(str(said or "")).replace("\x00", "")
            if len(out[field.name]) > 2000:
                raise FieldRefused(field.name, out[field.name][:80], TOO_LONG, most=2000)
        about = f"{self.abouts[0]}:1"
        for field_name, reason in self.faults(out, about if out.get("about") else ""):
            raise FieldRefused(field_name, str(out.get(field_name) or "")[:80], str(reason))
        return out

    @abstractmethod
    def faults(self, document: Document, about: str) -> list[tuple[str, Any]]:
        """What the services would refuse."""

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same row, None for a new one; Bad when what it concerns is not known."""
        named = selectors.named_many({str(one.get("about") or "") for one in documents} - {""}, self.abouts)
        known = self.known(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            said = str(one.get("about") or "")
            refs = named.get(said, [])
            if said and len(refs) != 1:
                found.append(_bad("about", said, SEVERAL if refs else NOTHING))
                continue
            key = (refs[0] if refs else "", fold(str(one[self.key_field])))
            if key in seen:
                found.append(_bad(self.key_field, str(one[self.key_field]), TWICE))
            else:
                seen.add(key)
                found.append(known.get(key))
        return found

    def known(self, documents: Sequence[Document]) -> dict[Any, int]:
        """Keys of the rows that are there, by what they concern and what they say."""
        said = {fold(str(one[self.key_field]))[:200] for one in documents}
        rows = self.model._default_manager.filter(title_folded__in=said)
        return {
            (about, folded): key for key, about, folded in rows.values_list("pk", "about", "title_folded")
        }

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. Rows found again are left as they are."""
        named = selectors.named_many({str(one.get("about") or "") for one in creates} - {""}, self.abouts)
        now = timezone.now()
        rows = [
            self.row(one, (named.get(str(one.get("about") or "")) or [""])[0], now, change_set)
            for one in creates
        ]
        for row in rows:
            row.created_at = row.updated_at = now
        made = self.model._default_manager.bulk_create(rows)
        keep(change_set, self.kind, [row.pk for row in made])
        return [row.pk for row in made]

    def row(self, document: Document, about: str, now: Any, change_set: Any) -> Any:
        """The new row of a document."""
        row = self.model()
        fill(
            row,
            {
                **{name: document[name] for name in document if name not in {"about", *self.days}},
                "about": about,
            },
        )
        for name in self.days:
            setattr(row, name, day_of(document[name]))
        return row

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they say."""
        return [str(one.get(self.key_field) or "") for one in documents]


def keep(change_set: Any, kind: str, keys: Sequence[int]) -> None:
    """Note new rows for the undo and the search."""
    changes = [Change(kind=kind, key=key, action=Change.Action.CREATED) for key in keys]
    add_changes(change_set=change_set, changes=changes)
    search.index(kind, list(keys))


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


class Revisions(_Told):
    """The noun "revisions" for imports: drafts, which are approved here."""

    name = "revisions"
    list_url_name = "adaptation:revisions"
    kind = selectors.REVISION
    title: Any = _("Plan revisions")
    model = Revision
    key_field = "title"
    abouts = PLANS
    fields: Sequence[Field] = (
        Field("about", _("What is revised"), is_required=True, aliases=("about", "project", "goal", "objective", "plan", "proyecto")),
        Field("title", _("What changes"), is_required=True, aliases=("title", "change", "what changes", "que cambia")),
        Field("why", _("Why"), is_required=True, aliases=("why", "reason", "por que")),
        Field("before", _("The plan before"), aliases=("before", "the plan before", "antes")),
        Field("after", _("The plan after"), aliases=("after", "the plan after", "despues")),
    )  # fmt: skip

    def faults(self, document: Document, about: str) -> list[tuple[str, Any]]:
        """See above."""
        row = Revision()
        fill(row, {**document, "about": about})
        return revision_faults(row)


class Experiments(_Told):
    """The noun "experiments" for imports."""

    name = "experiments"
    list_url_name = "adaptation:experiments"
    kind = selectors.EXPERIMENT
    title: Any = _("Experiments")
    model = Experiment
    key_field = "title"
    abouts = DONE
    days = ("starts_on", "judge_on")
    fields: Sequence[Field] = (
        Field("title", _("What is tried"), is_required=True, aliases=("title", "experiment", "what is tried", "experimento")),
        Field("hypothesis", _("Hypothesis"), is_required=True, aliases=("hypothesis", "hipotesis")),
        Field("measure", _("How it is measured"), is_required=True, aliases=("measure", "how it is measured", "medida")),
        Field("stop_rule", _("When it is stopped early"), is_required=True, aliases=("stop rule", "when it is stopped early", "regla de parada")),
        Field("starts_on", _("From"), "date", is_required=True, aliases=("from", "starts on", "start", "desde")),
        Field("judge_on", _("Judged on"), "date", is_required=True, aliases=("judged on", "judge on", "until", "se juzga el")),
        Field("about", _("Tried in"), aliases=("about", "tried in", "project", "event", "proyecto")),
    )  # fmt: skip

    def faults(self, document: Document, about: str) -> list[tuple[str, Any]]:
        """See above."""
        row = Experiment()
        fill(row, {**{name: document[name] for name in document if name not in self.days}, "about": about})
        row.starts_on, row.judge_on = (day_of(document[name]) or timezone.localdate() for name in self.days)
        return experiment_faults(row)


class Lessons(_Told):
    """The noun "lessons" for imports: lessons of one thing and day are of one review."""

    name = "lessons"
    list_url_name = "adaptation:lessons"
    kind = selectors.LESSON
    title: Any = _("Lessons")
    model = Lesson
    key_field = "text"
    abouts = DONE
    days = ("held_on",)
    fields: Sequence[Field] = (
        Field("about", _("What you look back at"), is_required=True, aliases=("about", "event", "project", "actividad", "proyecto")),
        Field("held_on", _("Held on"), "date", is_required=True, aliases=("held on", "day", "date", "fecha")),
        Field("text", _("What was learnt"), is_required=True, aliases=("lesson", "text", "what was learnt", "leccion")),
        Field("happened", _("What happened"), aliases=("happened", "what happened", "que paso")),
    )  # fmt: skip

    def faults(self, document: Document, about: str) -> list[tuple[str, Any]]:
        """See above."""
        lesson = Lesson()
        fill(lesson, {"text": document["text"]})
        found = lesson_faults(lesson)
        held_on = day_of(document["held_on"]) or timezone.localdate()
        review = Review(about=about, title="-", happened="-", held_on=held_on)
        return [*found, *review_faults(review, timezone.localdate())]

    def known(self, documents: Sequence[Document]) -> dict[Any, int]:
        """See above."""
        said = {fold(str(one["text"]))[:500] for one in documents}
        rows = Lesson.objects.filter(text_folded__in=said)
        values = rows.values_list("pk", "review__about", "text_folded")
        return {(about, folded): key for key, about, folded in values}

    def row(self, document: Document, about: str, now: Any, change_set: Any) -> Any:
        """The lesson, in the review of that thing and day; a new review where there is none."""
        held_on = day_of(document["held_on"]) or timezone.localdate(now)
        review = Review.objects.filter(about=about, held_on=held_on).order_by("pk").first()
        if review is None:
            review = Review(about=about, held_on=held_on, created_at=now, updated_at=now)
            happened = str(document["happened"]) or _now("Taken in from a list of lessons.")
            fill(
                review,
                {
                    "title": _now("Looking back at %(title)s") % {"title": document["about"]},
                    "happened": happened,
                },
            )
            review.title = review.title[:200]
            review.save(force_insert=True)
            keep(change_set, selectors.REVIEW, [review.pk])
        lesson = Lesson(review=review)
        fill(lesson, {"text": document["text"]})
        return lesson
