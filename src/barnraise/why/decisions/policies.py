"""Who may do what with decisions: the team reads, those who record prepare and moderate, those who lead open, settle and remove.

What residents and partners may do is said by the stage of the decision, not by a role.
"""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_moderate = writers
may_link = writers
may_lead = leads


def may_change_comment(actor: Any, comment: Any = None) -> bool:
    """Who wrote it, as one of the team: the words of others are shown or hidden, never changed."""
    return may_edit(actor) and (comment is None or comment.by_id == actor.pk)
