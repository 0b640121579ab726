"""The room's nouns: interactions, who took part in them, next steps, who was heard when, unknown addresses of mail, calendar feeds."""

from .calendar_feed import CalendarFeed
from .filing_address import FilingAddress
from .heard import Heard
from .interaction import Interaction
from .mail_proposal import MailProposal
from .next_step import NextStep
from .taking_part import InteractionOrganisation, InteractionPerson

__all__ = [
    "CalendarFeed",
    "FilingAddress",
    "Heard",
    "Interaction",
    "InteractionOrganisation",
    "InteractionPerson",
    "MailProposal",
    "NextStep",
]
