"""Contributions stated per partner, thanks, and milestones."""
