"""Comments, themes, answers to many, and where they stand in the golden thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.hanging import hanging
from barnraise.plumbing.ui.sockets import Fan, kinds

from ..models import Answer, Comment, Mark, Suggestion, Theme
from ..sockets import channels

COMMENT, THEME, ANSWER = "feedback.comment", "feedback.theme", "feedback.answer"
MARKS = "feedback.mark"
"""The kind under which an import keeps what comments were about."""
TYPED = "typed"
CITED = ("projects.project", "goals.objective", "goals.goal", "events.event", "decisions.decision")
FANNED = 50
ANSWER_STATES = {
    "draft": Q(published_on__isnull=True),
    "public": Q(published_on__isnull=False, withdrawn_on__isnull=True),
    "withdrawn": Q(withdrawn_on__isnull=False),
}
"""How an answer to many stands."""


def listed(actor: Any = None) -> QuerySet[Comment]:
    """All comments with answer and themes."""
    themes = Prefetch("marks", queryset=Mark.objects.select_related("theme"))
    return Comment.objects.select_related("answer").prefetch_related(themes)


def one(uuid: UUID) -> Comment:
    """Raises Comment.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Comment:
    """Raises Comment.DoesNotExist."""
    return listed().get(pk=key)


def themes_listed(actor: Any = None) -> QuerySet[Theme]:
    """All themes with how many comments are about them, and how many of those wait."""
    waiting = Mark.objects.filter(comment__state=Comment.State.WAITING)
    return Theme.objects.annotate(
        comment_count=hanging(Mark.objects.all(), "theme"), waiting_count=hanging(waiting, "theme")
    )


def one_theme(uuid: UUID) -> Theme:
    """Raises Theme.DoesNotExist."""
    return themes_listed().get(uuid=uuid)


def theme_named(name: str) -> Theme | None:
    """The one of this name, or None."""
    return Theme.objects.filter(name_folded=fold(name)[:120]).first()


def live_themes() -> QuerySet[Theme]:
    """Those offered, by name."""
    return Theme.objects.filter(ended_on__isnull=True).order_by("name_folded")


def answers_listed(actor: Any = None) -> QuerySet[Answer]:
    """All answers to many with how many comments they answer."""
    rows = Answer.objects.select_related("published_by")
    return rows.annotate(comment_count=hanging(Comment.objects.all(), "answer"))


def one_answer(uuid: UUID) -> Answer:
    """Raises Answer.DoesNotExist."""
    return answers_listed().get(uuid=uuid)


def one_answer_by_key(key: int) -> Answer:
    """Raises Answer.DoesNotExist."""
    return answers_listed().get(pk=key)


def public_answers(most: int) -> list[Answer]:
    """What everybody may read, the latest first, with `voices`: how many people said it; who is not known counts as one each.

    Two queries: the comments are counted of those that are shown.
    """
    public = Answer.objects.filter(published_on__isnull=False, withdrawn_on__isnull=True)
    shown = list(public.order_by("-published_on", "-pk").values_list("pk", flat=True)[:most])
    rows = Answer.objects.filter(pk__in=shown).annotate(
        voices=Count("comments__said_by", filter=~Q(comments__said_by=""), distinct=True)
        + Count("comments", filter=Q(comments__said_by=""), distinct=True)
    )
    return list(rows.order_by("-published_on", "-pk"))


def suggestions() -> list[Suggestion]:
    """What was suggested last, largest first."""
    return sorted(Suggestion.objects.all(), key=lambda one: (-len(one.keys), one.pk))


def channel_words() -> list[tuple[str, Any]]:
    """Ways by which comments come, by name."""
    from django.utils.translation import gettext_lazy as _

    return [*((name, one.label) for name, one in channels.items()), (TYPED, _("Typed in"))]


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """The first words of comments, by key."""
    return {row.pk: str(row) for row in Comment.objects.filter(pk__in=list(keys))}


def theme_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names of themes, by key."""
    return dict(Theme.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def answer_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What people said, by key of the answer."""
    return dict(Answer.objects.filter(pk__in=list(keys)).values_list("pk", "you_said"))


def last_key(channel: str) -> int:
    """How far a channel was read."""
    rows = Comment.objects.filter(
        channel=channel, key__isnull=False
    )  # the words of the index that tells the last one
    return rows.aggregate(last=Max("key"))["last"] or 0


