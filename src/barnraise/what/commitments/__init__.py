"""Promises in both directions: from whom, to whom, by when, kept or not."""
