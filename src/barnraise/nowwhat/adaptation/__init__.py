"""How the plan changes: revisions with budget moves, experiments, and what was learnt."""
