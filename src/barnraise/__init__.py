"""Barnraise: the whole loop of community outreach partnership development in one place."""

__version__ = "0.1.0"
