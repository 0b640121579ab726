"""Calls, visits, mails, notes: the notebook of the partnership, logged in ten seconds; next steps and who has gone quiet."""
