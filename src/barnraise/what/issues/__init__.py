"""Concerns somebody raised and is owed an answer to: the clock, the answer, what came of it."""
