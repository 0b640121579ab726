"""E-mail outreach from draft to delivery and answer: newsletters and invitations."""
