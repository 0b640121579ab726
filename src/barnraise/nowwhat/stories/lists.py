"""The list of stories."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import badge, data, day, nothing, when
from barnraise.plumbing.ui.lists import ChoiceFilter, Column, DateFilter, Empty, ListPage, TextFilter

from . import facing, policies, selectors
from .models import Story


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


def _languages(row: Story) -> str:
    return ", ".join(facing.language_word(code) for code in row.languages)


def _state(row: Story) -> Any:
    return badge(row.get_state_display(), tone=_TONES[row.state])


_TONES: dict[str, Literal["neutral", "good", "accent"]] = {
    "draft": "accent",
    "published": "good",
    "ended": "neutral",
}


def _published(row: Story) -> Any:
    return day(row.published_at) if row.published_at else nothing()


_TELL: Any = ((_("Tell a story"), "stories:make", policies.may_edit),)

stories = ListPage(
    name="stories",
    kind=selectors.KIND,
    noun=_("story"),
    noun_plural=_("stories"),
    title=_("Stories"),
    intro=_("What came of the work, told: each number walks back to its rows, and everybody in it agreed."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="stories:make",
    create_policy=policies.may_edit,
    create_label=_("Tell a story"),
    empty=Empty(
        _("No stories yet"),
        _(
            "Tell what came of a project: cite the figures it rests on, say whom it names, and publish it. It is public only while "
            "everybody in it agrees."
        ),
        _TELL,
        icon="book",
    ),
    columns=(
        Column("title", _("Title"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("state", _("State"), _state, lambda row: row.get_state_display()),
        Column("published", _("Published"), _published, lambda row: row.published_at, sort="published_at"),
        Column("languages", _("Languages"), _languages, _languages),
        Column("owner", _("Who sees to it"), lambda row: data(str(row.owner)) if row.owner else "", lambda row: str(row.owner or "")),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at"),
        Column("summary", _("In two sentences"), lambda row: data(row.summary), lambda row: row.summary, is_default=False),
        Column("text", _("The story"), lambda row: data(row.text), lambda row: row.text, is_default=False),
        Column("language", _("Language"), lambda row: facing.language_word(row.language), lambda row: row.language, is_default=False),
        Column("why", _("Why taken back"), lambda row: row.get_ended_why_display(), lambda row: row.get_ended_why_display(), is_default=False),
        Column("note", _("Why, in words"), lambda row: data(row.ended_note), lambda row: row.ended_note, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        TextFilter("title", _("Title"), field="title_folded"),
        ChoiceFilter("state", _("State"), options=Story.State.choices),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
        DateFilter("published", _("Published"), field="published_at"),
    ),
)  # fmt: skip
"""What is told."""
