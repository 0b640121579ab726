"""Who may do what with posts: the team reads, those who record write and post by hand, those who lead approve and keep accounts."""

from __future__ import annotations

from barnraise.foundation.policy import leads, team, writers

may_see = team
may_edit = writers
may_approve = leads
"""Approve, have posted, take away."""
may_keep_accounts = leads
"""Add accounts, give them their secrets, end them."""
