"""Who may do what with revisions, experiments and reviews: the team reads, those who record write, those who lead approve."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_approve = leads
"""Approve or drop a revision, and take away what was noted by mistake."""
