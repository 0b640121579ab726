"""The nouns of campaigns."""

from .campaign import Campaign, CodedLink
from .reader import CampaignReader

__all__ = ["Campaign", "CampaignReader", "CodedLink"]
