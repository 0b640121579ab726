"""Who may do what with audiences: the team reads, those who record make them."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_remove = leads
"""Take away one for good; any other is ended."""
