"""The nouns of reports."""

from .report import Report

__all__ = ["Report"]
