"""How many rows of another table hang on each row of a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def hanging(rows: QuerySet[Any], by: str, *, different: str = "") -> Any:
    """For `annotate`: how many of `rows` name the row in their field `by`; or how many different ones of another field these have.

    Looked up for the rows that are shown. Counted by a join, all rows of the list would be grouped before the first is shown.
    """
    count = Count(different or "pk", distinct=bool(different))
    many = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(many=count).values("many")
    return Coalesce(Subquery(many, output_field=IntegerField()), 0)
