"""Who may do what with the website. Its editor's finer permissions come from the groups in `services/groups.py`."""

from __future__ import annotations

from barnraise.foundation.policy import anyone, leads, writers

may_read = anyone
may_edit = writers
may_begin = leads
may_publish_numbers = leads
