"""Stories as imports see them: drafts, one row each.

    {"title": "A shelf for all", "summary": "…", "text": "…", "language": "en", "owner": "bob@example.org"}

The same title in the same language found again is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.profile.selectors import installation

from .faults import MOST, WORDED
from .models import Story
from .selectors import KIND, owners
from .services import New, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NO_TITLE = gettext_noop("Write its title.")

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
)  # fmt: skip


class Stories(AddedOnly):
    """The noun "stories" for imports."""

    name = "stories"
    kind = KIND
    title: Any = _("Stories")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = {one.email for one in owners()}
        language = installation().default_language
        return lambda values: _built(values, accounts, language)

    def source_key(self, document: Document) -> str:
        """Title and language."""
        return fold(f"{document.get('language')} {document.get('title')}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same story, None for a new one; Bad for one that stands twice in the file."""
        titles = {fold(str(one["title"]))[:160] for one in documents}
        rows = Story.objects.filter(title_folded__in=titles).values_list("title_folded", "language", "pk")
        known = {(title, language): key for title, language, key in rows}
        seen: set[tuple[str, str]] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = (fold(str(one["title"]))[:160], str(one["language"]))
            if key in seen:
                said = str(one["title"])
                found.append(Bad(0, "title", said, TWICE, {"said": said[:80]}))
            else:
                seen.add(key)
                found.append(known.get(key))
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
        """See Noun. Stories found again are left as they are."""
        accounts = {one.email: one.pk for one in owners()}
        news = [
            New(
                title=str(one["title"]),
                language=str(one["language"]),
                summary=str(one["summary"]),
                text=str(one["text"]),
                owner=accounts.get(str(one["owner"]).casefold()),
            )
            for one in creates
        ]
        rows = write(news, by=by, at=timezone.now())
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their titles."""
        return [str(one.get("title") or "") for one in documents]


def _built(values: Mapping[str, Any], accounts: Collection[str], language: str) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"language": values.get("language") or language}
    for name in WORDED:
        text = str(values.get(name) or "").replace("\x00", "")
        out[name] = text.strip() if name == "text" else squeeze(text)
        if len(out[name]) > MOST[name]:
            raise FieldRefused(name, out[name][:80], TOO_LONG, most=MOST[name])
    if not out["title"]:
        raise FieldRefused("title", "", NO_TITLE)
    out["owner"] = squeeze(str(values.get("owner") or ""))
    if out["owner"] and out["owner"].casefold() not in accounts:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    return out
