"""Trust and value between partners, measured in waves."""
