"""System checks: one for every setting of the environment. They run at `barnraise up` and in `barnraise doctor`."""

from __future__ import annotations

import os
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from .environment import Environment

Found = list[CheckMessage]
Check = Callable[[Environment], Found]
LOOPBACK = {"127.0.0.1", "localhost", "::1", "testserver"}


def _is_local(settings: Environment) -> bool:
    return urlsplit(settings.url).hostname in LOOPBACK


def data(settings: Environment) -> Found:
    """BARNRAISE_DATA: a folder outside the package, on a disk that is there."""
    package = Path(__file__).resolve().parents[1]
    if package in [settings.data, *settings.data.parents]:
        return [
            Error(
                f"BARNRAISE_DATA lies inside the program ({settings.data}).",
                hint="Choose a folder of its own; an update would remove this one.",
                id="barnraise.data",
            )
        ]
    return []


def url(settings: Environment) -> Found:
    """BARNRAISE_URL: people outside this machine are served by https."""
    if urlsplit(settings.url).scheme == "http" and not _is_local(settings):
        return [
            Caution(
                f"BARNRAISE_URL is {settings.url}: passwords and passkeys need https.",
                hint="Put a reverse proxy with a certificate in front, and set the https address.",
                id="barnraise.url",
            )
        ]
    return []


def secret_key(settings: Environment) -> Found:
    """BARNRAISE_SECRET_KEY: long enough not to be guessed."""
    if len(settings.secret_key) < 50 or len(set(settings.secret_key)) < 5:
        return [
            Error(
                "BARNRAISE_SECRET_KEY is too short or too plain.",
                hint="Leave it empty (one is made and kept in DATA/secret_key), or set 50 random characters.",
                id="barnraise.secret_key",
            )
        ]
    return []


def debug(settings: Environment) -> Found:
    """BARNRAISE_DEBUG: never where others can reach it."""
    if settings.debug and not _is_local(settings):
        return [
            Error(
                "BARNRAISE_DEBUG shows code and settings to everyone who meets an error.",
                hint="Remove it.",
                id="barnraise.debug",
            )
        ]
    return []


def allowed_hosts(settings: Environment) -> Found:
    """BARNRAISE_ALLOWED_HOSTS: names only, and not every name."""
    names = [name.strip() for name in settings.allowed_hosts.split(",") if name.strip()]
    wrong = [name for name in names if name == "*" or "/" in name or (":" in name and "[" not in name)]
    if wrong:
        return [
            Error(
                f"BARNRAISE_ALLOWED_HOSTS holds {wrong[0]!r}.",
                hint="Write host names without scheme, port or path, comma-separated; * would let in forged links.",
                id="barnraise.allowed_hosts",
            )
        ]
    return []


def database_url(settings: Environment) -> Found:
    """DATABASE_URL: names a database."""
    parts = urlsplit(settings.database_url)
    if parts.scheme.startswith("postgres") and not parts.path.strip("/"):
        return [
            Error(
                "DATABASE_URL names no database.",
                hint="Write postgresql://user:password@host/name",
                id="barnraise.database_url",
            )
        ]
    return []


def email_url(settings: Environment) -> Found:
    """EMAIL_URL: a password is not sent in the clear to another machine."""
    parts = urlsplit(settings.email_url)
    if parts.scheme == "smtp" and parts.password and parts.hostname not in LOOPBACK:
        return [
            Caution(
                "EMAIL_URL sends its password unencrypted.",
                hint="Write smtp+tls:// (port 587) or smtps:// (port 465).",
                id="barnraise.email_url",
            )
        ]
    return []


def email_from(settings: Environment) -> Found:
    """BARNRAISE_EMAIL_FROM: an address of one's own when there is a mail server."""
    if settings.email_from and "@" not in parseaddr(settings.email_from)[1]:
        return [
            Error(
                f"BARNRAISE_EMAIL_FROM is no address: {settings.email_from!r}.",
                hint="Write 'Riverbend Partnership <hello@example.org>'.",
                id="barnraise.email_from",
            )
        ]
    if settings.email_url and not settings.email_from and _is_local(settings):
        return [
            Caution(
                "BARNRAISE_EMAIL_FROM is empty, so mails come from an address that takes no answers.",
                hint="Set it to an address you read.",
                id="barnraise.email_from",
            )
        ]
    return []


def tile_url(settings: Environment) -> Found:
    """BARNRAISE_TILE_URL: browsers load no http pictures into an https page."""
    if settings.tile_url.startswith("http://") and settings.url.startswith("https://"):
        return [
            Caution(
                "BARNRAISE_TILE_URL is http, the pages are https: browsers will not load the tiles.",
                hint="Use the https address of the tiles.",
                id="barnraise.tile_url",
            )
        ]
    return []


def web_workers(settings: Environment) -> Found:
    """BARNRAISE_WEB_WORKERS: not many more than there are cores."""
    cores = os.cpu_count() or 1
    if settings.web_workers > 4 * cores:
        return [
            Caution(
                f"BARNRAISE_WEB_WORKERS is {settings.web_workers} on {cores} cores: they take memory and give no speed.",
                hint=f"Set {cores}.",
                id="barnraise.web_workers",
            )
        ]
    return []


def trusted_proxies(settings: Environment) -> Found:
    """BARNRAISE_TRUSTED_PROXIES: an https address that we do not serve ourselves means a proxy."""
    if settings.url.startswith("https://") and not settings.trusted_proxies:
        return [
            Caution(
                "BARNRAISE_URL is https, but no proxy is trusted: every visitor seems to come from the proxy over http.",
                hint="Set BARNRAISE_TRUSTED_PROXIES to the number of proxies in front, usually 1.",
                id="barnraise.trusted_proxies",
            )
        ]
    return []


