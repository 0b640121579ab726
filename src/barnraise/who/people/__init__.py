"""Who is in the community: persons, their roles in organisations, community leaders."""
