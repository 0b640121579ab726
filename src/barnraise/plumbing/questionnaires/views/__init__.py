"""The team's pages of questionnaires."""
