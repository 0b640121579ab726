"""Long-term initiatives: milestones, budget, contributions, openings and placements."""
