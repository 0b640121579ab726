"""Who may read, stick and govern tags. What may be tagged is decided by the thing's own room."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_tag = writers
may_govern = leads
