"""Who may do what with playbooks: the team reads and takes out, those who lead make, take in, install and retire."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team

may_see = team
may_edit = leads