def upload_limit_mb(settings: Environment) -> Found:
    """BARNRAISE_UPLOAD_LIMIT_MB: a register fits."""
    if settings.upload_limit_mb < 10:
        return [
            Caution(
                f"BARNRAISE_UPLOAD_LIMIT_MB is {settings.upload_limit_mb}: a register of a state will not fit.",
                hint="200 is the default.",
                id="barnraise.upload_limit_mb",
            )
        ]
    return []


def log_level(settings: Environment) -> Found:
    """BARNRAISE_LOG_LEVEL: DEBUG writes down what people type."""
    if settings.log_level == "DEBUG" and not _is_local(settings):
        return [
            Caution(
                "BARNRAISE_LOG_LEVEL is DEBUG: the log fills and may hold personal data.",
                hint="Set INFO.",
                id="barnraise.log_level",
            )
        ]
    return []


def mail_domain(settings: Environment) -> Found:
    """BARNRAISE_MAIL_DOMAIN: mails for it have a way in."""
    if settings.mail_domain and not (settings.lmtp or settings.mailbox):
        return [
            Caution(
                "BARNRAISE_MAIL_DOMAIN is set, but no mail can come in.",
                hint="Set BARNRAISE_LMTP or BARNRAISE_MAILBOX too.",
                id="barnraise.mail_domain",
            )
        ]
    return []


def lmtp(settings: Environment) -> Found:
    """BARNRAISE_LMTP: only the mail server beside us should reach it, and it needs a domain."""
    if not settings.lmtp:
        return []
    if not settings.mail_domain:
        return [
            Error(
                "BARNRAISE_LMTP is set, but BARNRAISE_MAIL_DOMAIN names no domain: every mail would be refused.",
                hint="Set BARNRAISE_MAIL_DOMAIN to the domain whose mails your mail server hands over.",
                id="barnraise.lmtp",
            )
        ]
    if settings.lmtp.rpartition(":")[0].strip("[]") not in LOOPBACK:
        return [
            Caution(
                f"BARNRAISE_LMTP listens on {settings.lmtp}, where other machines may reach it without a password.",
                hint="Use 127.0.0.1 and a mail server on this machine, or let a firewall pass your mail server only.",
                id="barnraise.lmtp",
            )
        ]
    return []


def mailbox(settings: Environment) -> Found:
    """BARNRAISE_MAILBOX: a password is not sent in the clear to another machine."""
    parts = urlsplit(settings.mailbox)
    if parts.scheme == "imap" and parts.hostname not in LOOPBACK:
        return [
            Error(
                "BARNRAISE_MAILBOX would send its password unencrypted.",
                hint="Write imaps:// (port 993) or imap+tls:// (port 143).",
                id="barnraise.mailbox",
            )
        ]
    return []


def mailbox_trusts_senders(settings: Environment) -> Found:
    """BARNRAISE_MAILBOX_TRUSTS_SENDERS: a sender's address is easily forged."""
    if settings.mailbox_trusts_senders:
        return [
            Caution(
                "BARNRAISE_MAILBOX_TRUSTS_SENDERS files mails by the sender's address, which anybody can forge.",
                hint="Keep it only when your mail server refuses forged senders of your own domain.",
                id="barnraise.mailbox_trusts_senders",
            )
        ]
    return []


def mail_limit_mb(settings: Environment) -> Found:
    """BARNRAISE_MAIL_LIMIT_MB: attachments are uploads."""
    if settings.mail_limit_mb > settings.upload_limit_mb:
        return [
            Caution(
                "BARNRAISE_MAIL_LIMIT_MB is above BARNRAISE_UPLOAD_LIMIT_MB: larger attachments are left out.",
                hint="Set both alike.",
                id="barnraise.mail_limit_mb",
            )
        ]
    return []


def mails_per_minute(settings: Environment) -> Found:
    """BARNRAISE_MAILS_PER_MINUTE: most mail servers refuse floods."""
    if settings.email_url and not settings.mails_per_minute:
        return [
            Caution(
                "BARNRAISE_MAILS_PER_MINUTE is 0: mails go out as fast as the mail server takes them.",
                hint="Set what your provider allows, such as 60, unless the mail server is your own.",
                id="barnraise.mails_per_minute",
            )
        ]
    return []


def site(settings: Environment) -> Found:
    """BARNRAISE_SITE: on or off, both are well."""
    return []


CHECKS: dict[str, Check] = {
    "data": data,
    "url": url,
    "secret_key": secret_key,
    "debug": debug,
    "allowed_hosts": allowed_hosts,
    "database_url": database_url,
    "email_url": email_url,
    "email_from": email_from,
    "mail_domain": mail_domain,
    "lmtp": lmtp,
    "mailbox": mailbox,
    "mailbox_trusts_senders": mailbox_trusts_senders,
    "mail_limit_mb": mail_limit_mb,
    "mails_per_minute": mails_per_minute,
    "site": site,
    "tile_url": tile_url,
    "web_workers": web_workers,
    "trusted_proxies": trusted_proxies,
    "upload_limit_mb": upload_limit_mb,
    "log_level": log_level,
}
"""One for each field of Environment (a test says so)."""


@register()
def settings_of_the_environment(app_configs: Any, **options: Any) -> Found:
    """All of CHECKS against the settings in force."""
    from django.conf import settings

    return [found for check in CHECKS.values() for found in check(settings.ENVIRONMENT)]
