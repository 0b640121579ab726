"""Who may do what with waves: the team reads measures (nobody reads what one partner said of another), those who lead ask and end."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team

may_see = team
may_edit = leads
may_remove = leads
