"""Saved live descriptions of a set of people; criteria are plugged in by rooms above."""
