"""Who may do what with candidates: the team reads, those who record decide."""

from __future__ import annotations

from barnraise.foundation.policy import team, writers

may_see = team
may_judge = writers
