"""Pages of communities: places and populations, figures about them, and measures to compare them by."""
