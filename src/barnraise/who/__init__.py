"""Who is in the community: places, organisations, people."""
