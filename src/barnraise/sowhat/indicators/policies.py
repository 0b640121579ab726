"""Who may do what with observations: the team reads, those who record write, those who lead lock."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_record = writers
may_lock = leads
