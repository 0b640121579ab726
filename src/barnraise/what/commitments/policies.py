"""Who may do what with promises: the team reads, those who record write, those who lead take away."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_remove = leads
"""Take away one that was noted by mistake; any other is kept, not kept or released."""
