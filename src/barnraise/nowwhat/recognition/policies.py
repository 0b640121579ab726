"""Who may do what with thanks and milestones: the team reads, those who record write and send, those who lead set marks and take away."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_send = writers
may_set = leads
"""Set marks at which milestones are told; take away thanks for good."""
