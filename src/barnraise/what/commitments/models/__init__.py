"""The nouns of commitments."""

from .commitment import SETTLED, Commitment

__all__ = ["SETTLED", "Commitment"]
