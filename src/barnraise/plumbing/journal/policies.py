"""Who may read the journal."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team

may_see = team
may_undo = leads
