"""Reading mails: headers, text, replies without quotations, attachments, forwards. No Django, no network."""

from .headers import address, addresses
from .markup import text_of
from .reading import read
from .replies import take_apart
from .shapes import Address, Attachment, Automatic, Forwarded, Mail, Reply

__all__ = [
    "Address",
    "Attachment",
    "Automatic",
    "Forwarded",
    "Mail",
    "Reply",
    "address",
    "addresses",
    "read",
    "take_apart",
    "text_of",
]
