"""Impact told, each claim citing an observation, with consent and its expiry."""
