"""Who may do what with goals: the team reads, those who record write, those who lead decide."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_decide = leads
"""Agree on, end, reopen and remove goals and objectives."""
