"""Lists: declared once, with filters, orders, saved views, bulk actions and exports. See ListPage."""

from .declaration import BulkAction, Column, Download, Empty, ListPage, ListView
from .filters import (
    BadFilter,
    BooleanFilter,
    ChoiceFilter,
    Filter,
    TextFilter,
)
from .keyset import Order, batches
from .meant import MeantFilter
from .picking import PickFilter, PickSubqueryFilter
from .plans import Plan
from .ranges import DateFilter, InstantFilter, NumberFilter, RangeFilter
from .selection import Selection, capped_count
from .sockets import Done, bulk_runner, lists
from .subqueries import SubqueryFilter

__all__ = [
    "BadFilter",
    "BooleanFilter",
    "BulkAction",
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "Done",
    "Download",
    "Empty",
    "Filter",
    "InstantFilter",
    "ListPage",
    "ListView",
    "MeantFilter",
    "NumberFilter",
    "Order",
    "PickFilter",
    "PickSubqueryFilter",
    "Plan",
    "RangeFilter",
    "Selection",
    "SubqueryFilter",
    "TextFilter",
    "batches",
    "bulk_runner",
    "capped_count",
    "lists",
]
