"""A thousand times the sample: consents, audiences, partnerships, questionnaires with their answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from crowd import DAY, Dice, Table, Town, first, known

TABLES = ("consent_consent", "consent_standing", "audiences_audience", "audiences_rule", "partnerships_partnership",
          "partnerships_stagechange", "partnerships_rating", "questionnaires_questionnaire", "questionnaires_version",
          "questionnaires_response", "questionnaires_answer")  # fmt: skip
CHANNELS, WAYS = (
    ("email", "text", "phone", "post"),
    ("spoken", "phone", "paper", "written", "form", "link", "import"),
)
STAGES = ("prospect", "contact", "forming", "active", "active", "active", "dormant", "ended")
RULES = (("kind", ["resident"]), ("kind", ["volunteer"]), ("status", ["active"]), ("works_at", ["nonprofit"]),
         ("leads", ["faith", "elected"]))  # fmt: skip
ASKED = 40_000
"""So many answered one questionnaire, of a town a thousand times the sample."""


def tables(town: Town) -> Iterator[Table]:
    """(table, columns, rows) in an order that keys allow."""
    yield from _consents(town)
    yield from _audiences(town)
    yield from _partnerships(town)
    yield from _questionnaires(town)


def _consents(town: Town) -> Iterator[Table]:
    from barnraise.who.consent.models import Purpose

    purposes = list(Purpose.objects.order_by("pk").values_list("pk", flat=True))
    dice, key = Dice(31), first("consent.Consent")
    said: list[tuple[Any, ...]] = []
    stands: list[tuple[Any, ...]] = []
    for person, _name, _folded in town.people:
        for purpose in purposes:
            for channel in CHANNELS:
                if not dice.some(0.184):
                    continue
                at = town.moment(dice)
                is_given = not dice.some(0.12)
                until = at.date() + 730 * DAY if is_given and dice.some(0.1) else None
                if not is_given:  # given before it was withdrawn
                    before = at - timedelta(days=1 + dice.below(300))
                    said.append((key, dice.uuid(), channel, True, dice.of(WAYS), "", before, None, False, before, before,
                                 dice.of(town.accounts), person, purpose))  # fmt: skip
                    key += 1
                said.append((key, dice.uuid(), channel, is_given, dice.of(WAYS), "", at, until, False, at, at,
                             dice.of(town.accounts), person, purpose))  # fmt: skip
                stands.append((dice.uuid(), channel, is_given, at, until, False, at, key, person, purpose))
                key += 1
    yield (
        "consent_consent",
        "id, uuid, channel, is_given, source, proof, happened_at, expires_on, is_sample, created_at, updated_at, by_id, person_id,"
        " purpose_id",
        said,
    )
    yield (
        "consent_standing",
        "uuid, channel, is_given, since_at, expires_on, is_sample, updated_at, last_id, person_id, purpose_id",
        stands,
    )


def _audiences(town: Town) -> Iterator[Table]:
    from barnraise.who.consent.models import Purpose

    dice, key = Dice(32), first("audiences.Audience")
    keys = range(key, key + 4 * town.scale)
    names = [f"{dice.words(2)} {at}" for at, _key in enumerate(keys)]
    purposes = list(Purpose.objects.order_by("pk").values_list("pk", flat=True))
    yield (
        "audiences_audience",
        "id, uuid, name, name_folded, about, mode, channel, ended_at, is_sample, created_at, updated_at, purpose_id",
        (
            (one, dice.uuid(), name, name.lower(), "", dice.of(("all", "any")), "email",
             town.moment(dice) if dice.some(0.1) else None, False, at, at, dice.of(purposes))
            for one, name in zip(keys, names, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "audiences_rule",
        'uuid, position, criterion, is_not, "values", audience_id',
        (
            (dice.uuid(), place + 1, criterion, dice.some(0.05), json.dumps(values), one)
            for one in keys
            for place in range(1 + dice.below(2))
            for criterion, values in [dice.of(RULES)]
        ),
    )
    yield from known(town, "audiences.audience", "audiences.made", keys, names, 33)


def _partnerships(town: Town) -> Iterator[Table]:
    dice, key = Dice(34), first("partnerships.Partnership")
    with_bodies = dice.sample(range(town.bodies), 26 * town.scale)
    with_people = dice.sample(range(len(town.people)), 3 * town.scale)
    partners = [(town.first_body + at, None) for at in with_bodies] + [
        (None, town.people[at][0]) for at in with_people
    ]
    keys = range(key, key + len(partners))
    rated = [dice.some(0.8) for _ in keys]
    yield (
        "partnerships_partnership",
        "id, uuid, about, stage, stage_since_on, begun_on, cadence_days, agreement, influence, interest, rated_on,"
        " is_sample, created_at, updated_at, organisation_id, person_id, owner_id",
        (
            (one, dice.uuid(), dice.words(6), dice.of(STAGES), since, since - DAY * dice.below(500),
             dice.of((14, 30, 60, 90, None)), "", *((1 + dice.below(5), 1 + dice.below(5), since) if is_rated else (None, None, None)),
             False, at, at, body, person, dice.of(town.accounts) if dice.some(0.9) else None)
            for one, (body, person), is_rated in zip(keys, partners, rated, strict=True)
            for at in [town.moment(dice)]
            for since in [at.date()]
        ),
    )  # fmt: skip
    yield (
        "partnerships_stagechange",
        "uuid, stage, since_on, reason, created_at, updated_at, by_id, partnership_id",
        (
            (dice.uuid(), dice.of(STAGES), at.date(), "It went so.", at, at, dice.of(town.accounts), one)
            for one in keys
            for _ in range(1 + dice.below(4))
            for at in [town.moment(dice)]
        ),
    )
    yield (
        "partnerships_rating",
        "uuid, influence, interest, rated_on, note, created_at, updated_at, by_id, partnership_id",
        (
            (
                dice.uuid(),
                1 + dice.below(5),
                1 + dice.below(5),
                at.date(),
                "",
                at,
                at,
                dice.of(town.accounts),
                one,
            )
            for one, is_rated in zip(keys, rated, strict=True)
            for _ in range(1 + dice.below(2) if is_rated else 0)
            for at in [town.moment(dice)]
        ),
    )
    yield from known(
        town, "partnerships.partnership", "partnerships.begun", keys, [dice.words(3) for _ in keys], 35
    )


def _questionnaires(town: Town) -> Iterator[Table]:
    from barnraise.plumbing.questionnaires.models import Version

    model = Version.objects.filter(published_at__isnull=False).order_by("pk")[0]
    dice, key, version = Dice(36), first("questionnaires.Questionnaire"), first("questionnaires.Version")
    keys = range(key, key + 2 * town.scale)
    names = [f"{dice.words(2)} survey {at}" for at, _key in enumerate(keys)]
    yield (
        "questionnaires_questionnaire",
        "id, uuid, name, name_folded, code, is_public, is_anonymous, is_sensitive, is_sample, ended_at, created_at, updated_at",
        (
            (one, dice.uuid(), name, name.lower(), name.lower().replace(" ", "-")[:40], dice.some(0.8), dice.some(0.5), False, False,
             town.moment(dice) if dice.some(0.3) else None, at, at)
            for one, name in zip(keys, names, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "questionnaires_version",
        "id, number, texts, questions, published_at, created_at, questionnaire_id",
        (
            (
                version + at,
                1,
                json.dumps(model.texts),
                json.dumps(model.questions),
                town.now - 700 * DAY,
                town.now - 700 * DAY,
                one,
            )
            for at, one in enumerate(keys)
        ),
    )
    yield from _responses(town, dice, key, version, len(keys), model.questions)
    yield from known(town, "questionnaires.questionnaire", "questionnaires.added", keys, names, 37)


def _responses(
    town: Town, dice: Dice, key: int, version: int, many: int, questions: list[Any]
) -> Iterator[Table]:
    response = first("questionnaires.Response")
    asked = [0] * (ASKED * town.scale // 1000)
    asked += [dice.uneven(many, 1.5) for _ in range(185 * town.scale - len(asked))]
    seen = set[tuple[int, int]]()
    yield (
        "questionnaires_response",
        "id, uuid, way, channel, respondent, language, number, answered_at, is_sample, created_at, updated_at, by_id,"
        " questionnaire_id, version_id",
        (
            (response + at, dice.uuid(), dice.of(("public", "public", "link", "typed", "file")), dice.of(("", "flyer", "mail", "door")),
             f"people.person:{who}" if is_known else "", dice.of(("en", "es")), dice.uuid(), when, False, when,
             when, None, key + of, version + of)
            for at, of in enumerate(asked)
            for when in [town.moment(dice)]
            for who in [town.person(dice)]
            for is_known in [dice.some(0.3) and (of, who) not in seen and not seen.add((of, who))]
        ),
    )  # fmt: skip
    yield (
        "questionnaires_answer",
        "question, code, number, text, response_id, version_id",
        (
            (question["code"], *answer, response + at, version + of)
            for at, of in enumerate(asked)
            for question in questions
            for answer in _answers(question, dice)
        ),
    )


def _answers(question: Any, dice: Dice) -> Iterator[tuple[Any, ...]]:
    """(code, number, text) of each."""
    kind, codes = question["kind"], [one["code"] for one in question["options"]]
    if kind == "single":
        yield dice.of(codes), None, ""
    elif kind == "multiple":
        for code in codes:
            if dice.some(0.4):
                yield code, None, ""
    elif kind == "scale":
        value = 1 + dice.below(5)
        yield str(value), value, ""
    elif kind == "number" and dice.some(0.7):
        yield "", dice.below(90), ""
    elif kind == "text" and dice.some(0.3):
        yield "", None, f"{dice.words(7)}."
    elif kind == "consent":
        yield dice.of(("yes", "no")), None, ""
