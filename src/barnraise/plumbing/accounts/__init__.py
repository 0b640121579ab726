"""People who log in, their roles and tokens."""
