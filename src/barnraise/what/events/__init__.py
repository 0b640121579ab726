"""Workshops, booths, volunteer days, gatherings: registration, waitlist, check-in, hours, close-out."""
