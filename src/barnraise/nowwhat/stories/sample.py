"""The stories of the sample town: told in two languages, with figures, people who agreed, and one that was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.sowhat.indicators.models import Observation
from barnraise.what.projects.models import Project
from barnraise.who.consent import services as consents
from barnraise.who.consent.models import Purpose
from barnraise.who.consent.models.purpose import Channel
from barnraise.who.consent.selectors import current_wordings, purpose_named
from barnraise.who.people.models import Person

from .models import Story
from .selectors import owners
from .services import New, cite, end_story, name_person, publish_story, remove_sample, translate_story, write

PURPOSE = ("Stories and pictures", "Historias e imágenes")
WORDING = {
    "en": "We may tell my story with my name and pictures of me on our website, in our newsletter and in posts, until I say stop.",
    "es": "Pueden contar mi historia con mi nombre y mis imágenes en el sitio, el boletín y las redes, hasta que yo diga basta.",
}
TOLD: tuple[Mapping[str, tuple[str, str, str]], ...] = (
    {
        "en": (
            "A shelf that is never empty",
            "What began as one fridge in a hallway feeds a whole street today.",
            "“I only wanted to give away what my garden had too much of”, says {name}.\n\n"
            "Two years later neighbours, the pantry and two shops fill the shelf every day. In one season they handed out {1}.",
        ),
        "es": (
            "Un estante que nunca está vacío",
            "Lo que empezó como un refrigerador en un pasillo alimenta hoy a toda una calle.",
            "«Solo quería regalar lo que le sobraba a mi huerto», dice {name}.\n\n"
            "Dos años después, vecinos, el banco de alimentos y dos tiendas lo llenan cada día. En una temporada repartieron {1}.",
        ),
    },
    {
        "en": (
            "The evening bus",
            "A workshop asked why nobody came after dark. Now the bus runs until ten.",
            "{name} drew the map of dark corners with nine other parents.\n\nThe city read it. Since then {1} came to our evenings.",
        ),
        "es": (
            "El autobús de la noche",
            "Un taller preguntó por qué nadie venía de noche. Ahora el autobús pasa hasta las diez.",
            "{name} dibujó el mapa de los rincones oscuros con otras nueve familias.\n\n"
            "La ciudad lo leyó. Desde entonces, {1} vinieron a nuestras noches.",
        ),
    },
    {
        "en": (
            "First pay",
            "Three months of training, a mentor, a contract.",
            "{name} started at the bakery in spring. The programme counts {1}.",
        ),
        "es": (
            "El primer sueldo",
            "Tres meses de formación, una mentora, un contrato.",
            "{name} empezó en la panadería en primavera. El programa cuenta {1}.",
        ),
    },
    {
        "en": (
            "A garden between two houses",
            "An empty lot, forty volunteers, one well.",
            "To be written: what {name} said at the opening.",
        ),
        "es": (
            "Un huerto entre dos casas",
            "Un terreno vacío, cuarenta personas voluntarias, un pozo.",
            "Por escribir: lo que dijo {name} en la inauguración.",
        ),
    },
)  # fmt: skip
UNTIL = (300, 20, 200, 200)
"""For how many days from now each one's person agreed."""
SINCE = (420, 150, 60)
"""How many days ago each was published; it tells of numbers from before."""
COUNTED: tuple[Mapping[str, Any], ...] = (
    {"indicator__unit__in": ("bags", "bolsas")},
    {"indicator__source": "events.people"},
    {"indicator__unit__in": ("pairs", "parejas")},
)
"""Which indicator each tells a number of."""
TAKEN_BACK = ("They moved away and asked us to stop.", "Se mudó y nos pidió no contarla más.")


def load(*, by: Any) -> Mapping[str, int]:
    """Write stories; nothing when they are there already."""
    if Story.objects.filter(is_sample=True).exists():
        return {"stories": 0}
    people = list(Person.objects.filter(is_sample=True, status="active").order_by("pk")[: len(TOLD)])
    if len(people) < len(TOLD):
        return {"stories": 0}
    code = "es" if installation().default_language == "es" else "en"
    with transaction.atomic(), arriving_by("sample"):
        purpose = _purpose(code, by)
        rows = _written(people, code, by)
        for at, (row, person) in enumerate(zip(rows, people, strict=True)):
            _agreed(person, purpose, at, by)
            name_person(row, by=by, person=person, purpose=purpose, named_as=_called(person))
            observation = _counted(at) if at < len(SINCE) else None
            if observation is not None:
                cite(row, by=by, observation=observation)
                _translated(row, person, at, code, by)
                publish_story(row, by=by)
                then = timezone.now() - timedelta(days=SINCE[at])
                Story.objects.filter(pk=row.pk).update(published_at=then)
        if rows[2].figures.exists():
            end_story(rows[2], by=by, note=TAKEN_BACK[code == "es"])
        record(by=by, verb="stories.sample_added", about=[], details={"count": len(rows)})
    return {"stories": len(rows)}


def _counted(at: int) -> Observation | None:
    """The latest number of what the story is about that was known when it was published."""
    known = timezone.localdate() - timedelta(days=SINCE[at])
    rows = Observation.objects.filter(is_sample=True, value__gte=20, ends_on__lt=known)
    return rows.filter(**COUNTED[at]).order_by("-ends_on", "pk").first()


def _called(person: Person) -> str:
    return person.given_name or str(person)


def _purpose(code: str, by: Any) -> Purpose:
    name = PURPOSE[code == "es"]
    found = purpose_named(name)
    if found is not None:
        return found
    return consents.add_purpose(
        name=name, channels=[Channel.PUBLIC.value], texts=WORDING, by=by, is_sample=True
    )


def _agreed(person: Person, purpose: Purpose, at: int, by: Any) -> None:
    said = consents.Said(
        person=person.pk,
        purpose=purpose.pk,
        channel=Channel.PUBLIC.value,
        is_given=True,
        source="paper",
        happened_at=timezone.now() - timedelta(days=430),
        expires_on=timezone.localdate() + timedelta(days=UNTIL[at]),
        wording=current_wordings([purpose])[purpose.pk].pk,
        by=getattr(by, "pk", None),
    )
    consents.write([said], at=timezone.now(), is_sample=True)


def _written(people: list[Person], code: str, by: Any) -> list[Story]:
    keeper = next(iter(owners()), None)
    projects = list(Project.objects.filter(is_sample=True).order_by("pk").values_list("pk", flat=True))
    news = []
    for at, (told, person) in enumerate(zip(TOLD, people, strict=True)):
        title, summary, text = told[code]
        cites = str(Ref("projects", "project", projects[at % len(projects)])) if projects else ""
        text = text.replace("{name}", _called(person))
        news.append(New(title, code, summary, text, keeper.pk if keeper else None, cites))
    return write(news, by=by, at=timezone.now(), is_sample=True)


def _translated(row: Story, person: Person, at: int, code: str, by: Any) -> None:
    other = "en" if code == "es" else "es"
    title, summary, text = TOLD[at][other]
    text = text.replace("{name}", _called(person))
    translate_story(row, by=by, language=other, title=title, summary=summary, text=text)


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's stories away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"stories": remove_sample(by=by)}
