"""Who may do what with consents: the team reads, those who record write, those who lead say what people are asked."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_record = writers
may_shape = leads
"""Purposes and their wordings."""
may_link = writers
"""Hand out a person's own page of preferences."""
