"""Who may come in at the staff's door."""

from __future__ import annotations

from barnraise.foundation.policy import admins, anyone, signed_in, team

may_enter = signed_in
may_search = team
may_set_up = admins
may_see_settings = signed_in
may_load_sample = admins
is_public = anyone
