"""The lists of comments, themes and answers to many."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, day, figure, number, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    PickSubqueryFilter,
    SubqueryFilter,
)
from barnraise.plumbing.ui.lists.subqueries import is_there

from . import facing, policies, selectors
from .models import Comment, Mark, Theme


def _count(row: Any) -> Any:
    return figure(row.comment_count, rows=f"{reverse('feedback:list')}?theme={row.pk}")


def _waiting(row: Any) -> Any:
    return figure(row.waiting_count, rows=f"{reverse('feedback:list')}?theme={row.pk}&state=waiting")


def _published(row: Any) -> Any:
    return day(row.published_on) if row.published_on else ""


def _theme_state(row: Theme) -> str:
    return gettext("Ended") if row.ended_on else gettext("Offered")


def _answer(row: Comment) -> str:
    return row.answer.you_said if row.answer else ""


def _answered(row: Any) -> Any:
    return (
        figure(row.comment_count, rows=f"{row.get_absolute_url()}#answered")
        if row.comment_count
        else number(0)
    )


def _about(keys: list[int]) -> QuerySet[Any]:
    return Mark.objects.filter(theme_id__in=keys).values_list("comment_id", flat=True)


def _themed(value: str) -> QuerySet[Any]:
    if value == "1":
        return Mark.objects.values_list("comment_id", flat=True)
    marked = is_there(Mark.objects.filter(comment=OuterRef("pk")))
    return Comment.objects.filter(~marked).values_list("pk", flat=True)


comments = ListPage(
    name="comments",
    kind=selectors.COMMENT,
    noun=_("comment"),
    noun_plural=_("comments"),
    title=_("Feedback"),
    intro=_("What people say, from questionnaires, mails, talks and concerns, in one place: what it is about, and whether it was answered."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-said_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="feedback:note",
    create_policy=policies.may_edit,
    create_label=_("Note a comment"),
    heading_links=(
        (_("Themes"), "feedback:themes", policies.may_see),
        (_("Suggested themes"), "feedback:suggested", policies.may_see),
        (_("You said, we did"), "feedback:answers", policies.may_see),
    ),
    empty=Empty(
        _("Nobody has said anything yet"),
        _(
            "Text answers of questionnaires and mails that come in stand here by themselves, within minutes. "
            "What somebody says to your face is noted by hand."
        ),
        ((_("Note a comment"), "feedback:note", policies.may_edit),),
        icon="messages",
    ),
    columns=(
        Column("text", _("What was said"), lambda row: data(str(row)), lambda row: row.text),
        Column("themes", _("Themes"), facing.themes_of, facing.themes_text),
        Column("state", _("State"), facing.state_badge, lambda row: row.get_state_display()),
        Column("tone", _("Tone of its words (estimate)"), facing.tone_badge, lambda row: row.sentiment),
        Column("said", _("Said on"), lambda row: day(row.said_on), lambda row: row.said_on, sort="said_on"),
        Column("channel", _("How it came"), facing.channel_word, lambda row: row.channel),
        Column("language", _("Language"), lambda row: data(row.language), lambda row: row.language, is_default=False),
        Column("aside", _("Why it was set aside"), lambda row: data(row.aside_reason), lambda row: row.aside_reason, is_default=False),
        Column("answer", _("Answered with"), lambda row: data(_answer(row)), _answer, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Comment.State.choices),
        PickSubqueryFilter("theme", _("Theme"), rows=Theme.objects.all, subquery=_about),
        ChoiceFilter("channel", _("How it came"), options=selectors.channel_words),
        ChoiceFilter("tone", _("Tone of its words (estimate)"), options=Comment.Sentiment.choices, field="sentiment"),
        DateFilter("said", _("Said on"), field="said_on"),
        SubqueryFilter("themed", _("Themes"), options=(("1", _("with a theme")), ("0", _("without a theme"))), subquery=_themed),
    ),
)  # fmt: skip
"""What people say."""

themes = ListPage(
    name="themes",
    kind=selectors.THEME,
    noun=_("theme"),
    noun_plural=_("themes"),
    title=_("Themes"),
    intro=_("What many comments are about."),
    policy=policies.may_see,
    rows=selectors.themes_listed,
    default_sort="name_folded",
    row_url=lambda row: reverse("feedback:theme", args=[row.uuid]),
    create_url_name="feedback:add_theme",
    create_policy=policies.may_edit,
    create_label=_("Add a theme"),
    heading_links=(
        (_("Feedback"), "feedback:list", policies.may_see),
        (_("Suggested themes"), "feedback:suggested", policies.may_see),
    ),
    empty=Empty(
        _("No themes yet"),
        _("Add one, or look at those that are suggested from the words of comments."),
        ((_("Add a theme"), "feedback:add_theme", policies.may_edit), (_("Suggested themes"), "feedback:suggested", policies.may_see)),
        icon="tags",
    ),
    columns=(
        Column("name", _("Theme"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("comments", _("Comments"), _count, lambda row: row.comment_count, is_numeric=True),
        Column("waiting", _("Unanswered"), _waiting, lambda row: row.waiting_count, is_numeric=True),
        Column("about", _("What belongs to it"), lambda row: data(row.about), lambda row: row.about),
        Column("state", _("State"), _theme_state, _theme_state, is_default=False),
        Column("ended", _("Ended"), lambda row: day(row.ended_on) if row.ended_on else "", lambda row: row.ended_on, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(BooleanFilter("ended", _("State"), condition=Q(ended_on__isnull=False), yes=_("Ended"), no=_("Offered")),),
)  # fmt: skip
"""What comments are about."""

answers = ListPage(
    name="answers_to_many",
    kind=selectors.ANSWER,
    noun=_("answer"),
    noun_plural=_("answers"),
    title=_("You said, we did"),
    intro=_("One answer for many comments. What is published stands on a page that everybody may read, without names."),
    policy=policies.may_see,
    rows=selectors.answers_listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="feedback:write_answer",
    create_policy=policies.may_edit,
    create_label=_("Write an answer"),
    heading_links=(
        (_("Feedback"), "feedback:list", policies.may_see),
        (_("The public page"), "feedback:public", policies.may_see),
    ),
    empty=Empty(
        _("Nothing is answered yet"),
        _("Choose a theme or a comment and write what people said, in your own words, and what was done about it."),
        ((_("Write an answer"), "feedback:write_answer", policies.may_edit),),
        icon="message-reply",
    ),
    columns=(
        Column("said", _("You said"), lambda row: data(row.you_said), lambda row: row.you_said, sort="you_said_folded"),
        Column("did", _("We did"), lambda row: data(row.we_did), lambda row: row.we_did),
        Column("state", _("State"), facing.answer_badge, facing.answer_word),
        Column("comments", _("Comments"), _answered, lambda row: row.comment_count, is_numeric=True),
        Column("published", _("Published"), _published, lambda row: row.published_on, sort="published_on"),
        Column("why", _("Why it was withdrawn"), lambda row: data(row.withdrawn_reason), lambda row: row.withdrawn_reason, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        BooleanFilter(
            "public",
            _("Public"),
            condition=selectors.ANSWER_STATES["public"],
            yes=_("public"),
            no=_("not public"),
        ),
    ),
)  # fmt: skip
"""What was answered to many."""
