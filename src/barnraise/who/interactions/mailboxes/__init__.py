"""Mailboxes whose new mails are filed: one module for each kind."""

from .fetching import fetch, opened

__all__ = ["fetch", "opened"]
