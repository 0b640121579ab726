"""Who may do what with organisations: the team reads, those who record write, those who decide remove, hand out all that is kept, and act in bulk."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_write = writers
may_remove = leads
may_export = leads
may_act_in_bulk = leads
may_set_own = leads
