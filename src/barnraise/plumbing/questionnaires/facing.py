"""Addresses, thresholds and lines that several pages of questionnaires need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.tabular import UnreadableFile
from barnraise.plumbing.links import selectors as links
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.components import figure
from barnraise.plumbing.ui.sockets import kinds

from . import policies, selectors, shown
from .models import Questionnaire, Response
from .selectors import Outcome

SENSITIVE = 11
"""The threshold for matters of health, after the CMS cell size suppression policy."""
LINK_DAYS = timedelta(days=30)
"""How long a personal link works."""


def threshold(row: Questionnaire) -> int:
    """The smallest number that is shown in the results."""
    least = installation().disclosure_threshold
    return max(least, SENSITIVE) if row.is_sensitive else least


def public_address(row: Questionnaire) -> str:
    """The whole address of the public page."""
    return f"{settings.ENVIRONMENT.url}{reverse('questionnaires:public', args=[row.code])}"


def personal_address(row: Questionnaire, who: Ref) -> str:
    """A signed link by which one respondent answers once."""
    return sign("questionnaires.answer", Ref.to(row), expires=LINK_DAYS, data={"who": str(who)})


def address_of(reference: str) -> str:
    """Where a respondent's page is; empty when no room describes it."""
    ref = Ref.parse(reference)
    described = kinds.find(ref.kind)
    return described.url(ref.id) if described else ""


def ways(row: Questionnaire) -> list[tuple[Any, str, Any]]:
    """(way, channel, responses that lead to their rows), most first."""
    found = selectors.counts_by_way(row).items()
    ordered = sorted(found, key=lambda one: (-one[1], one[0]))
    return [
        (
            Response.Way(way).label,
            channel,
            figure(many, rows=shown.responses_of(row, f"way={way}"), of=f"{_('Channel')}: {channel}"),
        )
        for (way, channel), many in ordered
    ]


def short_links(row: Questionnaire) -> list[tuple[Any, int]]:
    """(short link, visits) of the links that lead to the public page."""
    found = list(links.short_links().filter(target=reverse("questionnaires:public", args=[row.code]))[:20])
    visits = links.visits_of(found)
    return [(one, visits[one.pk]) for one in found]


def reasons(no: Exception) -> list[str]:
    """Why a file was not taken in, as sentences."""
    if isinstance(no, ValidationError):
        return [str(reason) for reason in no.messages]
    if isinstance(no, UnreadableFile):
        return [str(no)]
    return list(getattr(no, "reasons", [str(no)]))


def result_lines(found: Sequence[Outcome]) -> Iterator[list[Any]]:
    """Results as lines: one for each answer that can be chosen, else one for the question."""
    yield [
        "code", _("Question"), _("Answer"), _("Responses"), _("Share in percent"), _("Answered"),
        _("Without answer"), _("Mean"), _("Median"),
    ]  # fmt: skip
    hidden = _("hidden (small number)")
    for one in found:
        text = shown.question_text(one.question)
        rest = [
            hidden if one.answered is None else one.answered,
            hidden if one.without is None else one.without,
            "" if one.mean is None else f"{one.mean:f}",
            "" if one.median is None else f"{one.median:f}",
        ]
        for cell in one.cells:
            share = "" if cell.share is None else f"{cell.share * 100:.1f}"
            label = one.question.label(cell.code, *shown.tongue())
            yield [one.question.code, text, label, hidden if cell.count is None else cell.count, share, *rest]
        if not one.cells:
            yield [one.question.code, text, "", "", "", *rest]


def closing_card(actor: Any, now: datetime) -> dict[str, Any] | None:
    """Today: questionnaires that close within seven days; None when there are none."""
    today: date = timezone.localdate(now)
    found = selectors.closing(today, today + timedelta(days=7))
    return {"rows": found, "may_read": policies.may_read_answers(actor)} if found else None
