"""What the login library asks Barnraise: nobody signs up by themselves, mails speak the reader's language."""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as library
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .services import note_security
from .services.letters import address
from .sockets import house

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    """Accounts come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Whoever knew the password of a deactivated account reads why it does not open."""
        messages.warning(
            request, _("This account is deactivated. An admin of your partnership can reactivate it.")
        )
        return redirect("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built from BARNRAISE_URL: the Host header of a request has no say in what a mail links to."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return address(path.replace("UID-KEY", key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the account's language. When the mail server does not take it, the page says so instead of promising a mail."""
        known = context.get("user")
        language = getattr(known, "language", "") or translation.get_language() or house().language
        words = {**context, "house": house().name or "Barnraise"}
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, words)
        except (OSError, smtplib.SMTPException):
            log.exception("The mail %s was not taken by the mail server.", template_prefix)
            response = render(library.request, "accounts/mail_failed.html", status=503)
            raise ImmediateHttpResponse(response) from None

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Journal what was changed, and tell the account by mail; the change stands when no mail goes out."""
        note_security(notice=template_prefix, account=user)
        try:
            super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)
        except ImmediateHttpResponse:
            return


class FactorAdapter(DefaultMFAAdapter):
    """Second factors carry the product's name."""

    def _get_site_name(self) -> str:
        return house().name or "Barnraise"

    def get_totp_issuer(self) -> str:
        """What an authenticator app shows above the code."""
        return house().name or "Barnraise"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the library's name
        """A first name for a key, which its owner may change."""
        return _("Passkey")
