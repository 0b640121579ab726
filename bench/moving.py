"""What one check-in costs a number: counted by the difference, against a count of all rows of its period and of the whole number.

    .venv/bin/python bench/moving.py --data FOLDER [--rounds 5] [--months 24]
    DATABASE_URL=postgresql://... .venv/bin/python bench/moving.py --data FOLDER

In the town of `thousand.py`: the number of different people at two million attendances, by months. Processor time of this process
and of the database. The whole number is counted once, and is the proof: it has to say what the differences said.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import asking


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--data", default="")
    asks.add_argument("--rounds", type=int, default=5)
    asks.add_argument("--months", type=int, default=24, help="count so many of the latest months")
    given = asks.parse_args()
    asking.begin(given.data)
    from django.utils import timezone

    from barnraise.plumbing.accounts.models import Account
    from barnraise.sowhat.indicators.services import compute
    from barnraise.sowhat.indicators.services.compute import since_of
    from barnraise.sowhat.indicators.spans import span_of, spans
    from barnraise.what.events.models import Event
    from barnraise.what.events.services import Newcomer, walk_in
    from barnraise.why.goals.models import Indicator

    number = Indicator.objects.get(name="People at events, every month")
    today, by = timezone.localdate(), Account.objects.get(email="ada@example.org")
    every = spans(number.frequency, since_of(number, today), today)[-given.months :]
    roots = (os.getpid(), asking.database_process())
    first = spent(lambda: [compute(number, one) for one in every], roots)
    print(f"all {len(every)} months for the first time: {first / 1000:.1f} s of processor time")
    event = Event.objects.filter(cancelled_at=None, closed_at=None, ends_at__lt=timezone.now()).order_by(
        "-ends_at"
    )[0]
    period = span_of(number.frequency, timezone.localdate(event.starts_at))
    moved, whole, idle = [], [], []
    for at in range(given.rounds):
        before = compute(number, period)
        walk_in(event, Newcomer(f"Moving {at} {time.time()}", "", None), by=by)
        moved.append(spent(lambda: compute(number, period), roots))
        now = compute(number, period)
        assert before
        assert now
        assert now.value == (before.value or 0) + 1
        idle.append(spent(lambda: [compute(number, one) for one in every], roots))
        whole.append(spent(lambda: compute(number, period, is_whole=True), roots))
        proved = compute(number, period)
        assert proved
        assert (proved.value, proved.row_count) == (now.value, now.row_count)
    assert now is not None
    one, all_rows, nothing = (statistics.median(each) for each in (moved, whole, idle))
    print(f"one check-in at an event of {event.registrations.count()}: {one:.1f} ms; the month of {now.row_count} rows whole: {all_rows:.0f} ms;"
          f" ratio {one / all_rows:.4f}")  # fmt: skip
    print(f"a round over all {len(every)} months in which nothing changed: {nothing:.1f} ms")
    values = [(row.value, row.row_count) for row in number.observations.order_by("begins_on")]  # fmt: skip
    all_months = spent(lambda: [compute(number, one, is_whole=True) for one in every], roots)
    same = values == [(row.value, row.row_count) for row in number.observations.order_by("begins_on")]
    print(
        f"the whole number: {all_months / 1000:.1f} s, {'the same' if same else 'ANOTHER'} value in every month"
    )


def spent(act: Callable[[], Any], roots: tuple[int | None, ...]) -> float:
    """Milliseconds of processor time."""
    before = asking.processor_time(*roots)
    act()
    return asking.processor_time(*roots) - before


if __name__ == "__main__":
    main()
