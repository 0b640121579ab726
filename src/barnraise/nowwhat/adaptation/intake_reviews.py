"""After-action reviews from files: what was expected, what happened, why it differed. Their lessons come in by themselves.

{"about": "Spring festival", "title": "Looking back at the festival", "held_on": "2026-05-04", "happened": "Sixty came",
 "expected": "Forty", "difference": "", "state": ""}

A review ends by being taken away: it looks back at what is over, and asks nothing but what its lessons ask.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.plumbing.imports.sockets import Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.leaving import STATE, leaving, parted

from . import selectors, services
from .faults import DONE, review_faults
from .intake import ID, Beside, Team, Told, bad, first, plain
from .models import Review
from .services.writing import fill

NO_DAY = gettext_noop("Write a day.")
TEXTS = ("happened", "expected", "difference")


class Reviews(Told):
    """The noun "reviews" for imports."""

    name = "reviews"
    list_url_name = "adaptation:reviews"
    kind = selectors.REVIEW
    title: Any = _("After-action reviews")
    model = Review
    says = "title"
    abouts = DONE
    days = ("held_on",)
    own = ("title", "held_on", *TEXTS)
    choice = "state"
    open_as = ()
    most: Mapping[str, int] = {"title": 200, **dict.fromkeys(TEXTS, 4000)}
    fields: Sequence[Field] = (
        ID,
        Field("about", _("What you look back at"), aliases=("about", "reference", "event", "project", "actividad", "proyecto", "referencia")),
        Field("title", _("Title"), is_required=True, aliases=("title", "review", "titulo", "revision")),
        Field("held_on", _("Held on"), "date", aliases=("held on", "day", "date", "fecha")),
        Field("happened", _("What happened"), aliases=("happened", "what happened", "que paso")),
        Field("expected", _("What was expected"), aliases=("expected", "what was expected", "que se esperaba")),
        Field("difference", _("Why it differed"), aliases=("difference", "why it differed", "por que fue distinto")),
        STATE,
    )  # fmt: skip

    def said(self, row: Review) -> dict[str, Any]:
        """See Told."""
        texts = {name: plain(getattr(row, name)) for name in TEXTS}
        return {"title": row.title, "held_on": row.held_on.isoformat(), **texts, "state": ""}

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun."""
        gone, rest = parted(updates)
        services.take_out_reviews(gone, change_set=change_set)
        return super().write(creates, rest, by=by, origin=origin, change_set=change_set)

    def refused(self, document: Document, row: Review | None, about: str) -> Bad | None:
        """See Told. What a page removes may be taken away, with its lessons."""
        if document["state"]:
            no = leaving(row.pk if row is not None else None)
            return no if isinstance(no, Bad) else None
        if row is None and not document["held_on"]:
            return bad("held_on", "", NO_DAY)
        there = row or Review(about=about)
        fill(there, self.values(document, {}))
        return first(document, review_faults(there, timezone.localdate()))

    def settled_fault(self, document: Document, row: Review) -> Bad | None:
        """See Told. A review is never settled."""
        return None

    def settle(
        self, row: Review, document: Document, *, by: Any, at: datetime, change_set: Any, team: Team
    ) -> Beside:
        """See Told. Nothing follows."""
        return {}
