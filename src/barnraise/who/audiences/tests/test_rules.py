"""Who belongs to an audience: rules over criteria, told by the database as subqueries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.plumbing.questionnaires.questions import Question
from barnraise.plumbing.questionnaires.selectors import published
from barnraise.plumbing.questionnaires.services import add_questionnaire, publish, respond
from barnraise.plumbing.tags.models import Tag
from barnraise.plumbing.tags.services import add as add_tag
from barnraise.plumbing.ui.sockets import threads
from barnraise.who.audiences import selectors
from barnraise.who.audiences.models import Audience, Rule
from barnraise.who.audiences.services import (
    Given,
    add_rule,
    change_audience,
    make_audience,
    remove_audience,
    remove_rule,
    set_rules,
)
from barnraise.who.audiences.sockets import Criterion, criteria
from barnraise.who.communities.models import Community
from barnraise.who.communities.services import register_community
from barnraise.who.consent import selectors as consents
from barnraise.who.consent.models import Standing
from barnraise.who.consent.selectors import NOT_REACHED, reachable
from barnraise.who.consent.services import change_purpose, end_purpose, record_consent
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.partnerships.services import begin_partnership
from barnraise.who.people.models import Person, PersonAddress
from barnraise.who.people.services import add_leadership, add_role, end_role

pytestmark = pytest.mark.django_db


def names(audience):
    """Also as a list that is walked asks it of each row."""
    found = sorted(selectors.members(audience).values_list("given_name", flat=True))
    told = selectors.condition(
        selectors.rules_of(audience), audience.mode, timezone.localdate(), is_asked=True
    )
    assert sorted(Person.objects.filter(told).values_list("given_name", flat=True)) == found
    return found


def made(alice, *rules, mode="all"):
    return make_audience(by=alice, name=f"A{Audience.objects.count()}", rules=rules, mode=mode)


def test_all_any_and_not(folk, alice):
    resident, volunteer = Given("kind", ["resident"]), Given("kind", ["volunteer"])
    assert names(made(alice, resident)) == ["Ana", "Cai"]
    assert names(made(alice, resident, volunteer)) == []
    assert names(made(alice, resident, volunteer, mode="any")) == ["Ana", "Ben", "Cai"]
    assert names(made(alice, Given("kind", ["resident", "staff"]))) == ["Ana", "Cai", "Dov"]
    assert names(made(alice, Given("kind", ["resident"], is_not=True))) == ["Ben", "Dov"]
    audience = made(alice)
    assert names(audience) == [], "no rule is nobody, not everybody"
    rule = add_rule(audience, resident, by=alice)
    assert names(audience) == ["Ana", "Cai"]
    remove_rule(rule, by=alice)
    assert (names(audience), Rule.objects.filter(audience=audience).exists()) == ([], False)


def test_every_criterion_tells_its_people(folk, newsletter, alice):
    ana, ben, cai, dov = (folk[name] for name in ("Ana", "Ben", "Cai", "Dov"))
    town = register_community(name="Riverbend", kind="town", by=alice)
    street = register_community(name="Elm Street", kind="neighbourhood", parent=town, by=alice)
    Person.objects.filter(pk=ana.pk).update(community=street)
    Person.objects.filter(pk=ben.pk).update(status="inactive", language="es")
    add_tag(to=ben, names=["Choir"], by=alice)
    tag = Tag.objects.get(name="Choir")
    pantry = register_organisation(OrganisationDocument(name="Pantry", kind="nonprofit"), by=alice)
    role = add_role(cai, organisation=pantry, kind="board", by=alice)
    past = add_role(dov, organisation=pantry, kind="board", by=alice)
    end_role(past, by=alice, on=timezone.localdate() - timedelta(days=1))
    add_leadership(ana, kind="faith", by=alice)
    add_leadership(ben, kind="faith", term_ends_on=timezone.localdate() - timedelta(days=1), by=alice)
    begin_partnership(pantry, by=alice, stage="active")
    begin_partnership(ana, by=alice, stage="dormant")
    expected = {
        "place": ([str(town.pk)], ["Ana"]),
        "tag": ([str(tag.pk)], ["Ben"]),
        "kind": (["staff"], ["Dov"]),
        "role": (["board"], ["Cai"]),
        "works_at": (["nonprofit"], ["Cai"]),
        "leads": (["faith"], ["Ana"]),
        "language": (["es"], ["Ben"]),
        "status": (["inactive"], ["Ben"]),
        "consented": ([f"{newsletter.pk}:email"], ["Ana"]),
        "stage": (["active"], ["Cai"]),
    }
    for name, (values, people) in expected.items():
        assert names(made(alice, Given(name, values))) == people, name
        everybody_else = sorted(set(folk) - set(people))
        assert names(made(alice, Given(name, values, is_not=True))) == everybody_else, name
    assert names(made(alice, Given("stage", ["active", "dormant"]))) == ["Ana", "Cai"]
    assert Community.objects.count() == 2
    assert role.person == cai


def test_who_answered_a_questionnaire_by_name(folk, alice):
    question = Question("well", "text", {"en": "How are you?"})
    texts = {"en": {"title": "Hello"}}
    plain = add_questionnaire(name="Hello", texts=texts, questions=[question], by=alice)
    secret = add_questionnaire(name="Secret", texts=texts, questions=[question], is_sensitive=True, by=alice)
    for survey in (plain, secret):
        publish(survey, by=alice)
        for person in (folk["Ben"], None):
            respond(
                survey, version=published(survey), given={"well": ["Fine"]}, way="typed", by=alice,
                respondent=Ref.to(person) if person else None,
            )  # fmt: skip
    assert names(made(alice, Given("answered", [str(plain.pk)]))) == ["Ben"]
    assert names(made(alice, Given("answered", [str(plain.pk)], is_not=True))) == ["Ana", "Cai", "Dov"]
    with pytest.raises(ValidationError):
        made(alice, Given("answered", [str(secret.pk)]))


def test_members_are_told_by_one_query_with_subqueries(folk, newsletter, alice, django_assert_num_queries):
    audience = selectors.one(
        made(alice, Given("kind", ["resident"]), Given("consented", [f"{newsletter.pk}:email"])).uuid
    )
    with django_assert_num_queries(1):
        assert selectors.size_of(audience) == 1
    reach = selectors.reach_of(
        selectors.one(made(alice, Given("kind", ["staff"], is_not=True)).uuid),
        purpose=newsletter,
        channel="email",
        at=timezone.now(),
    )
    with django_assert_num_queries(1):
        assert reach.counts() == {"": 1, "never_asked": 1, "no_address": 1}


def test_refused_with_a_reason_and_nothing_is_written(folk, newsletter, alice):
    make_audience(by=alice, name="Choir", rules=[Given("kind", ["staff"])])
    for wrong, field in (
        ({"name": " "}, "name"),
        ({"name": "CHOIR"}, "name"),
        ({"mode": "some"}, "mode"),
        ({"channel": "email"}, "channel"),
        ({"purpose": newsletter, "channel": "post"}, "channel"),
        ({"rules": [Given("shoe_size", ["42"])]}, "criterion"),
        ({"rules": [Given("kind", [])]}, "values"),
        ({"rules": [Given("kind", ["pirate"])]}, "values"),
        ({"rules": [Given("tag", ["999"])]}, "values"),
    ):
        with pytest.raises(ValidationError) as no:
            make_audience(by=alice, **{"name": "New", **wrong})
        assert field in no.value.error_dict, wrong
    audience = Audience.objects.get()
    with pytest.raises(ValidationError):
        set_rules(audience, [Given("kind", ["resident"]), Given("kind", ["pirate"])], by=alice)
    with pytest.raises(ValidationError):
        change_audience(audience, by=alice, name="")
    assert list(Rule.objects.values_list("values", flat=True)) == [["staff"]]


def test_a_rule_that_no_room_knows_any_more_lets_nobody_pass(folk, alice):
    plug = Criterion(
        "Anybody", lambda chosen: [("x", "x")], lambda values, today: Person.objects.values("pk")
    )
    with criteria.plugged("test.anybody", plug):
        audience = made(alice, Given("test.anybody", ["x"]))
        turned = made(alice, Given("test.anybody", ["x"], is_not=True))
        assert len(names(audience)) == 4
    assert (names(audience), names(turned)) == ([], [])
    assert [told.is_known for told in selectors.words_of(selectors.rules_of(audience))] == [False]


def test_who_is_reached_is_told_the_same_by_indexes(folk, newsletter, alice):
    ago = timezone.localdate() - timedelta(days=1)
    change_purpose(newsletter, by=alice, channels=["email", "post"])
    newsletter.refresh_from_db()
    for name, lines in (("Ben", "1 Elm St"), ("Ana", "")):
        PersonAddress.objects.create(person=folk[name], lines=lines)
    record_consent(
        folk["Ben"], by=alice, purpose=newsletter, channels=["post"], is_given=True, source="paper"
    )
    record_consent(
        folk["Dov"], by=alice, purpose=newsletter, channels=["email"], is_given=False, source="paper"
    )
    Standing.objects.filter(person=folk["Ben"], channel="post").update(expires_on=ago)
    Person.objects.filter(pk=folk["Cai"].pk).update(status="deceased")

    def told():
        for channel in ("email", "post", "phone"):
            given = {"purpose": newsletter, "channel": channel, "at": timezone.now()}
            reach = reachable(Person.objects.all(), **given)
            for why in ("", *NOT_REACHED):
                expected = set(reach.everybody.filter(why=why))
                for is_asked in (False, True):
                    found = Person.objects.filter(consents.told(why, **given, is_asked=is_asked))
                    assert set(found) == expected, (channel, why, is_asked)
                if expected:
                    yield channel, why, "".join(sorted(one.given_name[0] for one in expected))

    assert list(told()) == [
        ("email", "", "A"), ("email", "deceased", "C"), ("email", "never_asked", "B"), ("email", "withdrawn", "D"),
        ("post", "deceased", "C"), ("post", "no_address", "AD"), ("post", "expired", "B"),
        ("phone", "deceased", "C"), ("phone", "no_address", "ABD"),
    ]  # fmt: skip
    end_purpose(newsletter, by=alice)
    newsletter.refresh_from_db()
    assert {why for _channel, why, _who in told()} == {"ended"}


def test_threads_removal_and_the_sample_town(sample_town, newsletter, ada, alice):
    audience = make_audience(by=alice, name="Choir", purpose=newsletter, channel="email")
    assert list(threads.get(selectors.KIND).upstream(Ref.to(audience))) == [Ref.to(newsletter)]
    remove_audience(audience, by=alice)
    rows = list(selectors.listed().filter(is_sample=True))
    assert [(len(selectors.rules_of(row)), selectors.size_of(row) > 5) for row in rows] == [(2, True)] * 3
    assert main(["sample", "remove"]) == 0
    assert not Audience.objects.exists()
