"""Settings from the environment or DATA/barnraise.env: few, strict, each with a line in docs/operate/settings.md."""

from __future__ import annotations

import os
import re
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_data_folder() -> Path:
    """Where rows and files live when BARNRAISE_DATA is not set: `data` in a checkout, else the user's data folder."""
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists() and (checkout / "src" / "barnraise").exists():
        return checkout / "data"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "barnraise"


class Environment(BaseSettings):
    """What an operator may set. An unknown BARNRAISE_ name in barnraise.env is refused, so that a slip is seen."""

    model_config = SettingsConfigDict(
        env_prefix="BARNRAISE_", env_file_encoding="utf-8", extra="forbid", populate_by_name=True
    )

    data: Path = Field(
        default_factory=default_data_folder,
        description="The folder that holds the database, uploads and mails.",
    )
    url: str = Field(
        "http://127.0.0.1:8000",
        description="The address people open, with scheme; mails and links are built from it.",
    )
    secret_key: str = Field(
        "", description="Signs sessions and links. Made and kept in DATA/secret_key on first start."
    )
    debug: bool = Field(False, description="Developers only: error pages with code.")
    allowed_hosts: str = Field(
        "",
        description="More host names that may be asked for, comma-separated; the one of BARNRAISE_URL always may.",
    )
    database_url: str = Field(
        "",
        alias="DATABASE_URL",
        description="postgresql://user:password@host/name; empty: SQLite in the data folder.",
    )
    email_url: str = Field(
        "",
        alias="EMAIL_URL",
        description="smtp://, smtp+tls:// or smtps:// with user, password, host and port; empty: mails lie as files in DATA/mails.",
    )
    email_from: str = Field(
        "", description="The sender of mails, like 'Riverbend Partnership <hello@example.org>'."
    )
    mails_per_minute: int = Field(
        120,
        ge=0,
        le=100_000,
        description="At most so many mails are handed to the mail server in a minute; 0: as fast as it takes them.",
    )
    mail_domain: str = Field(
        "", description="The domain whose mails come here to be filed, like in.example.org; empty: none do."
    )
    lmtp: str = Field(
        "",
        description="host:port where the worker takes mails over LMTP, like 127.0.0.1:8024; empty: it does not.",
    )
    mailbox: str = Field(
        "",
        description="A mailbox whose new mails are filed: imaps://user:password@host/folder, imap+tls://… or maildir:///folder.",
    )
    mailbox_trusts_senders: bool = Field(
        False,
        description="Mails in that mailbox without a filing address are filed for whoever the sender's address belongs to.",
    )
    mail_limit_mb: int = Field(25, ge=1, le=200, description="The largest mail that is filed, in MB.")
    tile_url: str = Field(
        "",
        description="Address of map tiles with {z}, {x}, {y}; empty: maps show boundaries and points only.",
    )
    site: bool = Field(
        True, description="The public website and its editor. Switched off, nothing of it is loaded."
    )
    web_workers: int = Field(1, ge=1, le=64, description="Web processes.")
    trusted_proxies: int = Field(
        0,
        ge=0,
        le=5,
        description="How many reverse proxies stand in front; their X-Forwarded headers are then believed.",
    )
    upload_limit_mb: int = Field(
        200, ge=1, le=4096, description="The largest file that may be uploaded, in MB."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.query
            or parts.path.strip("/")
        ):
            raise ValueError("write it like https://barnraise.example.org, without a path")
        return value.rstrip("/")

    @field_validator("mail_domain")
    @classmethod
    def _is_a_domain(cls, value: str) -> str:
        if value and not re.fullmatch(
            r"(?=.{3,180}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+", value.lower()
        ):
            raise ValueError("write a domain like in.example.org")
        return value.lower()

    @field_validator("lmtp")
    @classmethod
    def _is_host_and_port(cls, value: str) -> str:
        host, _colon, port = value.rpartition(":")
        if value and not (host and port.isdigit() and 1 <= int(port) <= 65535):
            raise ValueError("write host:port, like 127.0.0.1:8024")
        return value

    @field_validator("mailbox")
    @classmethod
    def _is_a_mailbox(cls, value: str) -> str:
        parts = urlsplit(value)
        is_known = parts.scheme in {"imaps", "imap+tls", "imap", "maildir"}
        if value and not (
            is_known and (parts.path.strip("/") if parts.scheme == "maildir" else parts.hostname)
        ):
            raise ValueError("write imaps://user:password@host/folder, imap+tls://… or maildir:///folder")
        return value

    @field_validator("tile_url")
    @classmethod
    def _has_the_three_places(cls, value: str) -> str:
        if value and not all(mark in value for mark in ("{z}", "{x}", "{y}")):
            raise ValueError("it needs {z}, {x} and {y}")
        return value


def _kept_secret(data: Path) -> str:
    """The secret of this installation, made on first use and readable by its owner only."""
    kept = data / "secret_key"
    if not kept.exists():
        fresh = data / f".secret_key.{os.getpid()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The settings in force. Makes the data folder and the secret key when they are missing.

    Raises pydantic.ValidationError when a value is wrong; `barnraise` prints it with its mend.
    """
    data = Path(os.environ.get("BARNRAISE_DATA") or default_data_folder()).expanduser().resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = Environment(_env_file=data / "barnraise.env", data=data)  # type: ignore[call-arg]
    if not found.secret_key:
        found = found.model_copy(update={"secret_key": _kept_secret(data)})
    return found
