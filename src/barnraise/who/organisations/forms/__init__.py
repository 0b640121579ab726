"""Forms of the room."""

from .exchange import ExchangeForm
from .fit import FitForm
from .organisation import OrganisationForm
from .service import ServiceForm

__all__ = ["ExchangeForm", "FitForm", "OrganisationForm", "ServiceForm"]
