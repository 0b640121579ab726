"""Say by which rules people belong to an audience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse

from ..faults import MOST_RULES, rule_faults
from ..models import Audience, Rule


@dataclass(frozen=True, slots=True)
class Given:
    """A rule to write: people for whom any of the values of a criterion holds, or (`is_not`) none of them."""

    criterion: str
    values: Sequence[str]
    is_not: bool = False


def checked(rules: Sequence[Given]) -> list[Given]:
    """The same, each value once. Raises ValidationError by field."""
    if len(rules) > MOST_RULES:
        raise ValidationError(
            {"rules": [_("At most %(most)s rules make an audience.") % {"most": MOST_RULES}]}
        )
    found = [Given(one.criterion, list(dict.fromkeys(one.values)), one.is_not) for one in rules]
    for one in found:
        refuse(rule_faults(one.criterion, one.values))
    return found


def write_rules(audience: Audience, rules: Sequence[Given], after: int = 0) -> list[Rule]:
    """Add these, checked already, behind a position, in the caller's transaction."""
    return Rule.objects.bulk_create(
        [
            Rule(
                audience=audience,
                position=after + at,
                criterion=one.criterion,
                is_not=one.is_not,
                values=list(one.values),
            )
            for at, one in enumerate(rules, 1)
        ]
    )


def _touch(audience: Audience, by: Any) -> None:
    Audience.objects.filter(pk=audience.pk).update(updated_at=timezone.now())
    record(by=by, verb="audiences.ruled", about=[audience])


def set_rules(audience: Audience, rules: Sequence[Given], *, by: Any) -> None:
    """These rules stand instead of those that stood. Raises ValidationError; then nothing is changed."""
    given = checked(rules)
    with transaction.atomic():
        Audience.objects.select_for_update().get(pk=audience.pk)
        Rule.objects.filter(audience=audience).delete()
        write_rules(audience, given)
        _touch(audience, by)


def add_rule(audience: Audience, given: Given, *, by: Any) -> Rule:
    """One rule more. Raises ValidationError by field; then nothing is changed."""
    (one,) = checked([given])
    with transaction.atomic():
        Audience.objects.select_for_update().get(pk=audience.pk)
        places = list(Rule.objects.filter(audience=audience).values_list("position", flat=True))
        if len(places) >= MOST_RULES:
            raise ValidationError(
                {"criterion": [_("At most %(most)s rules make an audience.") % {"most": MOST_RULES}]}
            )
        (row,) = write_rules(audience, [one], max(places, default=0))
        _touch(audience, by)
    return row


def change_rule(rule: Rule, *, by: Any, values: Sequence[str], is_not: bool) -> Rule:
    """Other values. Raises ValidationError by field; then nothing is changed."""
    (one,) = checked([Given(rule.criterion, values, is_not)])
    with transaction.atomic():
        row = Rule.objects.select_for_update(of=("self",)).select_related("audience").get(pk=rule.pk)
        if list(row.values) == list(one.values) and row.is_not == one.is_not:
            return row
        row.values, row.is_not = list(one.values), one.is_not
        row.save(update_fields=["values", "is_not"])
        _touch(row.audience, by)
    return row


def remove_rule(rule: Rule, *, by: Any) -> None:
    """Take a rule away. Without any nobody belongs to the audience."""
    with transaction.atomic():
        rule.delete()
        _touch(rule.audience, by)
