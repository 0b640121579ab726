"""Ten million interactions over five years, by INSERT ... SELECT: whom they were with, next steps, last contacts, search, journal.

Few people and organisations have thousands, most have a handful, as everywhere; notes name people, and most words are rare.
"""

from __future__ import annotations

import random
import time
from typing import Any

SENTENCES = 20_000
YEARS = 5
RESTRICTED = 50
"""One in so many is for coordinators only."""
STEPPED = 20
"""One in so many has a next step."""
OPEN = 10
"""One in so many next steps is open."""
TABLES = ("interactions_interaction", "interactions_interactionperson", "interactions_interactionorganisation",
          "interactions_nextstep", "interactions_heard", "journal_entry", "journal_mention", "search_document")  # fmt: skip
TALK, STEP = "interactions.interaction", "interactions.nextstep"
PLAIN = (
    "called about the hall food chairs meeting with them and wants to help next week dates sent flyer church school "
    "kitchen bring forty boxes van key rota volunteers thanks said no yes maybe asked again grant form letter list "
    "garden roof rent visit coffee council budget report clinic ride youth camp winter coats turkeys diapers signed "
    "agreement left message "
)


def fill(count: int, people: int, house: Any) -> bool:
    """Write as many as are missing; whether there were any."""
    import loading
    import million
    from django.db.models import Max

    from barnraise.plumbing.search.models import SearchDocument
    from barnraise.who.interactions.models import Interaction

    count -= Interaction.objects.count()
    if count <= 0:
        return False
    first = million._first(Interaction)
    highest = SearchDocument.objects.aggregate(top=Max("pk"))["top"] or 0
    write_sentences()
    started = time.monotonic()
    with loading.bare(*TABLES):
        for what, statement in statements(count, people, first, house):
            loading.run(statement)
            print(f"  {what}: {time.monotonic() - started:.0f} s", flush=True)
        loading.index_documents(highest)
        print(f"  words and pieces: {time.monotonic() - started:.0f} s", flush=True)
    loading.count_on(*TABLES)
    print(f"{count:,} interactions written in {time.monotonic() - started:.0f} s", flush=True)
    return True


def write_sentences() -> None:
    """Sentences that notes are made of, with their folded words, in a table that lasts as long as the connection."""
    import directory
    import loading
    import million
    from django.db import connection

    from barnraise.plumbing.search.folding import tokens

    chance = random.Random(directory.SEED + 1)
    rare = [
        "".join(chance.choice(million.BEGINS) for _ in range(chance.choice((2, 3)))) for _ in range(8_000)
    ]
    named = directory.names(5_000)
    rows, plain = [], PLAIN.split()
    for number in range(SENTENCES):
        words = [chance.choice(plain) for _ in range(chance.randint(3, 6))] + [chance.choice(rare)]
        if number % 4 == 0:
            words += chance.choice(named)
        text = " ".join(words).capitalize()[:58]
        rows.append((number, f"{text}.", " ".join(tokens(text))))
    loading.run("CREATE TEMP TABLE bench_sentence (id integer PRIMARY KEY, text text, words text)")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_sentence VALUES (%s, %s, %s)", rows)
    if not loading.is_sqlite():
        loading.run("ANALYZE bench_sentence")


def statements(count: int, people: int, first: int, house: Any) -> list[tuple[str, str]]:
    """(what, statement) in order."""
    import loading
    from loading import dice, moment, one_of, ranked
    from million import _first as above

    from barnraise.plumbing.journal.models import Entry, Mention
    from barnraise.plumbing.search.folding import kind_token, visibility_token
    from barnraise.who.communities.models import Community
    from barnraise.who.interactions.models import NextStep

    apart = YEARS * 365 * 86400 // count or 1
    begin = int(time.time()) // 3600 * 3600 - 7200 - apart * count
    seconds = f"({begin} + n * {apart})"
    at, source = moment(seconds), loading.numbers(count)
    by = one_of(dice(3, 16), house.accounts)
    places = one_of(dice(4, 16), list(Community.objects.order_by("pk").values_list("pk", flat=True)))
    is_mail = f"{dice(5, 16)} % 10 = 8"
    kind = (f"CASE {dice(5, 16)} % 10 WHEN 4 THEN 'call' WHEN 5 THEN 'call' WHEN 6 THEN 'call' WHEN 7 THEN 'visit' "
            "WHEN 8 THEN 'mail' WHEN 9 THEN 'talk' ELSE 'note' END")  # fmt: skip
    seen = f"CASE WHEN n % {RESTRICTED} = 0 THEN 'coordinators' ELSE 'team' END"
    label = f"CASE WHEN n % {RESTRICTED} = 0 THEN 'leads' ELSE 'team' END"
    joined = (f"{source} JOIN bench_sentence a ON a.id = {dice(6, 16)} % {SENTENCES} "
              f"JOIN bench_sentence b ON b.id = {dice(7, 16)} % {SENTENCES}")  # fmt: skip
    person, other = ranked(8, house.first_person, people - 1), ranked(9, house.first_person, people - 1)
    body = ranked(10, house.first_body, house.bodies)
    entry, mention, step = above(Entry), above(Mention), above(NextStep)
    team, leads = visibility_token("team"), visibility_token("leads")
    marks = f"CASE WHEN n % {RESTRICTED} = 0 THEN '{kind_token(TALK)} {leads}' ELSE '{kind_token(TALK)} {team}' END"
    whole = f"CASE WHEN {is_mail} THEN b.text ELSE a.text || ' ' || b.text END"
    found = [
        ("interactions", "INSERT INTO interactions_interaction (id, uuid, kind, direction, subject, text, happened_at, visibility, "
         f"by_id, community_id, message_id, is_sample, created_at, updated_at) SELECT {first} + n, {loading.identity(20)}, {kind}, "
         f"'', CASE WHEN {is_mail} THEN a.text ELSE '' END, {whole}, {at}, {seen}, {by}, "
         f"CASE WHEN n % 5 = 2 THEN {places} END, '', FALSE, {at}, {at} FROM {joined}"),
        ("people", "INSERT INTO interactions_interactionperson (interaction_id, person_id, happened_at) "
         f"SELECT {first} + n, {person}, {at} FROM {source} UNION ALL SELECT {first} + n, {other}, {at} FROM {source} "
         f"WHERE n % 5 = 0 AND {other} <> {person}"),
        ("organisations", "INSERT INTO interactions_interactionorganisation (interaction_id, organisation_id, happened_at) "
         f"SELECT {first} + n, {body}, {at} FROM {source} WHERE n % 5 IN (1, 3)"),
        ("documents", "INSERT INTO search_document (kind, key, title, title_folded, excerpt, words, visibility, updated_at) "
         f"SELECT '{TALK}', {first} + n, CASE WHEN {is_mail} THEN a.text ELSE a.text || ' ' || b.text END, "
         f"CASE WHEN {is_mail} THEN a.words ELSE a.words || ' ' || b.words END, {whole}, "
         f"{marks} || ' ' || a.words || ' ' || b.words, {label}, {at} FROM {joined}"),
        ("entries", "INSERT INTO journal_entry (id, at, by_id, via, verb, room, data) "
         f"SELECT {entry} + n, {at}, {by}, 'desk', 'interactions.logged', 'interactions', '{{}}' FROM {source}"),
        ("mentions", "INSERT INTO journal_mention (id, entry_id, kind, key, title) "
         f"SELECT {mention} + n, {entry} + n, '{TALK}', {first} + n, '' FROM {source}"),
    ]  # fmt: skip
    return [*found, *_steps(count, first, step, house, people), *_heard()]


