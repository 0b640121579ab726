"""Who may do what with concerns: the team reads, those who record write, those who lead take away."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_oversee = leads
"""Sees on Today whatever is past its clock, whoever sees to it."""
may_remove = leads
"""Take away one that was raised by mistake; any other is resolved or declined."""
