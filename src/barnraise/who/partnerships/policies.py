"""Who may do what with partnerships: the team reads, those who record write, those who lead take away."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_act_in_bulk = leads
may_remove = leads
"""Take away one that was begun by mistake; any other is ended."""
