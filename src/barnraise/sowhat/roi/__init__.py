"""What something cost and what its outcomes are worth, with every assumption and its source."""
