"""Who may do what with the website. Its editor's finer permissions come from the groups in `services/groups.py`."""

from __future__ import annotations

from barnraise.foundation.policy import anyone, leads, team, writers

may_read = anyone
may_edit = writers
may_see = team
may_begin = leads
may_publish_numbers = leads
