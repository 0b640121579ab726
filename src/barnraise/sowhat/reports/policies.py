"""Who may do what with reports: the team reads, those who record write drafts, those who lead issue and withdraw."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_issue = leads
may_remove = leads
