"""The room's nouns: communities, their headcounts, and an optional table of postcodes."""

from .community import Community
from .headcount import Headcount
from .postcode import Postcode

__all__ = ["Community", "Headcount", "Postcode"]
