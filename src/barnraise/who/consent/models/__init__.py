"""The nouns of consent."""

from .consent import Consent
from .purpose import Purpose, Wording
from .standing import Standing

__all__ = ["Consent", "Purpose", "Standing", "Wording"]
