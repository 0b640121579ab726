"""Comments on proposals as imports see them: what was said at a meeting or on paper, one row each.

    {"decision": "The old school", "title": "A kitchen", "text": "Only with a lift.", "author": "Lu", "state": "", "reason": ""}

A comment that is here already, told by question, proposal and words, is shown or hidden as the row says. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, given
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes

from .intake import MODERATED, NO_DECISION, moderated
from .models import Comment, Decision, Proposal
from .models.proposal import State
from .selectors import COMMENT
from .services import amend_said, bring_comments

NO_PROPOSAL = gettext_noop("There is no proposal “%(said)s” to this question. Add it first.")
OVER = (Decision.Stage.DECIDED, Decision.Stage.DROPPED)


class Comments(AddedOnly):
    """The noun "proposal_comments" for imports."""

    name = "proposal_comments"
    list_url_name = "decisions:comments"
    kind = COMMENT
    title: Any = _("Comments on proposals")
    only_adds = False
    told_by = ("decision", "title", "text", "author")
    fills: Mapping[str, Any] = {"state": State.SHOWN.value}
    fields: Sequence[Field] = (
        Field("decision", _("Question"), is_required=True, is_shared=True, aliases=("question", "decision", "pregunta")),
        Field("title", _("Proposal"), is_required=True, is_shared=True, aliases=("proposal", "idea", "propuesta")),
        Field("text", _("Comment"), is_required=True, aliases=("comment", "text", "what was said", "comentario")),
        Field("author", _("Said by"), aliases=("said by", "author", "name", "autor", "nombre")),
        *MODERATED,
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        texts = {"decision": 200, "title": 200, "author": 80, "reason": 300}
        return partial(built, texts=texts, lines={"text": 2000}, choices=("state",))

    def source_key(self, document: Document) -> str:
        """Its question, its proposal and its words."""
        return "|".join(fold(str(document[name])) for name in ("decision", "title", "text"))[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The comment of these words, None for a new one; Bad when its proposal is not open here."""
        found: list[int | None | Bad] = []
        for one, proposal in zip(documents, _proposals(documents), strict=True):
            if isinstance(proposal, Bad):
                found.append(proposal)
                continue
            row = Comment.objects.filter(proposal=proposal, text=one["text"]).order_by("pk").first()
            found.append(moderated(one, row) or (row.pk if row else None))
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
        """See Noun."""
        now, news = timezone.now(), []
        for one, proposal in zip(creates, _proposals(creates), strict=True):
            if isinstance(proposal, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            said = {name: one[name] for name in ("text", "author", "reason")}
            news.append({"proposal": proposal, "state": one["state"] or State.SHOWN, **said})
        rows = bring_comments(news, by=by, at=now)
        changes = [Change(kind=COMMENT, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += amend_said(Comment, [(key, given(one)) for key, one in updates], at=now)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they say."""
        return [str(one["text"])[:80] for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        rows = Comment.objects.filter(pk__in=keys)
        return {row.pk: {"state": row.state, "reason": row.reason} for row in rows}


def _proposals(documents: Sequence[Document]) -> list[Proposal | Bad]:
    """The proposal that each row names, or why that is not known. One query."""
    titles = {fold(str(one["title"]))[:200] for one in documents}
    rows = Proposal.objects.select_related("decision").filter(title_folded__in=titles)
    rows = rows.exclude(decision__stage__in=OVER).order_by("-pk")
    known = {(row.decision.title_folded, row.title_folded): row for row in rows}
    questions = {fold(str(one["decision"]))[:200] for one in documents}
    there = Decision.objects.filter(title_folded__in=questions).exclude(stage__in=OVER)
    opened = set(there.values_list("title_folded", flat=True))
    found: list[Proposal | Bad] = []
    for one in documents:
        question, title = str(one["decision"]), str(one["title"])
        row = known.get((fold(question)[:200], fold(title)[:200]))
        if row is not None:
            found.append(row)
        elif fold(question)[:200] in opened:
            found.append(Bad(0, "title", title, NO_PROPOSAL, {"said": title[:80]}))
        else:
            found.append(Bad(0, "decision", question, NO_DECISION, {"said": question[:80]}))
    return found
