"""The nouns of cost and value."""

from .valuation import KINDS_OF_OUTCOME, KINDS_OF_WHOLE, SHARES, Assumption, Outcome, Valuation

__all__ = ["KINDS_OF_OUTCOME", "KINDS_OF_WHOLE", "SHARES", "Assumption", "Outcome", "Valuation"]
