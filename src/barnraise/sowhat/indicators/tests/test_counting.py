"""Numbers that move by themselves: their rows, their lock, their restatement, and people who are merged or erased."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barnraise.foundation.periods import parse
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.links.services import count_visit, create
from barnraise.plumbing.questionnaires.models import Questionnaire, Response
from barnraise.plumbing.questionnaires.questions import Question
from barnraise.plumbing.questionnaires.services import add_questionnaire, publish, respond
from barnraise.sowhat.indicators import sample
from barnraise.sowhat.indicators.jobs import refresh
from barnraise.sowhat.indicators.models import Observation, ObservationRow, Report, Restatement
from barnraise.sowhat.indicators.selectors import off_track
from barnraise.sowhat.indicators.services import (
    compute,
    compute_all,
    lock,
    recount,
    start_counting,
    write_value,
)
from barnraise.sowhat.indicators.spans import span_of
from barnraise.what.events.services import Newcomer, check_in, plan_event, register, undo_check_in
from barnraise.who.consent.services import add_purpose, record_consent
from barnraise.who.partnerships.services import begin_partnership
from barnraise.who.people.services import erase_person, export_person, merge_people
from barnraise.why.goals import sample as goals_sample
from barnraise.why.goals.models import Indicator
from barnraise.why.goals.services import add_indicator, change_indicator, remove_indicator

pytestmark = pytest.mark.django_db
SPRING = parse("2026 Q2")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def value(indicator, period=SPRING):
    return Observation.objects.get(indicator=indicator, begins_on=period.begins).value


def holds(indicator):
    """Every observation is the rule over its rows."""
    for row in Observation.objects.filter(indicator=indicator):
        found = recount(row, indicator)
        assert row.row_count == row.rows.count()
        assert (row.value if row.value is not None else found) == found, row


def test_a_number_moves_with_its_rows_and_opens_to_them(reached, people, talk):
    ana, ben, _cleo = people
    first = talk((4, 3), ana)
    both = talk((4, 9), ana, ben)
    talk((7, 1), ben)
    assert compute_all(reached, now=NOW) == 9, "two years back, period by period"
    assert (value(reached), value(reached, parse("2026 Q3")), value(reached, parse("2025 Q1"))) == (2, 1, 0)
    row = Observation.objects.get(indicator=reached, begins_on=SPRING.begins)
    behind = sorted((one.ref.id, one.counts.id) for one in row.rows.all())
    assert behind == [(first.pk, ana.pk), (both.pk, ana.pk), (both.pk, ben.pk)]
    assert row.rows.filter(key=both.pk, counts_key=ben.pk, on=date(2026, 4, 9)).count() == 1
    assert row.row_count == 3
    talk((5, 5), people[2])
    compute(reached, SPRING)
    assert value(reached) == 3
    holds(reached)
    change_indicator(reached, by=None, rule="count")
    compute(Indicator.objects.get(), SPRING)
    assert value(reached) == 4, "another rule over the same rows"
    change_indicator(reached, by=None, source_options={"kinds": ["call"]})
    compute(Indicator.objects.get(), SPRING)
    assert value(reached) == 0


def test_nothing_is_read_again_that_did_not_change(reached, people, talk):
    talk((4, 3), people[0])
    first = compute(reached, SPRING)
    with CaptureQueriesContext(connection) as seen:
        again = compute(reached, SPRING)
    assert (again.computed_at, again.updated_at) == (first.computed_at, first.updated_at)
    assert not any(
        "interactionperson" in one["sql"] and "SELECT" in one["sql"] for one in seen.captured_queries
    )
    assert not any(one["sql"].startswith(("UPDATE", "INSERT", "DELETE")) for one in seen.captured_queries)


def test_a_locked_number_changes_only_as_a_restatement(reached, people, talk, alice):
    talk((4, 3), people[0])
    row = compute(reached, SPRING)
    lock(row, by=alice)
    compute(reached, SPRING)
    assert not Restatement.objects.exists()
    talk((6, 30), people[1])
    compute(reached, SPRING)
    row.refresh_from_db()
    told = Restatement.objects.get()
    assert (row.value, told.old_value, told.new_value, told.added_count, told.removed_count) == (
        2,
        1,
        2,
        1,
        0,
    )
    assert row.restated_at == told.at
    with pytest.raises(ValidationError, match="not over yet"):
        lock(compute(reached, span_of("quarter", timezone.localdate())), by=alice)


def test_merged_people_count_once_and_erased_people_stay_counted(reached, people, talk, alice):
    ana, ben, cleo = people
    talk((4, 3), ana)
    talk((4, 9), ben)
    talk((4, 10), cleo)
    compute(reached, SPRING)
    assert value(reached) == 3
    assert export_person(ana, by=alice)["indicators"]["counted_in"] == [
        "People we talked with, 2026-04-01/2026-06-30"
    ]
    merge_people(keep=ana, absorb=ben, by=alice)
    compute(reached, SPRING)
    assert value(reached) == 2
    holds(reached)
    erase_person(cleo, by=alice)
    assert not ObservationRow.objects.filter(counts_kind="people.person", counts_key=cleo.pk).exists()
    compute(reached, SPRING)
    assert value(reached) == 2, "what was counted stays counted"
    holds(reached)


def test_reports_of_partners_add_up_and_a_reason_is_no_number(bags, mill, alice, bob):
    spring = date(2026, 5, 1)
    write_value(bags, on=spring, value=Decimal(40), by=bob)
    row = write_value(bags, on=spring, value=Decimal("2.5"), organisation=mill, by=bob)
    assert (row.value, row.row_count, row.origin) == (Decimal("42.5"), 2, "reported")
    row = write_value(bags, on=spring, reason="not_collected", organisation=mill, by=bob)
    assert (row.value, row.row_count) == (40, 1)
    row = write_value(bags, on=spring, reason="not_shared", by=bob)
    assert (row.value, row.reason, row.row_count) == (None, "not_shared", 0)
    row = write_value(bags, on=spring, value=Decimal(0), by=bob)
    assert (row.value, row.reason) == (0, ""), "zero is a number"
    holds(bags)
    with pytest.raises(ValidationError, match="has values"):
        remove_indicator(bags, by=alice)
    for wrong, field in [
        ({}, "value"),
        ({"value": Decimal("NaN")}, "value"),
        ({"value": Decimal(1), "reason": "not_shared"}, "reason"),
        ({"reason": "rain"}, "reason"),
        ({"reason": "nothing"}, "reason"),
        ({"value": Decimal(1), "note": "x" * 501}, "note"),
        ({"value": Decimal(1), "on": date(2999, 1, 1)}, "on"),
    ]:
        with pytest.raises(ValidationError) as no:
            write_value(bags, **{"on": spring, "by": bob, **wrong})
        assert list(no.value.error_dict) == [field], wrong
    assert (Observation.objects.get().value, Report.objects.count()) == (0, 2)
    lock(Observation.objects.get(), by=alice)
    with pytest.raises(ValidationError, match="is locked"):
        write_value(bags, on=spring, value=Decimal(9), by=bob)
    row = write_value(bags, on=spring, value=Decimal(9), by=bob, restating="A list came late")
    assert (row.value, Restatement.objects.get().note) == (9, "A list came late")


def test_other_sources_count_visits_and_consents(objective, people, alice):
    link = create(title="Flyer", target="/", channels=["flyer"], by=alice)
    for _time in range(3):
        count_visit(link=link, channel="flyer", on=date(2026, 4, 2))
    count_visit(link=link, channel="", on=date(2026, 4, 5))
    visits = add_indicator(
        name="Visits", rule="sum", source="links.visits", source_options={"link": link.pk}, by=alice
    )
    assert compute(visits, SPRING).value == 4
    news = add_purpose(name="News", channels=["email"], texts={"en": "We write."}, by=alice)
    for person in people[:2]:
        record_consent(
            person, by=alice, purpose=news, channels=["email"], is_given=True, source="paper",
            happened_at=datetime(2026, 4, 2, tzinfo=UTC),
        )  # fmt: skip
    agreed = add_indicator(
        name="Agreed", rule="distinct", source="consent.given", source_options={"purpose": news.pk}, by=alice
    )
    assert compute(agreed, SPRING).value == 2
    for one in (visits, agreed):
        holds(one)
    with pytest.raises(ValidationError, match="makes no sense"):
        add_indicator(name="Wrong", rule="mean", source="links.visits", by=alice)
    with pytest.raises(ValidationError, match="no rows to count"):
        add_indicator(name="Wrong", rule="distinct", by=alice)


def test_answers_to_questions_and_partnerships_count(objective, mill, alice):
    scale = Question("safe", "scale", {"en": "How safe?"}, lowest=Decimal(1), highest=Decimal(5))
    texts = {"en": {"title": "Street", "intro": "", "thanks": "Thanks."}}
    survey = add_questionnaire(name="Street", texts=texts, questions=[scale], by=alice)
    version = publish(survey, by=alice)
    for said in ("2", "5"):
        respond(survey, version=version, given={"safe": [said]}, way=Response.Way.values[0], by=alice)
    begin_partnership(mill, stage="active", by=alice)
    here = span_of("month", timezone.localdate())
    found = {}
    for source, rule, options in (
        ("questionnaires.responses", "count", {"questionnaire": survey.pk}),
        ("questionnaires.numbers", "mean", {"question": f"{survey.pk}:safe"}),
        ("partnerships.activated", "count", {}),
    ):
        indicator = add_indicator(name=source, rule=rule, source=source, source_options=options, by=alice)
        found[source] = compute(indicator, here).value
        holds(indicator)
    assert found == {
        "questionnaires.responses": 2,
        "questionnaires.numbers": Decimal("3.5"),
        "partnerships.activated": 1,
    }
    Questionnaire.objects.update(is_sensitive=True)
    assert compute(Indicator.objects.get(name="questionnaires.numbers"), here).value is None


def test_the_worker_counts_what_changed(reached, people, talk, alice):
    talk((4, 3), people[0])
    refresh(now=NOW)
    assert start_counting(by=None) is None, "one round at a time"
    job = Job.objects.get()
    for _step in range(40):
        if Job.objects.get(pk=job.pk).is_over:
            break
        work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert value(reached) == 1
    assert job.result["counted"] >= 8


def test_indicators_off_their_path_are_told(bags, alice):
    write_value(bags, on=date(2026, 8, 1), value=Decimal(310), by=alice)
    ((indicator, row),) = off_track(date(2026, 11, 1), most=5)
    assert (indicator, row.value) == (bags, 310)
    write_value(bags, on=date(2026, 8, 1), value=Decimal(890), by=alice)
    assert off_track(date(2026, 11, 1), most=5) == []


def test_every_number_of_the_town_is_its_rule_over_its_rows(ada):
    goals_sample.load(by=ada)
    told = sample.load(by=ada)
    assert told["observations"] == Observation.objects.count() > 30
    for indicator in Indicator.objects.all():
        holds(indicator)
    assert Restatement.objects.count() == 1
    assert set(sample.load(by=ada).values()) == {0}
    assert sample.remove(by=ada)["observations"] == told["observations"]
    goals_sample.remove(by=ada)
    assert not any(model.objects.exists() for model in (Observation, Report, Indicator, ObservationRow))


def test_a_reference_says_what_a_row_is(reached, people, talk):
    talk((4, 3), people[0])
    row = compute(reached, SPRING).rows.get()
    assert (row.ref.kind, row.counts) == ("interactions.interaction", Ref.to(people[0]))


def test_a_check_in_is_counted_in_a_moment_and_a_queue_at_the_door_by_one_job(objective, people, alice, bob):
    ride = plan_event(
        title="Ride",
        kind="gathering",
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
        by=bob,
    )
    ana, ben, cleo = (walk_in_of(ride, person) for person in people)
    check_in(ana, by=bob)
    assert not Job.objects.exists(), "no indicator asks"
    riders = add_indicator(
        name="Riders", objective=objective, unit="people", rule="distinct", source="events.people", by=alice
    )
    for registration in (ben, cleo):
        check_in(registration, by=bob)
    job = Job.objects.get()
    assert job.arguments == {"sources": ["events.people"]}
    assert timedelta(0) < job.not_before_at - timezone.now() <= timedelta(seconds=8)
    Job.objects.update(not_before_at=None)
    assert work(job.pk) == "over"
    period = span_of(riders.frequency, timezone.localdate())
    assert Observation.objects.get(indicator=riders, begins_on=period.begins).value == 3
    undo_check_in(ben, by=bob)
    assert Job.objects.filter(state=Job.State.WAITING).count() == 1, "the next change begins the next one"


def walk_in_of(event, person):
    """A place for somebody of the directory."""
    return register(event, Newcomer(person.display_name, "", person), by=None, way="team")
