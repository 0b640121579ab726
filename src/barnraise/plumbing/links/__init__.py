"""Signed single-purpose links, and short coded links with QR."""
