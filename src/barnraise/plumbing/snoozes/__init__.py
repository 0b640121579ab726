"""Reminders of Today that may wait until a day, with the reason why."""
