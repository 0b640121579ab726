"""Who may do what with needs: the team reads, those who record write, those who lead close and take away."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_score = writers
may_lead = leads
"""Assessments, ending and removing."""
