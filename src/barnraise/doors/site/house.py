"""How the house is called on the website."""

from __future__ import annotations

from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.selectors import own


def house_name() -> str:
    """How the house is called: the partnership's name, else that of our own organisation; empty before either is named."""
    us = None if (name := installation().network_name) else own()
    return us.name if us is not None else name
