"""The lists of the room: interactions, next steps, unknown addresses."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import Safe, el
from barnraise.foundation.text import AsWritten, shorten, squeeze
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.search.selectors import WordsFilter
from barnraise.plumbing.tags import selectors as tags
from barnraise.plumbing.ui.components import data, day, when
from barnraise.plumbing.ui.lists import (
    BulkAction,
    ChoiceFilter,
    Column,
    Empty,
    InstantFilter,
    ListPage,
    SubqueryFilter,
)
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from .. import facing, forms, policies, selectors, services
from ..models import Interaction, InteractionOrganisation, InteractionPerson, NextStep
from ..selectors import KIND
from .filters import NamedFilter, SeenFilter


def accounts() -> list[tuple[int, Any]]:
    """Every account as a choice, by name."""
    return [(account.pk, AsWritten(account)) for account in Account.objects.order_by("name", "email")]


def _in_place(choice: str) -> QuerySet[Any, Any]:
    key = int(choice)
    return Interaction.objects.filter(community_id__in={key, *communities.descendant_keys(key)}).values("pk")


def _with_step_of(choice: str) -> QuerySet[Any, Any]:
    rows = NextStep.objects.filter(done_at__isnull=True, owner_id=int(choice), interaction__isnull=False)
    return rows.values("interaction_id")


def prepare(rows: list[Interaction]) -> None:
    """Hang on the rows of one page with whom they were, their next steps and tags: four queries."""
    keys = [row.pk for row in rows]
    around, tagged = selectors.taking_part(keys), tags.tags_of(KIND, keys)
    for row in rows:
        row.around = around[row.pk]  # type: ignore[attr-defined]
        row.tag_names = [tag.name for tag in tagged.get(row.pk, ())]  # type: ignore[attr-defined]


def _with(row: Any) -> Safe:
    return facing.names(row.around.people, row.around.organisations)


def _with_text(row: Any) -> str:
    names = [one.display_name for one in row.around.people] + [one.name for one in row.around.organisations]
    return "; ".join(names)


def _open_step(row: Any) -> NextStep | None:
    return next((step for step in row.around.steps if not step.is_done), None)


def _step_cell(row: Any) -> Any:
    step = _open_step(row)
    if step is None:
        return ""
    return el("a", shorten(step.text, 60), href=step.get_absolute_url(), translate="no")


def _seen(row: Interaction) -> Any:
    return facing.restricted_badge() if row.is_restricted else _("The team")


interactions = ListPage(
    name="interactions",
    kind=KIND,
    noun=_("interaction"),
    noun_plural=_("interactions"),
    title=_("Interactions"),
    policy=policies.may_list,
    rows=selectors.listed,
    default_sort="-happened_at",
    prepare=prepare,
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="interactions:create",
    create_policy=policies.may_write,
    create_label=_("Note an interaction"),
    heading_links=(
        (_("Next steps"), "interactions:steps", policies.may_list),
        (_("File mails"), "interactions:mail", policies.may_file),
    ),
    empty=Empty(
        _("Nothing has been noted yet"),
        _("Calls, visits, mails and passing talks stand here, newest first. Note the first one from anybody's page, or here."),
        ((_("Note an interaction"), "interactions:create", policies.may_write),),
        icon="messages",
    ),
    columns=(
        Column("about", _("About"), lambda row: data(facing.about(row)), lambda row: facing.about(row, 300)),
        Column("kind", _("Kind"), facing.kind_word, lambda row: str(facing.KINDS[row.kind])),
        Column("when", _("When"), lambda row: day(timezone.localdate(row.happened_at)), lambda row: row.happened_at, sort="happened_at"),
        Column("with", _("With"), _with, _with_text),
        Column("by", _("Noted by"), lambda row: data(row.by or ""), lambda row: str(row.by or "")),
        Column("step", _("Next step"), _step_cell, lambda row: str(_open_step(row) or "")),
        Column(
            "community", _("Community"), lambda row: data(row.community.name if row.community else ""),
            lambda row: row.community.name if row.community else "", is_default=False,
        ),
        Column("visibility", _("Who may read it"), _seen, lambda row: row.get_visibility_display(), is_default=False),
        Column("tags", _("Tags"), lambda row: data(", ".join(row.tag_names)), lambda row: "; ".join(row.tag_names), is_default=False),
        Column("direction", _("Direction"), lambda row: row.get_direction_display(), is_default=False),
        Column("text", _("Text"), lambda row: data(shorten(squeeze(row.text), 160)), lambda row: row.text, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
    ),
    filters=(
        WordsFilter("text", _("Words"), kind=KIND),
        ChoiceFilter("kind", _("Kind"), options=Interaction.Kind.choices),
        NamedFilter(
            "person", _("Person"), find=people.named,
            subquery=lambda keys: InteractionPerson.objects.filter(person_id__in=keys), column="interaction_id",
            nobody=_("There is no person of the name “%(name)s”."),
        ),
        NamedFilter(
            "organisation", _("Organisation"), find=organisations.named,
            subquery=lambda keys: InteractionOrganisation.objects.filter(organisation_id__in=keys), column="interaction_id",
            nobody=_("There is no organisation of the name “%(name)s”."),
        ),
        ChoiceFilter("by", _("Noted by"), options=accounts, field="by_id"),
        SubqueryFilter("step", _("Next step of"), options=accounts, subquery=_with_step_of),
        SubqueryFilter("community", _("Community"), options=communities.choices, subquery=_in_place),
        InstantFilter("day", _("When"), field="happened_at"),
        SeenFilter("visibility", _("Who may read it"), options=Interaction.Visibility.choices),
        SubqueryFilter(
            "tag", _("Tag"), options=lambda: [(tag.pk, AsWritten(tag.name)) for tag in tags.all_tags()],
            subquery=lambda choice: tags.tagged(KIND, int(choice)), is_all=True,
        ),
    ),
    bulk=(
        BulkAction(
            "tag", _("Add tags"), policies.may_act_in_bulk, form=forms.TagsForm, icon="tag", verb="interactions.tagged_many",
            apply=lambda rows, *, by, values, change_set: services.tag_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "untag", _("Take tags off"), policies.may_act_in_bulk, form=forms.TagsForm, icon="tag-off", verb="interactions.tagged_many",
            apply=lambda rows, *, by, values, change_set: services.untag_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "restrict", _("Change who reads them"), policies.may_act_in_bulk, form=forms.VisibilityForm, icon="lock",
            verb="interactions.restricted_many",
            apply=lambda rows, *, by, values, change_set: services.restrict_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "remove", _("Remove"), policies.may_act_in_bulk, icon="trash", is_danger=True, verb="interactions.removed_many",
            apply=lambda rows, *, by, values, change_set: services.remove_together(rows, by=by, change_set=change_set),
        ),
    ),
)  # fmt: skip
"""What was said and written."""
