"""Who may do what with events: the team reads, those who record plan, register and check in, those who lead take away."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_check_in = writers
may_remove = leads
"""Take away an event that was planned by mistake; any other is cancelled or closed out."""
