"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.jobs.sockets import ChorePlug, chores, handlers
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui

from . import belonging, gathering, jobs, policies, profile, selectors
from . import sample as town
from .intake import Comments
from .intake_answers import Answers
from .intake_themes import Themes
from .models import Theme
from .selectors import ANSWER, CITED, COMMENT, MARKS, THEME
from .services import MERGED, hand_back, restore, restore_answers, restore_marks, restore_themes
from .services.starting import HANDLER
from .sockets import Channel, channels


def _comment_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.listed().filter(pk__in=list(keys)):
        yield Document(row.pk, str(row), row.text, visibility="team")


def _answer_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in selectors.answers_listed().filter(pk__in=list(keys)):
        yield Document(row.pk, row.you_said, row.we_did, visibility="team")


def _theme_documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Theme.objects.filter(pk__in=list(keys))
    return (Document(row.pk, row.name, row.about, visibility="team") for row in rows)


channels.plug(
    "questionnaires",
    Channel(_("Questionnaire"), gathering.answers_after, gathering.answers_alive),
    order=10,
)
channels.plug(
    "interactions", Channel(_("Mail or talk"), gathering.letters_after, gathering.letters_alive), order=20
)
channels.plug(
    "issues",
    Channel(_("Concern"), gathering.concerns_after, gathering.concerns_alive, gathering.concerns_minded),
    order=30,
)
ui.navigation.plug(
    "feedback",
    ui.NavigationItem(_("Feedback"), "feedback:list", "sowhat", policies.may_see, "messages"),
    order=20,
)
ui.actions.plug(
    "feedback.note",
    ui.Action(
        _("Note a comment"), "feedback:note", policies.may_edit, "message", _("feedback complaint praise said")
    ),
)  # fmt: skip
ui.cards.plug(
    "feedback.waiting",
    ui.Card(_("Comments unanswered"), policies.may_see, "feedback/cards/waiting.html", profile.waiting_card),
    order=50,
)
ui.kinds.plug(
    COMMENT,
    ui.Described(
        _("comment"),
        selectors.titles,
        lambda key: reverse("feedback:by_key", args=[key]),
        policies.may_see,
        "message",
    ),
)
ui.kinds.plug(
    ANSWER,
    ui.Described(
        _("public answer"),
        selectors.answer_titles,
        lambda key: reverse("feedback:answer_by_key", args=[key]),
        policies.may_see,
        "message-reply",
    ),
)
ui.kinds.plug(
    THEME,
    ui.Described(
        _("theme"),
        selectors.theme_titles,
        lambda key: selectors.theme_addresses([key]).get(key, reverse("feedback:themes")),
        policies.may_see,
        "tags",
        selectors.theme_addresses,
    ),
)
ui.threads.plug(
    COMMENT, ui.Thread(upstream=selectors.upstream_of_comment, downstream=selectors.below_comment)
)
ui.threads.plug(THEME, ui.Thread(upstream=selectors.comments_of_theme, downstream=selectors.answers_of_theme))
ui.threads.plug(ANSWER, ui.Thread(upstream=selectors.comments_of_answer, downstream=selectors.done_by_answer))
for _kind in ("questionnaires.response", "interactions.interaction", "issues.issue", "events.event"):
    ui.threads.plug(f"{_kind}@feedback", ui.Thread(downstream=selectors.comments_in))
for _kind in CITED:
    if _kind != "events.event":
        ui.threads.plug(f"{_kind}@feedback", ui.Thread(upstream=selectors.answers_citing))
ui.starts.plug(
    "events.event@feedback",
    ui.Start(_("Note what was said"), lambda ref: f"{reverse('feedback:note')}?for={ref}", policies.may_edit),
    order=70,
)
documents.plug(COMMENT, Documents(_("Comments"), _comment_documents, policies.may_see))
documents.plug(THEME, Documents(_("Themes"), _theme_documents, policies.may_see))
documents.plug(ANSWER, Documents(_("You said, we did"), _answer_documents, policies.may_see))
undoers.plug(COMMENT, restore)
undoers.plug(MARKS, restore_marks)
undoers.plug(THEME, restore_themes)
undoers.plug(ANSWER, restore_answers)
undoers.plug(MERGED, hand_back)
belongings.plug("feedback", belonging.SAYERS, order=110)
nouns.plug("comments", Comments())
nouns.plug("answers_to_many", Answers())
nouns.plug("themes", Themes())
handlers.plug(HANDLER, jobs.suggest_step)
chores.plug(
    "feedback.gather",
    ChorePlug(timedelta(minutes=5), jobs.gather, "Takes in comments that are new in questionnaires and mails."),
)  # fmt: skip
chores.plug(
    "feedback.sweep",
    ChorePlug(timedelta(days=1), jobs.sweep, "Takes away comments whose answer or mail is gone."),
)
ui.sample.plug("feedback", ui.SamplePart(town.load, town.remove), order=86)

for _verb, _text in {
    "noted": _("{who} noted a comment: {what}"),
    "removed": _("{who} removed a comment"),
    "themed": _("{who} said what the comment {what} is about: {themes}"),
    "set_aside": _("{who} set the comment {what} aside: {reason}"),
    "waits_again": _("{who} let the comment {what} wait again"),
    "theme_added": _("{who} added the theme {what}"),
    "theme_changed": _("{who} changed the theme {what}"),
    "theme_removed": _("{who} removed the theme {title}"),
    "suggestion_taken": ngettext_lazy(
        "{who} took {count} comment over as the theme {what}",
        "{who} took {count} comments over as the theme {what}",
        "count",
    ),
    "answer_written": _("{who} wrote the answer {what}"),
    "answer_changed": _("{who} changed the answer {what}"),
    "answer_removed": _("{who} removed the answer {title}"),
    "answered": ngettext_lazy(
        "{who} answered {count} comment with {what}", "{who} answered {count} comments with {what}", "count"
    ),
    "published": _("{who} published the answer {what}"),
    "withdrawn": _("{who} withdrew the answer {what}: {reason}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} comment of the sample town",
        "{who} added {count} comments of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} comment of the sample town",
        "{who} removed {count} comments of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"feedback.{_verb}", Sentence(_text, icon="messages"))
