"""Who may be contacted, by which channel, for what purpose, since when, until when, in which words; append-only."""
