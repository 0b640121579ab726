"""Sign up on the website: a mail asks, and only its button gives the consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.links.sockets import NotNow
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.consent.models import Consent, Purpose
from barnraise.who.consent.selectors import current_wording
from barnraise.who.consent.services import record_consent
from barnraise.who.people.models import Person
from barnraise.who.people.selectors import by_addresses
from barnraise.who.people.services import PersonDocument, Reach, register_person

from ..house import house_name

LINK, DAYS = "site.sign_up", 3


def ask_to_confirm(purpose: Purpose, *, name: str, email: str, language: str) -> None:
    """One mail with the link that confirms. Nothing is kept but the mail; an address nothing is sent to gets none.

    Raises ValidationError by field.
    """
    name, email = squeeze(name), email.strip().casefold()
    if not name or "\x00" in name:
        raise ValidationError({"name": _("Write the name.")})
    if purpose.is_ended or "email" not in purpose.channels:
        raise ValidationError(_("This is over; nobody can sign up any more."))
    said = {"n": name[:150], "e": email, "l": language[:10]}
    link = sign(LINK, Ref.to(purpose), expires=timedelta(days=DAYS), data=said)
    house = installation()
    with override(language or house.default_language):
        subject = _("Please confirm: %(what)s") % {"what": purpose.name}
        text = "\n".join(
            [
                _("Somebody, probably you, asked for this with your address:"),
                purpose.name,
                "",
                _("Open this page and press the button, and it is done. Else do nothing: nothing is kept."),
                link,
                "",
                house_name(),
            ]
        )
    letter = Letter(email, _plain(name), language=language or house.default_language)
    try:
        with transaction.atomic():
            queue(letter, subject=_plain(subject)[:200], text=_plain(text), by=None)
    except ValidationError:
        # Whether an address is known or refused to be written to is nobody's business.
        return


def _plain(text: str) -> str:
    """Text that no placeholder hides in."""
    return text.replace("{{", "{ {").replace("}}", "} }")


def offers(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is confirmed, in the words that people agree to. Raises Purpose.DoesNotExist, and NotNow when it has ended."""
    purpose = Purpose.objects.get(pk=ref.id)
    if purpose.is_ended:
        raise NotNow(_("This is over"), _("Nobody can sign up for it any more."))
    wording = current_wording(purpose)
    language = str(data.get("l") or "")
    return {
        "purpose": purpose,
        "email": data["e"],
        "words": wording.text(language, installation().default_language) if wording else "",
    }


def confirm(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> None:
    """Note the consent of whoever has this name and address; a new person where the directory has none."""
    purpose = offers(ref, data)["purpose"]
    name, email = str(data["n"]), str(data["e"])
    keys = by_addresses([email]).get(email, [])
    same = list(Person.objects.filter(pk__in=keys, name_folded=fold(name)[:200])[:2])
    person = same[0] if len(same) == 1 else None
    with transaction.atomic():
        if person is None:
            given, _blank, family = name.rpartition(" ")
            person = register_person(
                PersonDocument(
                    given_name=given or family,
                    family_name=family if given else "",
                    language=str(data.get("l") or ""),
                    contacts=(Reach("email", email),),
                ),
                by=None,
            )
        record_consent(
            person,
            by=None,
            purpose=purpose,
            channels=["email"],
            is_given=True,
            source=Consent.Source.FORM,
            proof=_("Confirmed by mail on the website"),
        )
