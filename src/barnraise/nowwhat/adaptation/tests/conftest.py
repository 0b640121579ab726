"""A project with a budget, and a closed event, to revise, try in and look back at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.what.events.services import close_event, plan_event
from barnraise.what.projects.services import add_part, add_project


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def shelf(alice):
    """A project with two cost lines and one that comes in."""
    project = add_project(by=alice, name="Fresh Food Shelf", kind="health")
    lines = {
        name: add_part(project, "budget", by=alice, name=name, is_income=is_income, planned=planned)
        for name, is_income, planned in (
            ("Printing", False, 50_000),
            ("Child care", False, 0),
            ("Grant", True, 50_000),
        )
    }
    return {"project": project, "ref": str(Ref.to(project)), **lines}


@pytest.fixture
def festival(alice):
    """An event that is over and closed out."""
    now = timezone.now()
    event = plan_event(
        by=alice, title="Spring festival", kind="gathering",
        starts_at=now - timedelta(days=3, hours=2), ends_at=now - timedelta(days=3),
    )  # fmt: skip
    return close_event(event, by=alice, outcome="Sixty came, half of them new.")


def card(**more):
    """Values of an experiment."""
    first = {
        "title": "Text the day before",
        "hypothesis": "Ten more of a hundred come",
        "measure": "Who came of those registered",
        "stop_rule": "Five people complain",
    }
    return {**first, "starts_on": ago(30), "judge_on": ago(-30), **more}
