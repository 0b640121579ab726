"""The installation's own facts that staff may change."""
