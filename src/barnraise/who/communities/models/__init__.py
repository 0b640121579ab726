"""The room's nouns: communities, their headcounts, figures about them, and an optional table of postcodes."""

from .community import Community
from .figure import Figure
from .headcount import Headcount
from .identifier import Identifier
from .measure import Measure
from .postcode import Postcode

__all__ = ["Community", "Figure", "Headcount", "Identifier", "Measure", "Postcode"]
