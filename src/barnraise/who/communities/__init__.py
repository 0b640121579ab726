"""Places and populations served."""
