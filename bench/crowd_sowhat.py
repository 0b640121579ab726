"""A thousand times the sample: reports and observations of indicators, and the rows of those that count by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from crowd import Dice, Table, Town, first

TABLES = (
    "indicators_report",
    "indicators_observation",
    "indicators_observationrow",
    "indicators_restatement",
)
EVERY = 9
"""So many quarters are observed of one indicator, at most."""


def tables(town: Town) -> Iterator[Table]:
    """(table, columns, rows) in an order that keys allow. What counts by itself is counted afterwards, by the product."""
    from barnraise.sowhat.indicators.spans import spans

    dice, report, observation = Dice(81), first("indicators.Report"), first("indicators.Observation")
    told = list(_told(town, dice, spans("quarter", (town.now - timedelta(days=700)).date(), town.today)))
    yield (
        "indicators_report",
        "id, uuid, begins_on, ends_on, due_on, value, reason, note, signed_by, way, asked_at, answered_at, is_sample, created_at,"
        " updated_at, indicator_id, organisation_id",
        (
            (report + at, dice.uuid(), begins, ends, ends, value, "", "", "", "hand" if value is not None else "", town.now,
             town.now if value is not None else None, False, town.now, town.now, indicator, body)
            for at, (indicator, begins, ends, value, body) in enumerate(told)
        ),
    )  # fmt: skip
    seen = [(at, *row) for at, row in enumerate(told) if row[3] is not None]
    yield (
        "indicators_observation",
        "id, uuid, begins_on, ends_on, value, reason, origin, row_count, stamp, computed_at, locked_at, is_sample, created_at,"
        " updated_at, indicator_id",
        (
            (observation + place, dice.uuid(), begins, ends, value, "", "reported", 1, "", town.now,
             town.now if dice.some(0.3) else None, False, town.now, town.now, indicator)
            for place, (_at, indicator, begins, ends, value, _body) in enumerate(seen)
        ),
    )  # fmt: skip
    yield (
        "indicators_observationrow",
        'observation_id, kind, key, counts_kind, counts_key, "on", value',
        (
            (
                observation + place,
                "indicators.report",
                report + at,
                "indicators.report",
                report + at,
                ends,
                value,
            )
            for place, (at, _indicator, _begins, ends, value, _body) in enumerate(seen)
        ),
    )


def _told(
    town: Town, dice: Dice, periods: list[Any]
) -> Iterator[tuple[int, date, date, Decimal | None, int | None]]:
    """(indicator, from, until, value, partner): one report of a period, the latest ones not answered yet by some."""
    for indicator in town.keys["goals.indicator"][2:]:
        for at, period in enumerate(periods[-EVERY:]):
            if dice.some(0.1):
                continue
            is_open = at >= len(periods[-EVERY:]) - 1 and dice.some(0.5)
            body = town.body(dice) if dice.some(0.3) else None
            yield indicator, period.begins, period.ends, None if is_open else Decimal(dice.below(900)), body
