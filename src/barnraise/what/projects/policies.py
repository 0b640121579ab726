"""Who may do what with projects: the team reads, those who record write, those who lead end and remove."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_decide = leads
