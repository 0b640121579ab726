"""Who may do what with stories: the team reads, those who record write, those who lead make them public."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_publish = leads
"""Make it public, and take away one for good."""
may_end = writers
"""Take it back from the public: nobody waits for somebody else with that."""
