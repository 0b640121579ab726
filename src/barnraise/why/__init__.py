"""Why we act: needs, decisions, goals."""
