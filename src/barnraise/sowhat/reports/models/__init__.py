"""The nouns of reports."""

from .report import Cited, Report

__all__ = ["Cited", "Report"]