def waiting(today: Any, most: int) -> list[Comment]:
    """Unanswered ones, the oldest first; not what is answered where it stands, as a concern on its page."""
    rows = listed().filter(state=Comment.State.WAITING).order_by("said_on", "pk")
    for name, channel in channels.items():
        if channel.minded is not None:
            there = channel.minded().filter(pk=OuterRef("key"))
            rows = rows.exclude(Q(channel=name) & Exists(there))
    return list(awake(rows, "feedback.waiting", today)[:most])


def upstream_of_comment(ref: Ref) -> list[Ref]:
    """What it stands in; of a comment about a theme, the theme is below it."""
    found = Comment.objects.filter(pk=ref.id).values_list("source", flat=True)
    return [Ref.parse(text) for text in found if text]


def below_comment(ref: Ref) -> list[Ref]:
    """What it is about, and what it was answered with."""
    themes = Mark.objects.filter(comment_id=ref.id).order_by("theme_id").values_list("theme_id", flat=True)
    keys = Comment.objects.filter(pk=ref.id, answer__isnull=False).values_list("answer_id", flat=True)
    return [
        *(Ref("feedback", "theme", key) for key in themes),
        *(Ref("feedback", "answer", key) for key in keys if key),
    ]


def comments_of_theme(ref: Ref) -> Fan:
    """What is about it, the latest first."""
    rows = Comment.objects.filter(marks__theme_id=ref.id)
    keys = rows.order_by("-said_on", "-pk").values_list("pk", flat=True)[:FANNED]
    return Fan([Ref("feedback", "comment", key) for key in keys], rows.count())


def answers_of_theme(ref: Ref) -> list[Ref]:
    """What comments about it were answered with, the latest first."""
    said = Comment.objects.filter(marks__theme_id=ref.id, answer__isnull=False).values("answer_id")
    keys = Answer.objects.filter(pk__in=said).order_by("-pk").values_list("pk", flat=True)[:FANNED]
    return [Ref("feedback", "answer", key) for key in keys]


def theme_addresses(keys: Sequence[int]) -> Mapping[int, str]:
    """Their pages, by key."""
    return {row.pk: row.get_absolute_url() for row in Theme.objects.filter(pk__in=list(keys))}


def comments_of_answer(ref: Ref) -> Fan:
    """What an answer answers."""
    rows = Comment.objects.filter(answer_id=ref.id)
    keys = rows.order_by("-said_on", "-pk").values_list("pk", flat=True)[:FANNED]
    return Fan([Ref("feedback", "comment", key) for key in keys], rows.count())


def done_by_answer(ref: Ref) -> list[Ref]:
    """What was done about it."""
    found = Answer.objects.filter(pk=ref.id).exclude(cites="").values_list("cites", flat=True)
    return [Ref.parse(text) for text in found]


def comments_in(ref: Ref) -> Fan:
    """Comments that stand in this thing: a response, a mail, an event."""
    rows = Comment.objects.filter(source=str(ref))
    keys = rows.order_by("-pk").values_list("pk", flat=True)[:FANNED]
    return Fan([Ref("feedback", "comment", key) for key in keys], rows.count())


def said_before(row: Answer) -> tuple[list[str], list[str]]:
    """Who said what this answers, by name, and their words."""
    comments = list(Comment.objects.filter(answer=row).values_list("said_by", "text"))
    by_kind: dict[str, list[int]] = {}
    for said_by, _text in comments:
        if said_by:
            ref = Ref.parse(said_by)
            by_kind.setdefault(ref.kind, []).append(ref.id)
    names: list[str] = []
    for kind, keys in by_kind.items():
        described = kinds.find(kind)
        if described is not None:
            names += [str(one) for one in described.titles(keys).values()]
    return names, [" ".join(text.split()) for _by, text in comments]


def answers_citing(ref: Ref) -> list[Ref]:
    """Answers that say that this was done because of what people said."""
    keys = Answer.objects.filter(naming("cites", ref)).order_by("pk").values_list("pk", flat=True)[:FANNED]
    return [Ref("feedback", "answer", key) for key in keys]


def with_comments(refs: Collection[Ref]) -> set[int]:
    """Keys of those that said something."""
    by_text = {str(ref): ref.id for ref in refs}
    rows = Comment.objects.filter(said_by__in=list(by_text)).values_list("said_by", flat=True)
    return {by_text[text] for text in rows}


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """What they said as JSON values, earliest first."""
    return [
        {
            "said_on": row.said_on.isoformat(),
            "channel": row.channel,
            "text": row.text,
            "tone": row.sentiment,
            "state": row.state,
            "themes": [mark.theme.name for mark in row.marks.all()],
        }
        for row in listed().filter(said_by=str(ref)).order_by("said_on", "pk")
    ]
