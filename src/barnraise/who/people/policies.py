"""Who may do what with people: the team reads, those who record write, those who decide merge, erase, remove and act in bulk."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_write = writers
may_note = writers
may_remove = leads
may_act_in_bulk = leads
may_merge = leads
may_erase = leads
may_export = leads
may_shape = leads
"""Custom fields: which there are."""
