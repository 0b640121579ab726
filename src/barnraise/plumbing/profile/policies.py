"""Who may read and change the facts of the installation."""

from __future__ import annotations

from barnraise.foundation.policy import admins, leads

may_see = leads
may_change = admins
