"""Interactions and next steps as search sees them: by their words, for whom may read them."""

from __future__ import annotations

from barnraise.foundation.text import shorten, squeeze
from barnraise.plumbing.search.sockets import Document

from .models import Interaction, NextStep

_LABELS = {"team": "team", "coordinators": "leads"}


def label_of(visibility: str) -> str:
    """The label of search for a visibility. Whoever wrote a restricted note has it in lists and timelines, not in search."""
    return _LABELS[visibility]


def found_as(row: Interaction) -> Document:
    """The subject, or else the beginning of the text, is its title."""
    title = row.subject or shorten(squeeze(row.text), 120)
    return Document(row.pk, title, row.text, visibility=label_of(row.visibility))


def step_found_as(row: NextStep) -> Document:
    """What is to be done."""
    return Document(row.pk, row.text, visibility=label_of(row.visibility))
