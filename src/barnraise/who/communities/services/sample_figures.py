"""Write the sample town's figures through the same services as everybody's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services import record

from .figures_writing import NewFigure, write_figures
from .measures import measures_for


def add_sample_figures(
    measures: dict[tuple[str, str], dict[str, Any]], figures: Iterable[dict[str, Any]], *, by: Any
) -> int:
    """Measures by (publisher, code), and figures as keywords of NewFigure whose measure is such a pair; how many."""
    with transaction.atomic():
        known = measures_for(measures, change_set=None, is_sample=True)
        new = [NewFigure(**{**one, "measure": known[one["measure"]].pk}) for one in figures]
        write_figures(new, (), change_set=None, is_sample=True)
        record(by=by, verb="communities.sample_figures", about=[], details={"count": len(new)})
    return len(new)
