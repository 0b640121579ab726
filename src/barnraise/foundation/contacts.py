"""Phones, mailboxes and web addresses made comparable, without asking any network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit, urlunsplit

from email_validator import EmailNotValidError, validate_email

from .text import squeeze


def _(message: str) -> str:
    """Marks a sentence for the catalogue; the foundation knows no translations."""
    return message


_US_PHONE = re.compile(r"^(?:\+?1[\s.-]?)?\(?([2-9]\d\d)\)?[\s.-]?([2-9]\d\d)[\s.-]?(\d{4})$")
_SOCIAL = re.compile(
    r"\b(?:(?:facebook|instagram|linkedin|x|twitter|youtube|tiktok|threads)\.com|threads\.net|bsky\.app)/|^(?:https?://)?[\w.-]+/@[\w.-]+/?$"
)
"""Networks everybody knows, and the profiles of the others: example.social/@name."""
_HOST = re.compile(r"^(?=.{4,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$")


class ContactError(ValueError):
    """A value that cannot be a contact point of its kind.

    `reason` is an English sentence of the catalogue; `line` is what was typed, when it came from several lines.
    """

    def __init__(self, reason: str, line: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def normalise(kind: str, value: str, *, country: str = "") -> str:
    """The value in normal form: phone as +13075550100 (with ;ext=12), mailbox with a lower-case domain, address with https://.

    `country` (two capital letters) is where a phone number without + is dialled. Raises ContactError.
    """
    clean = _CLEANERS.get(kind)
    if clean is None:
        raise ContactError(_("Choose phone, e-mail, website or social network."))
    value = value.strip()
    if not value or len(value) > 300:
        raise ContactError(_("Write between 1 and 300 characters."))
    return clean(value, country)


def _phone(value: str, country: str) -> str:
    plain = _US_PHONE.match(value) if country in {"US", "CA", ""} else None
    if plain and (country or value.startswith("+")):
        # The library costs 40 microseconds a number; the common national form is known without it.
        return f"+1{plain[1]}{plain[2]}{plain[3]}"
    import phonenumbers  # slow to load, and seldom needed

    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        raise ContactError(_("This is not a phone number; begin with + and the country's code.")) from None
    if not phonenumbers.is_possible_number(number):
        raise ContactError(_("This phone number is too short or too long."))
    written = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return f"{written};ext={number.extension}" if number.extension else written


def _email(value: str, country: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ContactError(_("This is not an e-mail address; it needs a name, an @ and a domain.")) from None


def _web(value: str, country: str) -> str:
    text = value if "://" in value else f"https://{value}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except (ValueError, UnicodeError):
        raise ContactError(_("This is not a web address.")) from None
    if (
        parts.scheme.lower() not in {"http", "https"}
        or not _HOST.match(host)
        or parts.username
        or " " in text
    ):
        raise ContactError(_("This is not a web address; write it like https://example.org/."))
    return urlunsplit(
        (
            parts.scheme.lower(),
            f"{host}:{port}" if port else host,
            parts.path or "/",
            parts.query,
            parts.fragment,
        )
    )


def _social(value: str, country: str) -> str:
    return value if re.fullmatch(r"@[\w.-]{1,60}(@[\w.-]{3,100})?", value) else _web(value, country)


_CLEANERS: dict[str, Callable[[str, str], str]] = {
    "phone": _phone,
    "email": _email,
    "website": _web,
    "social": _social,
}


_NETWORKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"^(?:https?://)?(?:[a-z-]+\.)?(?:{hosts})/(?P<path>[^?#]*)", re.IGNORECASE))
    for name, hosts in (
        ("Facebook", r"facebook\.com|fb\.com"),
        ("Instagram", r"instagram\.com"),
        ("LinkedIn", r"linkedin\.com"),
        ("X", r"x\.com|twitter\.com"),
        ("Bluesky", r"bsky\.app"),
        ("YouTube", r"youtube\.com|youtu\.be"),
        ("TikTok", r"tiktok\.com"),
        ("Threads", r"threads\.(?:net|com)"),
    )
)
_PAGE_OF_FEDIVERSE = re.compile(
    r"^(?:https?://)?(?P<host>[\w.-]+\.[a-z]{2,})/@(?P<name>[\w.-]+)/?$", re.IGNORECASE
)
_FEDIVERSE = re.compile(r"^@(?P<name>[\w.-]+)@(?P<host>[\w.-]+\.[a-z]{2,})$", re.IGNORECASE)
_BLUESKY = re.compile(r"^@(?P<name>[\w-]+\.bsky\.social)$", re.IGNORECASE)


def network(value: str) -> tuple[str, str]:
    """(name of the social network, how the profile is called there) of a profile: ("Instagram", "@bend_bakery").

    Both are empty for a network that nobody can tell from the value.
    """
    for name, shape in _NETWORKS:
        if met := shape.match(value):
            parts = [part for part in met["path"].split("/") if part]
            return name, _called(name, parts)
    if met := _FEDIVERSE.match(value) or _PAGE_OF_FEDIVERSE.match(value):
        return "Mastodon", f"@{met['name']}@{met['host']}"
    if _BLUESKY.match(value):
        return "Bluesky", value
    return "", ""


def _called(name: str, parts: list[str]) -> str:
    if not parts:
        return ""
    is_below = name in {"LinkedIn", "Bluesky"} or parts[0] in {"profile", "channel", "c", "user"}
    last = parts[1] if is_below and len(parts) > 1 else parts[0]
    return last if last.startswith("@") or name in {"Facebook", "LinkedIn"} else f"@{last}"


def readable(kind: str, value: str) -> str:
    """How people write it: +1 307-555-0100, example.org/about, and of profiles the name: @bend_bakery."""
    if kind == "social" and (called := network(value)[1]):
        return called
    if kind == "phone":
        if re.fullmatch(r"\+1\d{10}", value):
            return f"+1 {value[2:5]}-{value[5:8]}-{value[8:]}"
        import phonenumbers

        try:
            number = phonenumbers.parse(value)
        except phonenumbers.NumberParseException:
            return value
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    if kind in {"website", "social"}:
        return value.removeprefix("https://").removeprefix("http://").removesuffix("/")
    return value


def link(kind: str, value: str) -> str:
    """The address a click opens: tel:, mailto: or the page; empty for a handle of which nobody knows the network."""
    if kind == "phone":
        return f"tel:{value}"
    if kind == "email":
        return f"mailto:{value}"
    if met := _FEDIVERSE.match(value):
        return f"https://{met['host']}/@{met['name']}"
    if met := _BLUESKY.match(value):
        return f"https://bsky.app/profile/{met['name']}"
    return value if value.startswith(("http://", "https://")) else ""


def kind_of(value: str) -> str:
    """phone, email, website or social, by how it looks."""
    if value.startswith("@") or _SOCIAL.search(value):
        return "social"
    if "@" in value and " " not in value and "/" not in value:
        return "email"
    if re.fullmatch(r"[+()\d][\d\s().+/-]*(\s?(x|ext\.?)\s?\d+)?", value, re.IGNORECASE):
        return "phone"
    return "website"


def read_lines(text: str, *, country: str = "", longest_label: int = 80) -> list[tuple[str, str, str]]:
    """A phone number, mailbox or address a line, with a label behind " | ", as (kind, normal value, label).

    Raises ContactError with the line.
    """
    found = []
    for line in (squeeze(line) for line in text.splitlines()):
        if not line:
            continue
        value, _bar, label = (part.strip() for part in line.partition("|"))
        kind = kind_of(value)
        try:
            found.append((kind, normalise(kind, value, country=country), label[:longest_label]))
        except ContactError as no:
            raise ContactError(no.reason, line) from None
    return found


def write_lines(parts: Iterable[tuple[str, str]]) -> str:
    """(value, label) pairs as `read_lines` takes them."""
    return "\n".join(f"{value} | {label}" if label else value for value, label in parts)
