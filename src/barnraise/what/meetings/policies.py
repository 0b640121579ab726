"""Who may do what with meetings: the team reads, those who record write, those who lead take away."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_remove = leads
"""Take away one that was planned by mistake; any other is cancelled with the reason."""
