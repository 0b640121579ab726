"""How long a text is, as each network counts. Pure: text in, number out.

Sources: X, "Counting characters" and the configuration v3 of twitter-text (weights by code point, every link 23, an emoji 2);
Mastodon, `StatusLengthValidator` (grapheme clusters, every link 23, the domain of a mention not at all); Bluesky, the lexicon
app.bsky.feed.post (at most 300 graphemes and 3,000 octets of UTF-8). Facebook, Instagram and LinkedIn say "characters"; they are
counted in UTF-16 units, in which no text is shorter than they would count it.
"""

from __future__ import annotations

from unicodedata import normalize

import regex

LINK = regex.compile(r"https?://[^\s<>\"«»]+", regex.IGNORECASE)
LINK_LENGTH = 23
_EMOJI = regex.compile(r"\X")
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_MENTION = regex.compile(r"(?<![\w/])(@[\w.-]+)@[\w.-]+\w")
_HASHTAG = regex.compile(r"(?<![\w&/])#\w+")
_TRAILING = ".,;:!?)]}…'’”"


def graphemes(text: str) -> int:
    """Characters as people see them: grapheme clusters of Unicode (UAX 29)."""
    return len(regex.findall(r"\X", text))


def utf16(text: str) -> int:
    """UTF-16 units: an emoji outside the basic plane counts two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def octets(text: str) -> int:
    """Octets of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def links(text: str) -> list[str]:
    """The web addresses in a text, without the punctuation that follows them."""
    return [found.rstrip(_TRAILING) for found in LINK.findall(text)]


def _without_links(text: str) -> tuple[str, int]:
    many = 0

    def taken(match: regex.Match[str]) -> str:
        nonlocal many
        many += 1
        return match[0][len(match[0].rstrip(_TRAILING)) :]

    return LINK.sub(taken, text), many


def on_x(text: str) -> int:
    """As X weighs it: 1 for Latin and most alphabets of Europe, 2 for the rest (CJK); an emoji 2 however it is built, a link 23.

    Letters with accents are composed first.
    """
    rest, many = _without_links(normalize("NFC", text))
    return many * LINK_LENGTH + sum(_weight(cluster) for cluster in _EMOJI.findall(rest))


def _weight(cluster: str) -> int:
    if regex.search(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3", cluster):
        return 2 if not cluster.isascii() and cluster not in "©®™" else 1
    return sum(1 if any(low <= ord(sign) <= high for low, high in _LIGHT) else 2 for sign in cluster)


def on_mastodon(text: str) -> int:
    """As Mastodon counts: graphemes, every link 23, of @name@server only @name."""
    rest, many = _without_links(text)
    return many * LINK_LENGTH + graphemes(_MENTION.sub(r"\1", rest))


def on_bluesky(text: str) -> int:
    """As Bluesky counts: graphemes, links as they are written."""
    return graphemes(text)


def hashtags(text: str) -> int:
    """How many hashtags it has."""
    return len(_HASHTAG.findall(LINK.sub("", text)))
