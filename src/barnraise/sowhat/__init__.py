"""What came of it: feedback, indicators, return, reports."""
