"""Who may do what with feedback: those who record read and theme (comments hold personal words), those who lead publish."""

from __future__ import annotations

from barnraise.foundation.policy import anyone, leads, writers

may_see = writers
may_edit = writers
may_publish = leads
may_remove = leads
may_read_answers = anyone
