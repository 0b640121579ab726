"""What residents and partners settle: they propose, discuss, vote or rank; what was decided, who carries it out, and what became of it."""
