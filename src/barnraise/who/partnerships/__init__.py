"""The standing relation with an organisation, or with a leader who has none: stage, owner, cadence, agreement, influence and interest over time."""
