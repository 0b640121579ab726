"""A partner gives a number that it is asked for."""

from __future__ import annotations

from decimal import Decimal

from barnraise.foundation.policy import require
from barnraise.plumbing.journal.services import arriving_by
from barnraise.sowhat.indicators.models import Report
from barnraise.sowhat.indicators.services import answer_report

from ..policies import Visitor, may_see_report


def give_number(
    report: Report, *, by: Visitor, value: Decimal | None, reason: str = "", note: str = ""
) -> None:
    """The number, or why there is none; once. Raises Report.DoesNotExist when it was given already, ValidationError by field."""
    require(may_see_report, by, report)
    with arriving_by("portal"):
        answer_report(
            report, value=value, reason=reason, note=note, signed_by=by.name, by=by.account, is_first=True
        )
