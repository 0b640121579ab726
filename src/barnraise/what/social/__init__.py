"""Posts to networks from one message: a variant per network, checked, approved, posted, and what became of it."""
