"""Who may do what with questionnaires: the team sees results, those who record see answers, those who lead publish."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
"""Questionnaires and their results, small numbers hidden."""
may_edit = writers
may_answer = writers
"""Type in what somebody answered, and hand out personal links."""
may_read_answers = writers
may_publish = leads
"""Publish, close, remove, and take answers away."""
