"""One folder for each network."""

from . import bluesky, facebook, instagram, linkedin, mastodon, x

BUILT_IN = {
    "facebook": facebook.NETWORK,
    "x": x.NETWORK,
    "instagram": instagram.NETWORK,
    "linkedin": linkedin.NETWORK,
    "mastodon": mastodon.NETWORK,
    "bluesky": bluesky.NETWORK,
}
"""By name, in the order in which pages show them."""

__all__ = ["BUILT_IN"]
