"""The team's pages of revisions, experiments, reviews and lessons."""
