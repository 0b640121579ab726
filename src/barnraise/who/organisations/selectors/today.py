"""What Today says about who is in the community."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from barnraise.plumbing.ui.lists import capped_count
from barnraise.who.communities.models import Community

from ..models import Organisation

NEWEST = 5


def who_is_here(actor: Any, now: datetime) -> dict[str, Any] | None:
    """How many organisations (counted up to a cap) and communities there are, and the newest ones; None when there are none."""
    count, is_more = capped_count(Organisation.objects.all())
    if not count:
        return None
    newest = list(Organisation.objects.only("uuid", "name", "kind", "city").order_by("-id")[:NEWEST])
    return {"count": count, "is_more": is_more, "communities": Community.objects.count(), "newest": newest}
