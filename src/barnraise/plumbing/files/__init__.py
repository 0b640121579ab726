"""Uploads: private by default, typed, sized, owned, with alt text."""
