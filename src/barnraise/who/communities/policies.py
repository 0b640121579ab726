"""Who may do what with communities: the team reads, those who record write, those who decide remove."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_write = writers
may_remove = leads
may_load_postcodes = leads
