"""The sample town's campaigns: newsletters of two years, an invitation with answers, and a draft that waits for approval."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.links import services as links
from barnraise.plumbing.mail.models import Body, Message
from barnraise.plumbing.mail.services import write_sample
from barnraise.plumbing.mail.sockets import readers
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.projects.models import Project
from barnraise.who.audiences.models import Audience
from barnraise.who.consent.models import Purpose

from .drawing import drawn
from .models import Campaign, CampaignReader
from .selectors import next_readers
from .services import add_block, ask_for_approval, make_campaign, remove_sample

SEED = 71
MOST = 60
Texts = tuple[str, str]
NEWS: tuple[tuple[str, Texts], ...] = (
    ("heading", ("What the garden gave", "Lo que dio el huerto")),
    (
        "text",
        (
            "Dear {{given_name|neighbour}},\n\nthe school garden gave its first 120 pounds of vegetables. **Thank you** to all who dug and watered.",
            "Hola, {{given_name|vecina}}:\n\nel huerto de la escuela dio sus primeros 55 kilos de verduras. **Gracias** a quienes cavaron y regaron.",
        ),
    ),
    (
        "text",
        (
            "Next: a second bed behind the library, and a tool shed that the Mill Bakery pays for.",
            "Lo siguiente: un segundo bancal detrás de la biblioteca y una caseta de herramientas que paga la panadería Mill.",
        ),
    ),
)
INVITE: tuple[tuple[str, Texts], ...] = (
    ("heading", ("Planting day on Saturday", "Día de la siembra el sábado")),
    (
        "text",
        (
            "Dear {{given_name|neighbour}},\n\nwe plant on Saturday from ten to one behind the school. Gloves and soup are here.",
            "Hola, {{given_name|vecina}}:\n\nplantamos el sábado de diez a una detrás de la escuela. Hay guantes y sopa.",
        ),
    ),
    ("answer", ("Do you come?", "¿Viene?")),
)
EARLIER: tuple[tuple[int, Texts, Texts, Texts], ...] = (
    # days ago, name, text, what comes next
    (
        690,
        ("We begin", "Empezamos"),
        (
            "twelve organisations sat at one table for the first time, and agreed to ask every street what it lacks.",
            "doce organizaciones se sentaron por primera vez a una mesa y acordaron preguntar en cada calle qué falta.",
        ),
        (
            "Next: a listening evening in each quarter of the town.",
            "Lo siguiente: una tarde de escucha en cada barrio.",
        ),
    ),
    (
        560,
        ("What you told us", "Lo que nos contaron"),
        (
            "you said that breakfast, the evening bus and a first job come first. **Thank you** for every word.",
            "dijeron que lo primero es el desayuno, el autobús de la noche y un primer empleo. **Gracias** por cada palabra.",
        ),
        (
            "Next: residents decide which of them we begin with.",
            "Lo siguiente: la vecindad decide con cuál empezamos.",
        ),
    ),
    (
        430,
        ("The first breakfasts", "Los primeros desayunos"),
        (
            "the first school kitchen opened. Forty children eat before class, and the bakery brings the bread.",
            "abrió la primera cocina escolar. Cuarenta niñas y niños comen antes de clase y la panadería trae el pan.",
        ),
        (
            "Next: stoves for two more kitchens, and volunteers for Tuesdays.",
            "Lo siguiente: fogones para otras dos cocinas y voluntariado para los martes.",
        ),
    ),
    (
        300,
        ("Shade along the river", "Sombra junto al río"),
        (
            "sixty trees stand along the river. Whoever planted one will find their name on the map in the library.",
            "sesenta árboles dan sombra junto al río. Quien plantó uno encontrará su nombre en el mapa de la biblioteca.",
        ),
        (
            "Next: watering days all summer, every second Saturday.",
            "Lo siguiente: días de riego todo el verano, un sábado sí y otro no.",
        ),
    ),
    (
        170,
        ("First job, first pay", "Primer empleo, primer sueldo"),
        (
            "nine young people finished their training, and seven have a contract. Their mentors stay with them for a year.",
            "nueve jóvenes terminaron su formación y siete tienen contrato. Sus mentoras y mentores siguen un año con ellos.",
        ),
        (
            "Next: a second group begins after the holidays.",
            "Lo siguiente: después de las vacaciones empieza un segundo grupo.",
        ),
    ),
)
GREETING: Texts = ("Dear {{given_name|neighbour}},\n\n", "Hola, {{given_name|vecina}}:\n\n")
NAMES: dict[str, Texts] = {
    "news": ("News from the garden", "Noticias del huerto"),
    "invite": ("Invitation to the planting day", "Invitación al día de la siembra"),
    "draft": ("The next newsletter", "El próximo boletín"),
}


def load(*, by: Any) -> Mapping[str, int]:
    """Write the campaigns; nothing when they are there already, or the sample has nobody to write to."""
    audience = Audience.objects.filter(is_sample=True, ended_at__isnull=True).order_by("pk").first()
    purposes = [
        row for row in Purpose.objects.filter(is_sample=True).order_by("pk") if "email" in row.channels
    ]
    if Campaign.objects.filter(is_sample=True).exists() or audience is None or len(purposes) < 2:
        return {"campaigns": 0}
    at = int(installation().default_language == "es")
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    now = timezone.now()
    with transaction.atomic(), arriving_by("sample"):
        for ago, name, text, coming in EARLIER:
            told = (GREETING[0] + text[0], GREETING[1] + text[1])
            parts = (("heading", name), ("text", told), ("text", coming))
            _went(_made(name, at, parts, audience, purposes[0], by), now - timedelta(days=ago), dice, by)
        news = _made(NAMES["news"], at, NEWS, audience, purposes[0], by)
        _went(news, now - timedelta(days=40), dice, by)
        garden = Project.objects.filter(is_sample=True).order_by("pk").last()
        serves = str(Ref.to(garden)) if garden else ""
        invite = _made(
            NAMES["invite"], at, INVITE, audience, purposes[1], by, kind="invitation", serves=serves
        )
        _went(invite, now - timedelta(days=12), dice, by)
        _on_a_flyer(at, serves, now, by)
        draft = _made(NAMES["draft"], at, NEWS, audience, purposes[0], by)
        ask_for_approval(draft, by=by)
        record(by=by, verb="campaigns.sample_added", about=[], details={"count": len(EARLIER) + 3})
    return {"campaigns": len(EARLIER) + 3}


def _on_a_flyer(at: int, serves: str, now: datetime, by: Any) -> None:
    """A coded link on flyers and posters of the project, followed over two weeks."""
    title = ("Planting day: flyer and poster", "Día de la siembra: folleto y cartel")[at]
    labels = (("flyer", "poster"), ("folleto", "cartel"))[at]
    link = links.create(title=title, target="/", channels=labels, cites=serves, is_sample=True, by=by)
    day = timezone.localdate(now)
    for label, counts in zip(labels, ((14, 3, 9, 2), (10, 1, 4)), strict=True):
        for ago, many in zip((12, 9, 6, 3), counts, strict=False):
            links.count_visits(link=link, channel=label, on=day - timedelta(days=ago), many=many)


def _first_words(text: str) -> str:
    """The first sentence as mail programs show it beside a subject: without signs of bold."""
    first = text.replace("**", "").partition(". ")[0]
    return first[:1].upper() + first[1:]


def _made(
    named: Texts,
    at: int,
    parts: Sequence[tuple[str, Texts]],
    audience: Audience,
    purpose: Purpose,
    by: Any,
    kind: str = "newsletter",
    serves: str = "",
) -> Campaign:
    name = named[at]
    row = make_campaign(
        name=name,
        kind=kind,
        subject=name,
        preview=_first_words(parts[1][1][at].partition("\n\n")[2]),
        language=("en", "es")[at],
        audience=audience,
        purpose=purpose,
        cites=serves,
        by=by,
        is_sample=True,
    )
    for part, texts in parts:
        row = add_block(row, kind=part, values={"text": texts[at]}, by=by)
    return row


def _went(row: Campaign, when: datetime, dice: random.Random, by: Any) -> None:
    """As if it had gone then; nothing of it is ever sent."""
    made = drawn(row)
    body = Body.objects.create(subject=made.subject, text=made.text, html=made.html, created_at=when)
    people = readers("people.person", next_readers(row, after=0, most=MOST, at=timezone.now()))
    wanted = [one for one in people.values() if one.is_sample and one.address]
    mails = write_sample([_mail(row, body, one, when, dice) for one in wanted])
    CampaignReader.objects.bulk_create(
        [_reader(row, one.key, mail, when, dice) for one, mail in zip(wanted, mails, strict=True)]
    )
    Campaign.objects.filter(pk=row.pk).update(
        state=Campaign.State.SENT,
        body=body,
        started_at=when,
        finished_at=when + timedelta(minutes=2),
        approved_by=by if getattr(by, "pk", None) else None,
        approved_at=when - timedelta(hours=3),
        updated_at=when,
    )


def _mail(row: Campaign, body: Body, reader: Any, when: datetime, dice: random.Random) -> Message:
    is_back = dice.random() < 0.04
    return Message(
        state=Message.State.BOUNCED if is_back else Message.State.HANDED_OVER,
        reason="bounced" if is_back else "",
        is_bulk=True,
        recipient=f"people.person:{reader.key}",
        to_address=reader.address.lower(),
        to_name=reader.name,
        language=row.language,
        body=body,
        values={"given_name": reader.name.partition(" ")[0]},
        about=str(Ref.to(row)),
        purpose=str(Ref("consent", "purpose", row.purpose_id or 0)),
        due_at=when,
        attempts=1,
        answer="552 5.2.2 Mailbox full" if is_back else "250 2.0.0 Ok: queued",
        status="5.2.2" if is_back else "",
        handed_at=when,
        returned_at=when + timedelta(minutes=5) if is_back else None,
        created_at=when,
        updated_at=when,
    )


def _reader(row: Campaign, person: int, mail: Message, when: datetime, dice: random.Random) -> CampaignReader:
    answer = ""
    if row.is_invitation and mail.state == Message.State.HANDED_OVER:
        answer = dice.choice(["yes", "yes", "no", "", ""])
    later = when + timedelta(hours=dice.randrange(1, 70))
    return CampaignReader(
        campaign=row,
        person_id=person,
        message=mail,
        answer=answer,
        answered_at=later if answer else None,
        created_at=when,
        updated_at=later if answer else when,
    )


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's campaigns away."""
    with transaction.atomic(), arriving_by("sample"):
        links.remove_sample(by=by)
        return {"campaigns": remove_sample(by=by)}
