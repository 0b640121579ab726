"""A thousand times the sample: projects with money and people, events with who came, campaigns with readers, mails, short links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from crowd import DAY, Dice, Table, Town, documents, first, known, told

TABLES = ("projects_project", "projects_contribution", "projects_projectpartner", "projects_milestone", "projects_budgetline",
          "projects_actual", "projects_opening", "projects_placement", "events_event", "events_output", "events_cost",
          "events_cohost", "events_registration", "campaigns_campaign", "campaigns_campaignreader", "mail_body", "mail_message",
          "links_shortlink", "links_visits")  # fmt: skip
LARGEST = 5_000
"""So many came to one event, of a town a thousand times the sample."""
READERS = 150_000
"""So many got one campaign, of a town a thousand times the sample."""
KINDS = (
    "infrastructure",
    "empowerment",
    "environment",
    "education",
    "skills",
    "health",
    "awareness",
    "other",
)
TOLD = 4
"""One in so many registrations is told in the journal."""


def tables(town: Town) -> Iterator[Table]:
    """(table, columns, rows) in an order that keys allow."""
    yield from _projects(town)
    yield from _given(town)
    yield from _placements(town)
    yield from _events(town)
    yield from _registrations(town)
    yield from _links(town)
    yield from _campaigns(town)


def _projects(town: Town) -> Iterator[Table]:
    dice, key, line = Dice(61), first("projects.Project"), first("projects.BudgetLine")
    keys, lines = range(key, key + 3 * town.scale), range(line, line + 6 * town.scale)
    names = [f"{dice.words(4)} {at}" for at, _key in enumerate(keys)]
    yield (
        "projects_project",
        "id, uuid, name, name_folded, about, kind, state, starts_on, ends_on, currency, end_reason, is_sample, created_at, updated_at,"
        " objective_id, owner_id",
        (
            (one, dice.uuid(), name, name.lower(), dice.words(9), dice.of(KINDS),
             dice.of(("planned", "running", "running", "running", "paused", "finished", "stopped")), at.date(), at.date() + 700 * DAY,
             "USD", "", False, at, at, dice.of(town.keys["goals.objective"]) if dice.some(0.9) else None, dice.of(town.accounts))
            for one, name in zip(keys, names, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "projects_projectpartner",
        "uuid, role, note, created_at, organisation_id, project_id",
        (
            (
                dice.uuid(),
                dice.of(("leads", "delivers", "funds", "hosts", "advises")),
                "",
                town.now,
                body,
                one,
            )
            for one in keys
            for body in {town.body(dice) for _ in range(3)}
        ),
    )
    yield (
        "projects_milestone",
        "uuid, name, due_on, done_on, note, created_at, project_id",
        (
            (
                dice.uuid(),
                dice.words(3),
                due,
                due if dice.some(0.6) else None,
                "",
                town.now,
                key + dice.uneven(len(keys), 1.5),
            )
            for _ in range(6 * town.scale)
            for due in [town.moment(dice, ahead=300).date()]
        ),
    )
    of = [key + dice.uneven(len(keys), 1.5) for _ in lines]
    yield (
        "projects_budgetline",
        "id, uuid, name, is_income, planned, created_at, project_id",
        (
            (
                one,
                dice.uuid(),
                f"Line {one}",
                dice.some(0.4),
                10_000 + dice.below(5_000_000),
                town.now,
                project,
            )
            for one, project in zip(lines, of, strict=True)
        ),
    )
    yield (
        "projects_actual",
        'uuid, "on", amount, note, created_at, line_id, project_id',
        (
            (
                dice.uuid(),
                town.moment(dice).date(),
                dice.below(2_000_000),
                "",
                town.now,
                line + place,
                of[place],
            )
            for _ in range(9 * town.scale)
            for place in [dice.uneven(len(lines), 1.5)]
        ),
    )
    yield from known(town, "projects.project", "projects.added", keys, names, 62)


def _given(town: Town) -> Iterator[Table]:
    dice, projects = Dice(63), town.keys["projects.project"]
    money = (("money", "", None, "", None, "", "", None), ("goods", "Bread", 80, "loaves", 350, "price", "", None),
             ("service", "A plan", 3, "days", 40_000, "wage", "skill", 24), ("hours", "", None, "", None, "", "", 6))  # fmt: skip
    yield (
        "projects_contribution",
        'uuid, kind, what, quantity, unit, unit_value, technique, recognised, hours, "on", is_restricted, is_monetised, value, note,'
        " is_sample, created_at, updated_at, by_id, organisation_id, person_id, project_id",
        (
            (dice.uuid(), *dice.of(money), at.date(), dice.some(0.2), False, 0 if dice.some(0.3) else dice.below(2_000_000), "", False, at, at,
             dice.of(town.accounts), town.body(dice) if is_body else None, None if is_body else town.person(dice),
             projects[dice.uneven(len(projects), 1.5)])
            for _ in range(15 * town.scale)
            for at in [town.moment(dice)]
            for is_body in [dice.some(0.7)]
        ),
    )  # fmt: skip


def _placements(town: Town) -> Iterator[Table]:
    dice, opening, projects = Dice(64), first("projects.Opening"), town.keys["projects.project"]
    openings = range(opening, opening + 3 * town.scale)
    yield (
        "projects_opening",
        "id, uuid, kind, name, about, places, is_closed, is_public, created_at, project_id",
        (
            (one, dice.uuid(), dice.of(("volunteer", "trainee", "mentor", "scholarship")), dice.words(2), "", 1 + dice.below(10),
             dice.some(0.2), dice.some(0.3), town.now, dice.of(projects))
            for one in openings
        ),
    )  # fmt: skip
    yield (
        "projects_placement",
        "uuid, state, applied_on, matched_on, started_on, ended_on, outcome, is_sample, created_at, updated_at, opening_id, person_id",
        (
            (dice.uuid(), state, on, *(on + 7 * DAY if step <= steps else None for step in (1, 2, 3)), "", False, at, at,
             opening + dice.uneven(len(openings), 1.5), town.person(dice))
            for _ in range(12 * town.scale)
            for at in [town.moment(dice)]
            for on in [at.date()]
            for state, steps in [dice.of((("applied", 0), ("matched", 1), ("started", 2), ("finished", 3), ("left", 3)))]
        ),
    )  # fmt: skip


def _events(town: Town) -> Iterator[Table]:
    dice, key = Dice(65), first("events.Event")
    keys = range(key, key + 40 * town.scale)
    titles = [f"{dice.words(3)} {at}" for at, _key in enumerate(keys)]
    starts = [town.moment(dice, ahead=60) for _ in keys]
    town.keys["events.start"] = [int(at.timestamp()) for at in starts]
    cited = [*(("projects.project", one) for one in town.keys["projects.project"]),
             *(("goals.goal", one) for one in town.keys["goals.goal"])]  # fmt: skip
    yield (
        "events_event",
        "id, uuid, title, title_folded, kind, about, starts_at, ends_at, place, cites, is_public, capacity, cancelled_at, cancel_reason,"
        " closed_at, outcome, is_sample, created_at, updated_at, owner_id",
        (
            (one, dice.uuid(), title, title.lower(), dice.of(("workshop", "workshop", "booth", "volunteer", "gathering")), dice.words(9),
             at, at + timedelta(hours=2), dice.words(2), "{}:{}".format(*dice.of(cited)) if dice.some(0.5) else "", dice.some(0.6),
             dice.of((None, 20, 60, 6000)), *_end(dice, town, at), False, at - 20 * DAY, at - 10 * DAY, dice.of(town.accounts))
            for one, title, at in zip(keys, titles, starts, strict=True)
        ),
    )  # fmt: skip
    past = [one for one, at in zip(keys, starts, strict=True) if at < town.now]
    yield (
        "events_output",
        "quantity, unit, event_id",
        (
            (dice.below(300), dice.of(("meals", "books", "trees", "tests")), one)
            for one in past
            if dice.some(0.8)
        ),
    )
    yield (
        "events_cost",
        "what, amount, currency, event_id",
        (("Material", dice.below(30_000), "USD", one) for one in past if dice.some(0.8)),
    )
    yield (
        "events_cohost",
        "share, organisation_id, event_id",
        (
            (share, body, one)
            for one in past
            if dice.some(0.7)
            for share, body in zip((70, 30), {town.body(dice), town.body(dice)}, strict=False)
        ),
    )
    yield from known(town, "events.event", "events.planned", keys, titles, 66)


def _end(dice: Dice, town: Town, at: datetime) -> tuple[Any, ...]:
    """(cancelled, why, closed, outcome)"""
    if dice.some(0.03):
        return at - DAY, "Rain.", None, ""
    is_closed = at < town.now - 20 * DAY and dice.some(0.97)
    return None, "", at + DAY if is_closed else None, "It went well." if is_closed else ""


def _registrations(town: Town) -> Iterator[Table]:
    keys, starts = town.keys["events.event"], town.keys["events.start"]
    dice, key = Dice(67), first("events.Registration")
    past = [at for at, start in enumerate(starts) if start < town.now.timestamp()]
    sizes = dict.fromkeys(range(len(keys)), 0)
    came = 2000 * town.scale
    sizes[past[len(past) // 2]] = LARGEST * town.scale // 1000
    for _ in range(came - LARGEST * town.scale // 1000):
        sizes[past[dice.uneven(len(past), 1.4)]] += 1
    rows = _seats(town, dice, sizes, set(past))
    yield (
        "events_registration",
        "id, uuid, event_id, name, name_folded, email, language, person_id, state, way, note, came_at, minutes, is_sample,"
        " created_at, updated_at, checked_in_by_id",
        ((key + at, *row) for at, row in enumerate(rows)),
    )
    some = [keys[at] for at, size in sizes.items() for _ in range(size // TOLD)]
    yield from told(town, "events.event", "events.registered", some, [""] * len(some), 68)


def _seats(town: Town, dice: Dice, sizes: dict[int, int], past: set[int]) -> Iterator[tuple[Any, ...]]:
    """Those who came, and beside ten of them two who only have a place, wait or cancelled."""
    people, emails, keys, starts = (
        town.people,
        town.emails,
        town.keys["events.event"],
        town.keys["events.start"],
    )
    for at, size in sizes.items():
        size = size if at in past else dice.below(60)
        many, chosen = size + size // 5, set[int]()
        while len(chosen) < min(many, len(people) // 2):
            chosen.add(dice.uneven(len(people), 1.6))
        start = datetime.fromtimestamp(starts[at], town.now.tzinfo)
        for place, who in enumerate(sorted(chosen, key=lambda one: one * 7919 % 10_007)):
            person, name, folded = people[who]
            is_here = at in past and place < size
            state = "place" if place < size else dice.of(("place", "waiting", "cancelled"))
            said = start - timedelta(days=dice.random() * 20)
            yield (
                dice.uuid(), keys[at], name, folded, emails.get(person, ""), dice.of(("en", "es", "")), person, state,
                dice.of(("page", "team", "door", "file")), "", start if is_here else None,
                30 + dice.below(200) if is_here and dice.some(0.6) else None, False, said, start if is_here else said,
                dice.of(town.accounts) if is_here else None,
            )  # fmt: skip


def _links(town: Town) -> Iterator[Table]:
    dice, key = Dice(69), first("links.ShortLink")
    keys = range(key, key + town.scale)
    names = [f"{dice.words(2)} {at}" for at, _key in enumerate(keys)]
    yield (
        "links_shortlink",
        "id, uuid, code, title, target, channels, created_at, updated_at, created_by_id",
        (
            (
                one,
                dice.uuid(),
                f"c{at}x",
                name,
                "/who/organisations/",
                '["flyer", "post"]',
                when,
                when,
                dice.of(town.accounts),
            )
            for at, (one, name) in enumerate(zip(keys, names, strict=True))
            for when in [town.moment(dice)]
        ),
    )
    yield (
        "links_visits",
        'link_id, "on", channel, count',
        (
            (one, day, channel, 1 + dice.below(90))
            for one in keys
            for day in {town.moment(dice).date() for _ in range(1 + dice.uneven(400))}
            for channel in ("flyer", "post")
        ),
    )


def _campaigns(town: Town) -> Iterator[Table]:
    dice, key, body, message = (
        Dice(70),
        first("campaigns.Campaign"),
        first("mail.Body"),
        first("mail.Message"),
    )
    keys = range(key, key + 4 * town.scale)
    names = [f"{dice.words(3)} {at}" for at, _key in enumerate(keys)]
    states = [
        "sent",
        *(dice.of(("draft", "review", "approved", "sent", "sent", "sent", "cancelled")) for _ in keys[1:]),
    ]
    sent = [at for at, state in enumerate(states) if state == "sent"]
    cited = town.keys["projects.project"]
    yield "mail_body", "id, subject, text, html, created_at", (
        (body + at, names[at], f"{dice.words(40)}.", "", town.now) for at in range(len(keys))
    )  # fmt: skip
    yield (
        "campaigns_campaign",
        "id, uuid, kind, name, name_folded, state, subject, preview, language, blocks, reply_to, cites, occasion, cursor, left_out,"
        " unsubscribed, started_at, finished_at, is_sample, created_at, updated_at, audience_id, body_id, by_id, purpose_id",
        (
            (one, dice.uuid(), dice.of(("newsletter", "invitation")), name, name.lower(), state, name, "", "en",
             '[{"kind": "text", "text": "There is bread."}]', "", f"projects.project:{dice.of(cited)}" if dice.some(0.6) else "", "", 0, "{}",
             0, when if state == "sent" else None, when if state == "sent" else None, False, when, when,
             dice.of(town.keys["audiences.audience"]), body + at if state == "sent" else None, dice.of(town.accounts), 1 + dice.below(2))
            for at, (one, name, state) in enumerate(zip(keys, names, states, strict=True))
            for when in [town.moment(dice)]
        ),
    )  # fmt: skip
    of = [0] * (READERS * town.scale // 1000)
    of += [sent[1 + dice.uneven(len(sent) - 1, 1.5)] for _ in range(120 * town.scale)]
    whom = [town.people[at][0] for at in dice.sample(range(len(town.people)), of.count(0))]
    pairs = {(place, town.person(dice)) for place in of[len(whom) :]}
    read = [*((0, person) for person in whom), *sorted(pairs)]
    yield from _mails(town, Dice(71), read, (key, body, message))
    yield (
        "campaigns_campaignreader",
        "uuid, answer, answered_at, unsubscribed_at, created_at, updated_at, campaign_id, message_id, person_id",
        (
            (dice.uuid(), answer, when if answer else None, when if dice.some(0.01) else None, when, when, key + place, message + at, person)
            for at, (place, person) in enumerate(read)
            for when in [town.moment(dice)]
            for answer in [dice.of(("yes", "no", "", "", "", "", "", ""))]
        ),
    )  # fmt: skip
    yield from known(town, "campaigns.campaign", "campaigns.made", keys, names, 72)


def _mails(
    town: Town, dice: Dice, read: list[tuple[int, int]], keys: tuple[int, int, int]
) -> Iterator[Table]:
    """One for each reader, and seven single ones for each in the sample."""
    campaign, body, message = keys
    single = [(None, town.person(dice)) for _ in range(7 * town.scale)]
    numbers = range(message, message + len(read) + len(single))
    yield (
        "mail_message",
        'id, uuid, state, is_bulk, recipient, to_address, to_name, reply_to, language, "values", about, purpose, due_at, attempts, repeats,'
        " transport, status, reason, answer, tries, handed_at, is_sample, created_at, updated_at, body_id, by_id",
        (
            (one, dice.uuid(), state, place is not None, f"people.person:{person}", town.emails.get(person, f"q{person}@example.net"), "",
             "", dice.of(("en", "es")), "{}", "" if place is None else f"campaigns.campaign:{campaign + place}", "", when, 1, 0, "smtp",
             "5.1.1" if state == "bounced" else "", "no_mailbox" if state == "bounced" else "", "250 Ok", "[]", when, False, when, when,
             body + (place or 0), dice.of(town.accounts))
            for one, (place, person) in zip(numbers, [*read, *single], strict=True)
            for when in [town.moment(dice)]
            for state in ["bounced" if dice.some(0.03) else "handed_over"]
        ),
    )  # fmt: skip
    alone = list(numbers)[len(read) :]
    yield from documents(
        town, "mail.message", alone, [f"{dice.words(3)} {at}" for at, _key in enumerate(alone)]
    )
