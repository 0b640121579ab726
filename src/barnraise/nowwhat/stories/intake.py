"""Stories as imports see them: one row each.

    {"title": "A shelf for all", "summary": "…", "text": "…", "language": "en", "owner": "bob@example.org", "state": "published", "note": ""}

A story is told by title and language (the title alone where it is one of a kind); the rest of a row changes the one that is there,
publishes it, or takes it back with the reason. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.accounts.selectors import addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, refusal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.faults import refuse

from .faults import MOST, publishing_faults, story_faults
from .models import Story
from .selectors import KIND, owners
from .services import New, amend_stories, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
SEVERAL = gettext_noop("Several stories have this title: name the language, or change them on their pages.")
WAS_PUBLIC = gettext_noop("It was published: it can be taken back, with a reason.")
NOT_PUBLIC = gettext_noop("It is not public, so there is nothing to take back.")
WITHOUT_REASON = gettext_noop("Say why: whoever finds it gone will want to know.")
WITH_REASON = gettext_noop("A reason stands here: write that it is taken back, or leave the reason empty.")
IS_ENDED = gettext_noop("It was taken back with another reason already.")

FIELDS: tuple[Field, ...] = (
    Field("title", _("Title"), is_required=True, aliases=("title", "story", "headline", "titulo", "historia")),
    Field("summary", _("In two sentences"), aliases=("summary", "lead", "teaser", "resumen")),
    Field("text", _("The story"), aliases=("text", "body", "texto")),
    Field(
        "language", _("Language"), "choice", is_shared=True, options=tuple(settings.LANGUAGES),
        aliases=("language", "lang", "idioma"),
    ),
    Field(
        "owner", _("Who sees to it"), is_shared=True, aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field("state", _("State"), "choice", options=tuple(Story.State.choices), aliases=("state", "estado")),
    Field("note", _("Why, in words"), aliases=("why in words", "note", "reason", "motivo")),
)  # fmt: skip
_TEXTS = {"title": MOST["title"], "summary": MOST["summary"], "owner": 254, "note": MOST["note"]}
_LINES = {"text": MOST["text"]}


class Stories(AddedOnly):
    """The noun "stories" for imports."""

    name = "stories"
    kind = KIND
    title: Any = _("Stories")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("title", "language")
    fills: Mapping[str, Any] = {"state": Story.State.DRAFT.value}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = addresses_by_call(owners())
        return lambda values: _built(values, accounts)

    def source_key(self, document: Document) -> str:
        """Title and language."""
        return fold(f"{document.get('language')} {document.get('title')}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same story, None for a new one, Bad for what may not be said, published or taken back so."""
        titles = {fold(str(one["title"]))[:160] for one in documents}
        there: dict[str, list[Story]] = {}
        for row in Story.objects.select_related("owner").filter(title_folded__in=titles).order_by("pk"):
            there.setdefault(row.title_folded, []).append(row)
        today, home = timezone.localdate(), installation().default_language
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            rows = _meant(one, there.get(fold(str(one["title"]))[:160], []), home)
            key = rows[0].pk if rows else (fold(str(one["title"])), one["language"] or home)
            if len(rows) > 1 or key in seen:
                said = str(one["title"])
                found.append(Bad(0, "title", said, SEVERAL if len(rows) > 1 else TWICE, {"said": said[:80]}))
                continue
            seen.add(key)
            found.append(_fault(one, rows[0] if rows else None, today) or (rows[0].pk if rows else None))
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
        """See Noun. What is published or taken back is told in the journal."""
        accounts = {one.email: one.pk for one in owners()}
        at, home = timezone.now(), installation().default_language
        news = [New(**{"language": home, **_values(one, accounts)}) for one in creates]
        rows = write(news, by=by, at=at, change_set=change_set)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changed = [(key, _values(one, accounts)) for key, one in updates]
        changes += amend_stories(changed, by=by, at=at, change_set=change_set)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _document(row) for row in Story.objects.select_related("owner").filter(pk__in=keys)}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their titles."""
        return [str(one.get("title") or "") for one in documents]


def _built(values: Mapping[str, Any], accounts: Mapping[str, str]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts=_TEXTS, lines=_LINES, choices=("language", "state"))
    email = accounts.get(out["owner"].casefold(), "")
    if out["owner"] and not email:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    return {**out, "owner": email}


def _meant(one: Document, rows: Sequence[Story], home: str) -> list[Story]:
    """Of the stories of this title those that the row may mean."""
    if one["language"] or len(rows) > 1:
        language = one["language"] or home
        return [row for row in rows if row.language == language]
    return list(rows)


def _document(row: Story) -> Document:
    """What of a story a file may change."""
    return {
        "summary": row.summary,
        "text": row.text,
        "owner": row.owner.email if row.owner else "",
        "state": row.state,
        "note": row.ended_note,
    }


def _values(one: Document, accounts: Mapping[str, int]) -> dict[str, Any]:
    """Fields of a story by what a row says; blanks say nothing."""
    out = given(one)
    if "owner" in out:
        out["owner_id"] = accounts.get(str(out.pop("owner")))
    if "note" in out:
        out["ended_note"] = out.pop("note")
    return out


def _fault(one: Document, there: Story | None, today: date) -> Bad | None:
    """Why it may not be said, published or taken back so, of a story that is there with what it says where the row is blank."""
    states = Story.State
    before = there.state if there is not None else states.DRAFT.value
    state = str(one["state"]) or before
    if bad := _state_fault(one, there, before, state):
        return bad
    row = there or Story(pk=0, title=str(one["title"]), language=installation().default_language)
    for name in ("summary", "text", "language"):
        setattr(row, name, one[name] or getattr(row, name))

    def check() -> None:
        found = story_faults(row)
        if state == states.PUBLISHED:
            found += publishing_faults(row, today)
        refuse(found)

    return refusal(one, check, {"figures": "state", "people": "state"})


def _state_fault(one: Document, there: Story | None, before: str, state: str) -> Bad | None:
    states = Story.State
    kept = there.ended_note if there is not None else ""
    if state == states.DRAFT and before != states.DRAFT:
        return Bad(0, "state", state, WAS_PUBLIC)
    if state == states.ENDED and before == states.DRAFT:
        return Bad(0, "state", state, NOT_PUBLIC)
    if state == states.ENDED and before == states.PUBLISHED:
        return None if one["note"] else Bad(0, "note", "", WITHOUT_REASON)
    if not one["note"] or one["note"] == kept:
        return None
    return Bad(
        0,
        "note" if state == states.ENDED else "state",
        str(one["note"]),
        IS_ENDED if state == states.ENDED else WITH_REASON,
    )
