"""Reports for a board, a funder or a partner: what was aimed at, what came of it, what it cost."""
