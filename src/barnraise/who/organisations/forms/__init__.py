"""Forms of the room."""

from .exchange import ExchangeForm
from .organisation import OrganisationForm

__all__ = ["ExchangeForm", "OrganisationForm"]
