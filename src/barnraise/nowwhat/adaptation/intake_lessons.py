"""Lessons from files, and what became of them. Lessons of one thing and day are of one review.

    {"about": "Spring festival", "held_on": "2026-05-04", "text": "Two tables are enough", "happened": "...", "state": "followed",
     "step": "Lend two tables", "due_on": "2026-06-01", "owner": "bob@example.org", "note": ""}

A lesson that waits becomes the next step that its row writes, or is set aside with the reason in it. A promise is made on its page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Bad, Document, Field
from barnraise.who.interactions import services as interactions

from . import selectors
from .faults import DONE, day_of, lesson_faults, reason_faults, review_faults
from .intake import ID, OWNER, Beside, Team, Told, bad, first, keep
from .models import Lesson, Review
from .services.writing import fill

SETTLED = gettext_noop("Something became of it already. Open it again first.")
NO_DAY = gettext_noop("Write a day.")
NO_STEP = gettext_noop("Write the next step.")
NO_STATE = gettext_noop("Say that it was set aside, too.")
NOT_BOTH = gettext_noop("It is set aside, or it has a next step.")
OTHER_DAY = gettext_noop("This is the day of its review. Change it on the page of the review.")


class Lessons(Told):
    """The noun "lessons" for imports."""

    name = "lessons"
    list_url_name = "adaptation:lessons"
    kind = selectors.LESSON
    title: Any = _("Lessons")
    model = Lesson
    says = "text"
    abouts = DONE
    days = ("held_on", "due_on")
    own = ("text",)
    choice = "state"
    open_as = (Lesson.State.OPEN.value,)
    most: Mapping[str, int] = {"text": 500, "happened": 4000, "note": 300, "step": 300}
    told_by: Sequence[str] = ("id", "about", "held_on", "happened")
    fields: Sequence[Field] = (
        ID,
        Field("about", _("What you look back at"), aliases=("about", "reference", "event", "project", "actividad", "proyecto", "referencia")),
        Field("held_on", _("Held on"), "date", aliases=("held on", "day", "date", "fecha")),
        Field("text", _("What was learnt"), is_required=True, aliases=("lesson", "text", "what was learnt", "leccion")),
        Field(
            "happened", _("What happened"), aliases=("happened", "what happened", "que paso"),
            hint=_("Of a new review; one that is there keeps what it says."),
        ),
        Field("state", _("State"), "choice", options=tuple(Lesson.State.choices), aliases=("state", "estado")),
        Field("step", _("Next step"), aliases=("next step", "step", "siguiente paso")),
        Field("due_on", _("Until"), "date", aliases=("until", "due on", "hasta")),
        OWNER,
        Field("note", _("Why it was set aside"), aliases=("note", "why it was set aside", "nota")),
    )  # fmt: skip

    def source_key(self, document: Document) -> str:
        """The id, else what, about what and of which day."""
        said = document["id"] or f"{document['about']} {document['held_on']} {document['text']}"
        return fold(str(said))[:200]

    def said(self, row: Lesson) -> dict[str, Any]:
        """See Told. What a next step says stands on its page."""
        state = "" if row.state == Lesson.State.OPEN else row.state
        return {"text": row.text, "state": state, "note": row.settled_note}

    def rows(self) -> Any:
        """See Told."""
        return selectors.lessons()

    def concerns(self, row: Lesson) -> str:
        """See Told."""
        return row.review.about

    def is_it(self, document: Document, row: Lesson) -> bool:
        """See Told. Learnt on that day."""
        return document["held_on"] in (None, row.review.held_on.isoformat())

    def refused(self, document: Document, row: Lesson | None, about: str) -> Bad | None:
        """See Told."""
        if row is None:
            no = self._new_fault(document, about)
        elif not self.is_it(document, row):
            no = bad("held_on", str(document["held_on"]), OTHER_DAY)
        else:
            no = self.settled_fault(document, row)
        there = row or Lesson()
        fill(there, {"text": document["text"]})
        return no or _end_fault(document, there) or first(document, lesson_faults(there))

    def _new_fault(self, document: Document, about: str) -> Bad | None:
        held_on, today = day_of(document["held_on"]), timezone.localdate()
        if held_on is None:
            return bad("held_on", "", NO_DAY)
        review = Review(about=about, title="-", happened=document["happened"] or "-", held_on=held_on)
        return first(document, review_faults(review, today))

    def settled_fault(self, document: Document, row: Lesson) -> Bad | None:
        """See Told."""
        if row.state == Lesson.State.OPEN:
            return None
        return self.differs(document, row, SETTLED)

    def settle(
        self, row: Lesson, document: Document, *, by: Any, at: datetime, change_set: Any, team: Team
    ) -> Beside:
        """See Told."""
        if row.state != Lesson.State.OPEN:
            return {}
        if step := str(document.get("step") or ""):
            made = interactions.add_next_step(
                by=by, text=step, owner=team.get(str(document.get("owner"))),
                due_on=day_of(document.get("due_on")), change_set=change_set,
            )  # fmt: skip
            row.state, row.became = Lesson.State.FOLLOWED.value, str(Ref.to(made))
        elif str(document["state"]) == Lesson.State.SET_ASIDE:
            row.state, row.settled_note = Lesson.State.SET_ASIDE.value, str(document["note"])
        if row.state != Lesson.State.OPEN:
            row.settled_by_id = getattr(by, "pk", None)
        return {}

    def new(self, document: Document, about: str, at: datetime, change_set: Any, team: Team) -> Lesson:
        """See Told. In the review of that thing and day; a new review where there is none."""
        held_on = day_of(document["held_on"]) or timezone.localdate(at)
        review = Review.objects.filter(about=about, held_on=held_on).order_by("pk").first()
        if review is None:
            review = Review(about=about, held_on=held_on, created_at=at, updated_at=at)
            thing = selectors.titles_of([about]).get(about, str(document["about"]))
            title = (_now("Looking back at %(title)s") % {"title": thing})[:200]
            happened = str(document["happened"]) or _now("Taken in from a list of lessons.")
            fill(review, {"title": title, "happened": happened})
            review.save(force_insert=True)
            keep(change_set, selectors.REVIEW, [review.pk])
        lesson = Lesson(review=review)
        fill(lesson, {"text": document["text"]})
        return lesson


def _end_fault(document: Document, row: Lesson) -> Bad | None:
    """What is wrong with how a lesson that waits is said to have ended."""
    if row.state != Lesson.State.OPEN:
        return bad("step", str(document["step"]), SETTLED) if document["step"] else None
    state, note = str(document["state"]), str(document["note"])
    if document["step"]:
        return bad("state", state, NOT_BOTH) if note or state == Lesson.State.SET_ASIDE else None
    if state == Lesson.State.FOLLOWED:
        return bad("step", "", NO_STEP)
    if state == Lesson.State.SET_ASIDE:
        return first(document, reason_faults(note))
    return bad("state", "", NO_STATE) if note else None
