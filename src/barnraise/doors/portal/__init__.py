"""The partners' door: one organisation sees and answers what concerns it, and nothing else."""
