"""Who may let a reminder wait. Whether its card and its thing may be opened is asked besides."""

from __future__ import annotations

from barnraise.foundation.policy import team, writers

may_see = team
may_snooze = writers
