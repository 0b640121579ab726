"""Take the sample town's consents away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Consent, Purpose, Standing
from ..selectors import PURPOSE


@transaction.atomic
def remove_sample(*, by: Any) -> tuple[int, int]:
    """How many lines and purposes went. What real people said of a sample's purpose goes with it; what was said of the
    sample's people goes too, as they do."""
    of_the_town = Q(is_sample=True) | Q(purpose__is_sample=True) | Q(person__is_sample=True)
    keys = list(Consent.objects.filter(of_the_town).values_list("pk", flat=True))
    standing = list(Standing.objects.filter(of_the_town).values_list("pk", flat=True))
    purposes = list(Purpose.objects.filter(is_sample=True).values_list("pk", flat=True))
    if not keys and not purposes:
        return 0, 0
    # By key: a database that has not looked at its tables yet would walk each of them once for each row of the other.
    Standing.objects.filter(pk__in=standing).delete()
    Standing.objects.filter(last_id__in=keys).delete()
    Consent.objects.filter(pk__in=keys).delete()
    Purpose.objects.filter(pk__in=purposes).delete()
    search.remove(PURPOSE, purposes)
    record(by=by, verb="consent.sample_removed", about=[], details={"count": len(keys)})
    return len(keys), len(purposes)
