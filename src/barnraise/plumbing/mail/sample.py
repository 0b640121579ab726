"""The sample town's outbox: a few single mails and what became of them. Nothing of it was ever sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation

from .models import Body, Message
from .services import remove_sample, suppress, write_sample

State = Message.State
MAILS: tuple[tuple[int, str, str, str, str, str, str, str], ...] = (
    (
        400, State.HANDED_OVER, "", "June Okafor", "june@riverbend-library.example",
        "The room for Thursday|La sala del jueves",
        "We are eighteen now. May we have the large room on Thursday?|Ya somos dieciocho. ¿Podemos usar la sala grande el jueves?",
        "250 2.0.0 Ok: queued",
    ),
    (
        210, State.HANDED_OVER, "", "Marek Nowak", "marek@mill-bakery.example",
        "Thank you for the bread|Gracias por el pan",
        "Forty loaves, and not a crumb left. The volunteers send their thanks.|Cuarenta panes y ni una miga de sobra. Gracias de los voluntarios.",
        "250 2.0.0 Ok: queued",
    ),
    (
        120, State.BOUNCED, "no_mailbox", "Lena Hart", "lena.hart@oldschool.example",
        "Are you coming to the planting day?|¿Viene al día de la siembra?",
        "We plant the school garden on Saturday at ten. Gloves are here.|Plantamos el huerto de la escuela el sábado a las diez. Hay guantes.",
        "550 5.1.1 User unknown",
    ),
    (
        45, State.HANDED_OVER, "", "Riverbend Herald", "desk@riverbend-herald.example",
        "What the garden brought in its first year|Lo que dio el huerto en su primer año",
        "640 pounds of vegetables, 31 volunteers, three new partners.|290 kilos de verduras, 31 voluntarios, tres aliados nuevos.",
        "250 2.0.0 Ok: queued",
    ),
    (
        3, State.CANCELLED, "", "Pastor Amos Reed", "amos@stmarks.example",
        "Keys to the kitchen|Las llaves de la cocina",
        "Who has the keys on Sunday? We would begin at eight.|¿Quién tiene las llaves el domingo? Empezaríamos a las ocho.",
        "",
    ),
)  # fmt: skip
"""Days ago, state, reason, name, address, subject, text (English|Spanish), what the server said."""


def load(*, by: Any) -> Mapping[str, int]:
    """Write the mails; nothing when they are there already."""
    if Message.objects.filter(is_sample=True, is_bulk=False).exists():
        return {"mails": 0}
    now = timezone.now()
    at = int(installation().default_language == "es")
    with transaction.atomic(), arriving_by("sample"):
        rows = write_sample([_mail(one, at, now, by) for one in MAILS])
        suppress(
            "lena.hart@oldschool.example",
            reason="bounce",
            by=None,
            note="550 5.1.1 User unknown",
            at=now - timedelta(days=120),
            is_sample=True,
        )
        suppress(
            "no.mail@riverbend.example", reason="asked", by=by, at=now - timedelta(days=60), is_sample=True
        )
        record(by=by, verb="mail.sample_added", about=[], details={"count": len(rows)})
    return {"mails": len(rows)}


def _mail(one: tuple[int, str, str, str, str, str, str, str], at: int, now: datetime, by: Any) -> Message:
    days, state, reason, name, address, subject, text, answer = one
    when = now - timedelta(days=days, hours=days % 7)
    body = Body.objects.create(subject=subject.split("|")[at], text=text.split("|")[at], created_at=when)
    is_over = state != State.CANCELLED
    return Message(
        state=state,
        reason=reason,
        to_name=name,
        to_address=address,
        language=("en", "es")[at],
        body=body,
        due_at=when,
        attempts=int(is_over),
        answer=answer,
        status=answer[4:9] if answer[4:5] in {"4", "5"} else "",
        handed_at=when if is_over else None,
        returned_at=when + timedelta(minutes=3) if state == State.BOUNCED else None,
        by=by if getattr(by, "pk", None) else None,
        created_at=when,
        updated_at=when,
    )


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's mails away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"mails": remove_sample(by=by)}
