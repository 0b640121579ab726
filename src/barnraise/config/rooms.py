"""The rooms of the house, floor by floor, lowest first: the one list that installs them."""

from __future__ import annotations

from .environment import environment

PLUMBING = (
    "ui",
    "jobs",
    "journal",
    "accounts",
    "snoozes",
    "profile",
    "tags",
    "files",
    "links",
    "search",
    "mail",
    "questionnaires",
    "imports",
)
WHO = ("communities", "organisations", "people", "consent", "audiences", "interactions", "partnerships")
WHY = ("needs", "decisions", "goals")
WHAT = ("projects", "commitments", "issues", "events", "meetings", "social", "campaigns")
SOWHAT = ("feedback", "network", "indicators", "roi", "reports")
NOWWHAT = ("discovery", "stories", "recognition", "adaptation", "playbooks")
DOORS = ("desk", "portal", "api", *(("site",) if environment().site else ()))

ROOMS: tuple[str, ...] = (
    *(f"barnraise.plumbing.{name}" for name in PLUMBING),
    *(f"barnraise.who.{name}" for name in WHO),
    *(f"barnraise.why.{name}" for name in WHY),
    *(f"barnraise.what.{name}" for name in WHAT),
    *(f"barnraise.sowhat.{name}" for name in SOWHAT),
    *(f"barnraise.nowwhat.{name}" for name in NOWWHAT),
    *(f"barnraise.doors.{name}" for name in DOORS),
)
