"""Who may take files in: those who decide for the partnership. The team may read what came of it."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team

may_see = team
may_import = leads
may_undo = leads
