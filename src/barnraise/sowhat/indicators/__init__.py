"""Observations of goals' indicators: from sources, by hand, by mail link; review, lock, restatement, charts."""
