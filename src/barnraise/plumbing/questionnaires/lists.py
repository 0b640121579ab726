"""The lists of questionnaires and of what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import data, day, figure, number, when
from barnraise.plumbing.ui.lists import (
    ChoiceFilter,
    Column,
    Empty,
    InstantFilter,
    ListPage,
    PickFilter,
    SubqueryFilter,
    TextFilter,
)
from barnraise.plumbing.ui.lists.filters import BadFilter

from . import policies, selectors, shown
from .models import Questionnaire, Response, Version


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """Draft, planned, open, closed."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return selectors.in_states(value)


def _read_states(rows: list[Questionnaire]) -> None:
    """Responses and published version of each, in two queries."""
    many = selectors.responses_of(rows)
    published = set(
        Version.objects.filter(questionnaire__in=rows, published_at__isnull=False).values_list(
            "questionnaire_id", flat=True
        )
    )
    today = timezone.localdate()
    for row in rows:
        row.many = many[row.pk]  # type: ignore[attr-defined]
        version = Version() if row.pk in published else None
        row.state = selectors.state_of(row, version, today)  # type: ignore[attr-defined]


questionnaires = ListPage(
    name="questionnaires",
    kind=selectors.KIND,
    noun=_("questionnaire"),
    noun_plural=_("questionnaires"),
    title=_("Questionnaires"),
    intro=_("What is asked of people: surveys and forms, with what was answered."),
    policy=policies.may_see,
    rows=selectors.questionnaires_listed,
    default_sort="-updated_at",
    prepare=_read_states,
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="questionnaires:add",
    create_policy=policies.may_edit,
    create_label=_("New questionnaire"),
    heading_links=((_("Responses"), "questionnaires:responses", policies.may_read_answers),),
    empty=Empty(
        _("No questionnaires yet"),
        _(
            "Ask people what they need or think: write the questions in your languages, publish them, and hand out the address, "
            "a QR code or personal links. Answers on paper are typed in. The results hide numbers so small that they show who answered."
        ),
        ((_("New questionnaire"), "questionnaires:add", policies.may_edit),),
        icon="clipboard-list",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("state", _("State"), lambda row: shown.state_badge(row.state), lambda row: str(shown.STATES[row.state])),
        Column("responses", _("Responses"), lambda row: figure(row.many, rows=shown.responses_of(row)), lambda row: row.many, is_numeric=True),
        Column("opens", _("From"), lambda row: day(row.opens_on), lambda row: row.opens_on, is_default=False),
        Column("closes", _("Until"), lambda row: day(row.closes_on), lambda row: row.closes_on),
        Column("code", _("Public address"), lambda row: data(row.code), lambda row: row.code, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at"),
    ),
    filters=(
        TextFilter("name", _("Name"), field="name_folded"),
        StateFilter("state", _("State"), options=tuple(shown.STATES.items())),
    ),
)  # fmt: skip
"""What is asked."""


def _response_rows(actor: Any) -> QuerySet[Response]:
    return selectors.responses_listed(actor)


def _read_names(rows: Sequence[Response]) -> None:
    named = selectors.who_answered(rows)
    for row in rows:
        row.who = named.get(row.respondent, "")  # type: ignore[attr-defined]


@dataclass(frozen=True)
class AnswerFilter(SubqueryFilter):
    """Responses to a version ("12"), those that answered a question ("12:bus:"), or that chose an answer ("12:bus:never")."""

    def read(self, params: QueryDict) -> Any:
        """The parts as they stand in the address. Raises BadFilter for a version that is not there."""
        given = [value.replace("\x00", "") for value in params.getlist(self.name) if value]
        for value in given:
            if not selectors.is_version(value.partition(":")[0]):
                raise BadFilter(_now("“%(value)s” is no version of a questionnaire.") % {"value": value[:60]})
        return given or None

    def words(self, value: Any) -> Any:
        """Version, question and answer in the reader's language."""
        return ", ".join(selectors.answer_title(one) for one in value)

    def widget(self, params: QueryDict) -> Safe:
        """The versions to choose from, with those chosen among them however many there are."""
        keys = [value.partition(":")[0] for value in params.getlist(self.name)]
        return self.select(params, _versions([int(key) for key in keys if selectors.is_version(key)]))


def _versions(chosen: Sequence[int] = ()) -> list[tuple[str, Any]]:
    return [(str(key), data(title)) for key, title in selectors.version_titles(chosen)]


responses = ListPage(
    name="responses",
    kind=selectors.RESPONSE,
    noun=_("response"),
    noun_plural=_("responses"),
    title=_("Responses"),
    intro=_("Every filled form. Its answers are read by those who record; the results are for the whole team."),
    policy=policies.may_read_answers,
    rows=_response_rows,
    default_sort="-answered_at",
    prepare=_read_names,
    row_url=lambda row: row.get_absolute_url(),
    heading_links=((_("Questionnaires"), "questionnaires:list", policies.may_see),),
    empty=Empty(
        _("No responses yet"),
        _("They come by the public page, by personal links, from paper, from files and from programs."),
        ((_("Questionnaires"), "questionnaires:list", policies.may_see),),
        icon="clipboard-list",
    ),
    columns=(
        Column("questionnaire", _("Questionnaire"), lambda row: data(row.questionnaire.name), lambda row: row.questionnaire.name),
        Column("answered", _("Answered"), lambda row: when(row.answered_at), lambda row: row.answered_at, sort="answered_at"),
        Column("who", _("Who answered"), lambda row: data(row.who), lambda row: row.who),
        Column("way", _("Way"), lambda row: row.get_way_display(), lambda row: row.get_way_display()),
        Column("channel", _("Channel"), lambda row: data(row.channel), lambda row: row.channel),
        Column("version", _("Version"), lambda row: number(row.version.number), lambda row: row.version.number, is_numeric=True),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        PickFilter("questionnaire", _("Questionnaire"), field="questionnaire_id", rows=Questionnaire.objects.all),
        AnswerFilter("answer", _("Answered"), options=_versions, subquery=selectors.responses_that),
        ChoiceFilter("way", _("Way"), options=Response.Way.choices),
        InstantFilter("answered", _("Answered"), field="answered_at"),
    ),
)  # fmt: skip
"""What came in."""
