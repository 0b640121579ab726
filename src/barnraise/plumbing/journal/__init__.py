"""Who did what to which thing, when; change sets and their undo."""