def _steps(count: int, first: int, step: int, house: Any, people: int) -> list[tuple[str, str]]:
    """Every so many interactions one, most of them done after ten days."""
    import loading
    from loading import day, dice, moment, one_of, ranked

    from barnraise.plumbing.search.folding import kind_token, visibility_token

    many = count // STEPPED
    apart = YEARS * 365 * 86400 // count or 1
    begin = int(time.time()) // 3600 * 3600 - 7200 - apart * count
    seconds = f"({begin} + n * {apart})"
    of_step = f"(SELECT n * {STEPPED} AS n, n AS m FROM {loading.numbers(many)}) AS stepped"
    owner, person = one_of(dice(3, 16), house.accounts), ranked(8, house.first_person, people - 1)
    is_open = f"(m % {OPEN} = 0)"
    due = day(f"({seconds} + 1209600)")
    restricted = f"n % {RESTRICTED} = 0"
    mark = kind_token(STEP)
    team, leads = visibility_token("team"), visibility_token("leads")
    has_day = "m % 7 <> 3"
    return [
        ("steps", "INSERT INTO interactions_nextstep (id, uuid, interaction_id, text, owner_id, due_on, comes_on, done_at, "
         "done_by_id, person_id, visibility, by_id, is_sample, created_at, updated_at) "
         f"SELECT {step} + m, {loading.identity(30)}, {first} + n, a.text, {owner}, CASE WHEN {has_day} THEN {due} END, "
         f"CASE WHEN NOT {is_open} THEN {_on('9999-12-31')} WHEN {has_day} THEN {due} ELSE {_on('9998-12-31')} END, "
         f"CASE WHEN NOT {is_open} THEN {moment(f'({seconds} + 864000)')} END, CASE WHEN NOT {is_open} THEN {owner} END, "
         f"{person}, CASE WHEN {restricted} THEN 'coordinators' ELSE 'team' END, {owner}, FALSE, {moment(seconds)}, "
         f"{moment(seconds)} FROM {of_step} JOIN bench_sentence a ON a.id = {dice(7, 16)} % {SENTENCES}"),
        ("documents of steps", "INSERT INTO search_document (kind, key, title, title_folded, excerpt, words, visibility, updated_at) "
         f"SELECT '{STEP}', {step} + m, a.text, a.words, '', CASE WHEN {restricted} THEN '{mark} {leads}' ELSE '{mark} {team}' END "
         f"|| ' ' || a.words, CASE WHEN {restricted} THEN 'leads' ELSE 'team' END, {moment(seconds)} FROM {of_step} "
         f"JOIN bench_sentence a ON a.id = {dice(7, 16)} % {SENTENCES}"),
    ]  # fmt: skip


def _on(day: str) -> str:
    import loading

    return f"'{day}'" if loading.is_sqlite() else f"DATE '{day}'"


def _heard() -> list[tuple[str, str]]:
    """Counted anew, in case there were some before."""
    found = []
    is_team = "i.visibility = 'team'"
    for column, table in (
        ("person_id", "interactions_interactionperson"),
        ("organisation_id", "interactions_interactionorganisation"),
    ):
        found += [
            (f"forget, {column}", f"DELETE FROM interactions_heard WHERE {column} IS NOT NULL"),
            (
                f"last contacts, {column}",
                f"INSERT INTO interactions_heard ({column}, last_at, count, team_last_at, team_count) "
                f"SELECT l.{column}, max(l.happened_at), count(*), max(CASE WHEN {is_team} THEN l.happened_at END), "
                f"sum(CASE WHEN {is_team} THEN 1 ELSE 0 END) FROM {table} l "
                f"JOIN interactions_interaction i ON i.id = l.interaction_id GROUP BY l.{column}",
            ),
        ]
    return found
