"""What we do about it: projects, events, campaigns."""
