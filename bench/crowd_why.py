"""A thousand times the sample: needs with evidence and scores, decisions with votes, goals with objectives and indicators."""

from __future__ import annotations

import json
from collections.abc import Iterator

from crowd import DAY, Dice, Table, Town, first, known

TABLES = ("needs_cycle", "needs_need", "needs_evidence", "needs_score", "needs_session", "decisions_decision", "decisions_proposal",
          "decisions_comment", "decisions_voice", "decisions_vote", "goals_goal", "goals_citation", "goals_endorsement",
          "goals_objective", "goals_indicator", "goals_logicstep")  # fmt: skip
VOICES = 5_000
"""So many voted in one decision, of a town a thousand times the sample."""
OPEN = ("draft", "agreed", "agreed", "agreed", "reached", "dropped")


def tables(town: Town) -> Iterator[Table]:
    """(table, columns, rows) in an order that keys allow."""
    yield from _needs(town)
    yield from _sessions(town)
    yield from _decisions(town)
    yield from _goals(town)
    yield from _indicators(town)


def _needs(town: Town) -> Iterator[Table]:
    dice, cycle, need = Dice(41), first("needs.Cycle"), first("needs.Need")
    cycles, keys = range(cycle, cycle + 2 * town.scale), range(need, need + 7 * town.scale)
    called = [f"{dice.words(2)} assessment {at}" for at, _key in enumerate(cycles)]
    titles = [f"{dice.words(3)} {at}" for at, _key in enumerate(keys)]
    yield (
        "needs_cycle",
        "id, uuid, name, name_folded, starts_on, next_due_on, about, variant, is_sample, created_at, updated_at, ended_at, community_id",
        (
            (one, dice.uuid(), name, name.lower(), at.date(), at.date() + 900 * DAY if dice.some(0.5) else None, "", "uic", False, at, at,
             at if dice.some(0.4) else None, dice.of(town.places))
            for one, name in zip(cycles, called, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "needs_need",
        'id, uuid, title, title_folded, population, present, wanted, unit, causes, about, "end", end_reason, ended_at, is_sample,'
        " created_at, updated_at, community_id, cycle_id",
        (
            (one, dice.uuid(), title, title.lower(), dice.words(2), dice.below(1000), dice.below(1000), "people", dice.words(9), "",
             *(("met", "It is met.", at) if dice.some(0.15) else ("", "", None)), False, at, at, dice.of(town.places),
             cycle + dice.uneven(len(cycles)))
            for one, title in zip(keys, titles, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "needs_evidence",
        "uuid, cites, said, source, dated_on, created_at, updated_at, need_id",
        (
            (
                dice.uuid(),
                "",
                f"{dice.words(8)}.",
                dice.words(2),
                at.date(),
                at,
                at,
                need + dice.uneven(len(keys)),
            )
            for _ in range(8 * town.scale)
            for at in [town.moment(dice)]
        ),
    )
    yield (
        "needs_score",
        "rater, rater_folded, size, seriousness, effectiveness, propriety, economics, acceptability, resources, legality, reason,"
        " created_at, updated_at, by_id, need_id",
        (
            (f"Rater {place}", f"rater {place}", dice.below(11), dice.below(11), dice.below(11), True, True, dice.some(0.9),
             dice.some(0.9), True, "", town.now, town.now, dice.of(town.accounts), one)
            for one in keys
            for place in range(dice.below(6))
        ),
    )  # fmt: skip
    yield from known(town, "needs.cycle", "needs.cycle_added", cycles, called, 42)
    yield from known(town, "needs.need", "needs.added", keys, titles, 43)


def _sessions(town: Town) -> Iterator[Table]:
    dice, key = Dice(44), first("needs.Session")
    keys = range(key, key + 3 * town.scale)
    titles = [f"{dice.words(3)} talk {at}" for at, _key in enumerate(keys)]
    yield (
        "needs_session",
        "id, uuid, title, title_folded, kind, held_on, place, groups, themes, quotes, notes, is_sample, created_at, updated_at,"
        " community_id, cycle_id",
        (
            (one, dice.uuid(), title, title.lower(), dice.of(("focus_group", "interview", "meeting", "walk")), at.date(), dice.words(1),
             json.dumps([{"group": dice.words(1), "count": 1 + dice.below(30)}]), json.dumps([dice.words(3)]), "[]", "", False, at, at,
             dice.of(town.places), dice.of(town.keys["needs.cycle"]))
            for one, title in zip(keys, titles, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield from known(town, "needs.session", "needs.session_added", keys, titles, 45)


def _decisions(town: Town) -> Iterator[Table]:
    dice, key, proposal, voice = (
        Dice(46),
        first("decisions.Decision"),
        first("decisions.Proposal"),
        first("decisions.Voice"),
    )
    keys = range(key, key + 3 * town.scale)
    titles = [f"{dice.words(4)} {at}?" for at, _key in enumerate(keys)]
    stages = [
        "voting",
        *(dice.of(("draft", "proposing", "voting", "decided", "decided", "dropped")) for _ in keys[1:]),
    ]
    of = [0] * 12 + [dice.uneven(len(keys), 1.5) for _ in range(8 * town.scale - 12)]
    whose: dict[int, list[int]] = {}
    for at, place in enumerate(of):
        whose.setdefault(place, []).append(proposal + at)
    heard = [0] * (VOICES * town.scale // 1000)
    asked = [place for place in whose if stages[place] in {"voting", "decided"}]
    heard += [asked[dice.uneven(len(asked), 1.5)] for _ in range(86 * town.scale - len(heard))]
    yield (
        "decisions_decision",
        "id, uuid, title, title_folded, code, about, rules, method, most, is_public, is_moderated, stage, outcome, decided_on,"
        " carried_by, became, is_sample, created_at, updated_at, need_id",
        (
            (one, dice.uuid(), title, title.lower(), f"decision-{at}", "", "Be kind.", "approval", 5, dice.some(0.8), dice.some(0.8),
             stage, "It is decided." if stage in {"decided", "dropped"} else "", when.date() if stage in {"decided", "dropped"} else None,
             "", "", False, when, when, dice.of(town.keys["needs.need"]) if dice.some(0.6) else None)
            for at, (one, title, stage) in enumerate(zip(keys, titles, stages, strict=True))
            for when in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "decisions_proposal",
        "id, uuid, title, title_folded, text, author, state, reason, respondent, created_at, updated_at, by_id, decision_id",
        (
            (proposal + at, dice.uuid(), f"Proposal {at}", f"proposal {at}", f"{dice.words(8)}.", dice.words(1),
             "waiting" if dice.some(0.05) else "shown", "", "", town.now, town.now, dice.of(town.accounts), key + place)
            for at, place in enumerate(of)
        ),
    )  # fmt: skip
    yield (
        "decisions_comment",
        "uuid, text, author, state, reason, respondent, created_at, updated_at, proposal_id",
        (
            (
                dice.uuid(),
                f"{dice.words(8)}.",
                dice.words(1),
                "shown",
                "",
                "",
                at,
                at,
                proposal + dice.uneven(len(of)),
            )
            for _ in range(5 * town.scale)
            for at in [town.moment(dice)]
        ),
    )
    yield (
        "decisions_voice",
        "id, key, respondent, created_at, updated_at, decision_id",
        ((voice + at, f"v{at}", "", town.now, town.now, key + place) for at, place in enumerate(heard)),
    )
    yield (
        "decisions_vote",
        "rank, voice_id, proposal_id",
        (
            (1, voice + at, chosen)
            for at, place in enumerate(heard)
            for chosen in dice.sample(whose[place], min(len(whose[place]), 1 + dice.below(5)))
        ),
    )
    yield from known(town, "decisions.decision", "decisions.added", keys, titles, 47)


def _goals(town: Town) -> Iterator[Table]:
    dice, key, objective = Dice(48), first("goals.Goal"), first("goals.Objective")
    keys, steps = range(key, key + 3 * town.scale), range(objective, objective + 5 * town.scale)
    names = [f"{dice.words(4)} {at}" for at, _key in enumerate(keys)]
    aims = [f"{dice.words(4)} {at}" for at, _key in enumerate(steps)]
    yield (
        "goals_goal",
        "id, uuid, name, name_folded, about, state, starts_on, ends_on, end_reason, is_sample, created_at, updated_at, owner_id",
        (
            (one, dice.uuid(), name, name.lower(), "", dice.of(OPEN), at.date(), at.date() + 1000 * DAY, "", False, at, at,
             dice.of(town.accounts))
            for one, name in zip(keys, names, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "goals_citation",
        "goal_id, cited_kind, cited_key, created_at",
        (
            (one, kind, dice.of(town.keys[kind]), town.now)
            for one in keys
            for kind in ("needs.need", "decisions.decision")
            if dice.some(0.9)
        ),
    )
    yield (
        "goals_endorsement",
        "uuid, state, words, signed_by, way, asked_at, answered_at, is_sample, created_at, updated_at, organisation_id, goal_id",
        (
            (dice.uuid(), *(("endorsed", "We are in.", "The board", "link", at, at) if dice.some(0.7) else ("asked", "", "", "", at, None)),
             False, at, at, body, one)
            for one in keys
            for body in {town.body(dice) for _ in range(3)}
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "goals_objective",
        "id, uuid, name, name_folded, about, state, due_on, end_reason, is_sample, created_at, updated_at, goal_id, owner_id",
        (
            (one, dice.uuid(), name, name.lower(), "", dice.of(OPEN), at.date() + 700 * DAY, "", False, at, at,
             key + dice.uneven(len(keys), 1.5), dice.of(town.accounts))
            for one, name in zip(steps, aims, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield (
        "goals_logicstep",
        "uuid, stage, text, created_at, goal_id",
        (
            (
                dice.uuid(),
                dice.of(("input", "activity", "output", "outcome")),
                dice.words(3),
                town.now,
                key + dice.uneven(len(keys)),
            )
            for _ in range(6 * town.scale)
        ),
    )
    yield from known(town, "goals.goal", "goals.goal_added", keys, names, 49)
    yield from known(town, "goals.objective", "goals.objective_added", steps, aims, 50)


def _indicators(town: Town) -> Iterator[Table]:
    dice, key = Dice(51), first("goals.Indicator")
    keys = range(key, key + 6 * town.scale)
    names = [
        "People at events, every month",
        "Hours at events",
        *(f"{dice.words(4)} {at}" for at, _key in enumerate(keys[2:])),
    ]
    begun = (town.now - 720 * DAY).date()
    from_rooms = [("events.people", "distinct", "month"), ("events.hours", "sum", "quarter")]
    sources = [*from_rooms, *(("", dice.of(("sum", "mean", "last")), "quarter") for _ in keys[2:])]
    yield (
        "goals_indicator",
        "id, uuid, name, name_folded, definition, unit, direction, rule, frequency, baseline_value, baseline_on, target_value, target_on,"
        " source, source_options, source_note, green_from, amber_from, end_reason, is_sample, created_at, updated_at, owner_id,"
        " objective_id",
        (
            (one, dice.uuid(), name, name.lower(), "", "people", dice.of(("up", "up", "down")), rule, every, 0, begun,
             100 + dice.below(1000), begun + 1400 * DAY, source, "{}", "", "0.95", "0.80", "", False, at, at, dice.of(town.accounts),
             dice.of(town.keys["goals.objective"]) if dice.some(0.9) else None)
            for one, name, (source, rule, every) in zip(keys, names, sources, strict=True)
            for at in [town.moment(dice)]
        ),
    )  # fmt: skip
    yield from known(town, "goals.indicator", "goals.indicator_added", keys, names, 52)
