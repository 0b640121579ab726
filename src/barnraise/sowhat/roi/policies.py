"""Who may do what with valuations: the team reads, those who record write, those who lead end and take away."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_end = leads
may_remove = leads
