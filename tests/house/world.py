"""A small world with at least one row of every noun, made through services, and an example for every address.

The tests of answers, axe and languages, and the tool that takes pictures, walk the resolver with these examples,
so that a page is never forgotten: an address without an example fails. A room may keep its part in a file of its own
under `worlds/`: `build(people)`, asked by the order of its `ORDER`, and `EXAMPLES`.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

from django.urls import reverse

from tests.cast import CAST, PASSWORD

from . import worlds
from .worlds.finding import named as _named

FIGURES = (
    b"Year,StateAbbr,LocationName,Measure,Data_Value_Unit,Data_Value_Type,Data_Value,Low_Confidence_Limit,"
    b"High_Confidence_Limit,TotalPopulation,LocationID,MeasureId,DataValueTypeID\n"
    b"2023,OH,Far County,Obesity among adults,%,Crude prevalence,36.4,31.0,41.9,180401,39175,OBESITY,CrdPrv\n"
)
REGISTER = b"name,kind,city\nOak Hill Library,public body,Riverbend\nMill Bakery,business,Riverbend\n"


def build() -> None:
    """Make the world. Safe to call on an empty database only."""
    from barnraise.config.sample_town import change_whole_town
    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.accounts.models import Account
    from barnraise.plumbing.accounts.services import add_account, add_token, invite
    from barnraise.plumbing.files.services import keep
    from barnraise.plumbing.imports.services import start_check, start_run
    from barnraise.plumbing.jobs.models import Job
    from barnraise.plumbing.jobs.services import work
    from barnraise.plumbing.links.services import create as create_link
    from barnraise.plumbing.profile.services import finish_wizard
    from barnraise.who.organisations.models import Organisation
    from barnraise.who.people.models import CustomField

    people = {}
    for name, role in CAST.items():
        email = f"{name}@example.org"
        people[name] = Account.objects.filter(email=email).first() or add_account(
            email=email, role=role, name=name.title(), password=PASSWORD, by=None
        )
    ada = people["ada"]
    if not Organisation.objects.exists():
        change_whole_town("add")
    if not CustomField.objects.exists():
        _people(people["bob"])
    invite(email="nora@example.org", role="viewer", by=ada)
    for account in people.values():
        if account.role != "partner":
            add_token(account=account, scope="read", name="a script", by=account)
    organisation = Organisation.objects.order_by("pk")[0]
    note = io.BytesIO(b"Minutes of the meeting.\n")
    note.name = "minutes.txt"
    keep(note, by=people["bob"], about=Ref.to(organisation))
    _talk(people)
    _partners(people)
    _audience(people["bob"])
    _mails(people["bob"])
    _event(people["bob"])
    _campaign(people["bob"])
    create_link(title="Flyer", target="/", channels=["flyer"], code="flyer", by=people["bob"])
    for begin in (start_run, start_check):
        begin(batch=_given(ada), by=ada)
        work(Job.objects.order_by("-pk")[0].pk)
    start_check(batch=_elsewhere(ada), by=ada)
    work(Job.objects.order_by("-pk")[0].pk)
    _ask(people)
    _need(people["bob"])
    _decide(people["bob"])
    _snooze(people["bob"])
    for part in parts():
        part.build(people)
    finish_wizard(by=ada)


def _people(by: Any) -> None:
    """A person with a role in the first organisation."""
    from barnraise.who.organisations.models import Organisation
    from barnraise.who.people.documents import PersonDocument, Reach
    from barnraise.who.people.services import (
        add_custom_field,
        add_leadership,
        add_role,
        note_leader,
        register_person,
    )

    contacts = (Reach("email", "rosa@example.org", "work"), Reach("phone", "+17405550199"))
    rosa = register_person(PersonDocument(given_name="Rosa", family_name="Vega", contacts=contacts), by=by)
    add_role(rosa, organisation=Organisation.objects.order_by("pk")[0], title="Baker", by=by)
    leading = add_leadership(
        rosa, kind="faith", constituency="St Mark's", term_ends_on=date(2030, 1, 1), by=by
    )
    note_leader(leading, aspect="reach", level=4, note="Known on every street.", by=by)
    add_custom_field(label="Shirt size", type="choice", options=["S", "M"], by=by)
    register_person(PersonDocument(given_name="Rosa", family_name="Vega", contacts=contacts[:1]), by=by)


def _ask(people: dict[str, Any]) -> None:
    """A survey with one answer, and the draft of its second version."""
    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.questionnaires.models import Response
    from barnraise.plumbing.questionnaires.questions import Option, Question
    from barnraise.plumbing.questionnaires.selectors import published
    from barnraise.plumbing.questionnaires.services import add_questionnaire, begin_version, publish, respond
    from barnraise.who.people.models import Person

    options = (Option("yes", {"en": "Yes", "es": "Sí"}), Option("no", {"en": "No", "es": "No"}))
    satisfied = Question(
        "satisfied", "single", {"en": "Are you content?", "es": "¿Le parece bien?"}, options=options
    )
    survey = add_questionnaire(
        name="Door survey",
        texts={"en": {"title": "At the door"}, "es": {"title": "En la puerta"}},
        questions=[satisfied],
        by=people["bob"],
    )
    publish(survey, by=people["alice"])
    respond(
        survey,
        version=published(survey),
        given={"satisfied": ["yes"]},
        way=Response.Way.TYPED,
        respondent=Ref.to(Person.objects.order_by("pk")[0]),
        by=people["bob"],
    )
    begin_version(survey, by=people["bob"])


def _need(by: Any) -> None:
    """A need with evidence and a score, in an assessment, and a listening session."""
    from decimal import Decimal

    from barnraise.why.needs.hanlon import COMPONENTS, PEARL
    from barnraise.why.needs.services import add_cycle, add_evidence, add_need, add_session, score_need

    cycle = add_cycle(name="Benches", starts_on=date(2025, 1, 1), by=by)
    add_session(title="Bench talk", kind="walk", held_on=date(2025, 2, 1), by=by)
    need = add_need(title="More benches", cycle=cycle, by=by)
    add_evidence(need, said="People stand.", source="Bob", dated_on=date(2025, 2, 1), by=by)
    values = dict.fromkeys(COMPONENTS, Decimal(5))
    score_need(need, by=by, rater="Bob", values=values, pearl=dict.fromkeys(PEARL, True))


def _decide(by: Any) -> None:
    """A question with two proposals, a comment and a vote."""
    from barnraise.why.decisions.services import (
        add_comment,
        add_decision,
        open_proposals,
        open_vote,
        propose,
        vote,
    )

    row = open_proposals(add_decision(title="Which colour?", rules="Be kind.", by=by), by=by)
    green, _blue = (propose(row, title=title, by=by) for title in ("Green", "Blue"))
    add_comment(green, text="Like the old one.", by=by)
    vote(open_vote(row, by=by), ranks={green.pk: 1}, key="somebody")


def _snooze(by: Any) -> None:
    """The event near waits for two days."""
    from datetime import timedelta

    from django.utils import timezone

    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.snoozes.services import snooze
    from barnraise.what.events.models import Event

    event = Event.objects.get(title="World supper")
    snooze(
        "events.near", Ref.to(event), by=by, until=timezone.localdate() + timedelta(days=2), reason="All set."
    )


def _talk(people: dict[str, Any]) -> None:
    """A conversation with a next step, one that only coordinators read, an unknown address, and a calendar."""
    from barnraise.who.interactions.services import log_interaction, next_step, open_feed, propose
    from barnraise.who.organisations.models import Organisation

    bob, alice = people["bob"], people["alice"]
    with_whom = [Organisation.objects.filter(is_own=False).order_by("pk")[0]]
    step = next_step(by=bob, text="Bring the flyers")
    log_interaction(by=bob, text="Called about the flyers.", kind="call", organisations=with_whom, step=step)
    log_interaction(
        by=alice, text="In confidence: they move out.", organisations=with_whom, visibility="coordinators"
    )
    mail = log_interaction(
        by=bob, text="See you on Friday.", kind="mail", subject="Friday", organisations=with_whom
    )
    propose(mail, unknown=[("stranger@example.net", "A Stranger", "cc")], by=bob)
    for account in people.values():
        if account.role != "partner":
            open_feed(account=account, by=account)


def _partners(people: dict[str, Any]) -> None:
    """A partnership with Rosa, silent for too long, rated once."""
    from barnraise.who.partnerships.services import begin_partnership, rate
    from barnraise.who.people.models import Person

    rosa = Person.objects.filter(given_name="Rosa").order_by("pk")[0]
    begun = begin_partnership(
        rosa,
        by=people["bob"],
        owner=people["bob"],
        cadence_days=7,
        since_on=date(2026, 1, 5),
        about="Bread for all.",
    )
    rate(begun, by=people["ada"], influence=4, interest=5)


def _event(by: Any) -> None:
    """An event to come with a page of its own, and a registration."""
    from datetime import timedelta

    from django.utils import timezone

    from barnraise.what.events.services import Newcomer, plan_event, register

    begins = timezone.now() + timedelta(days=2)
    event = plan_event(
        by=by,
        title="World supper",
        kind="gathering",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        is_public=True,
    )
    register(event, Newcomer("Ola Fjord", "ola@example.org"), by=by)


def _audience(by: Any) -> None:
    """An audience with a rule."""
    from barnraise.who.audiences.services import Given, make_audience

    rules = [Given("kind", ["resident", "volunteer"])]
    make_audience(by=by, name="Neighbours", about="Whoever lives here.", rules=rules)


def _campaign(by: Any) -> None:
    """A draft with two blocks."""
    from barnraise.what.campaigns.services import add_block, make_campaign

    row = make_campaign(name="Bread news", kind="invitation", subject="Bread", by=by)
    add_block(row, kind="text", values={"text": "There is bread."}, by=by)
    add_block(row, kind="answer", values={"text": "Hungry?"}, by=by)


def _mails(by: Any) -> None:
    """A mail that waits for its day, an address that nothing is sent to, and a notice that nobody understands."""
    from datetime import timedelta

    from django.utils import timezone

    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.mail.services import Letter, queue, suppress, take_returns
    from barnraise.who.people.models import Person

    rosa = Person.objects.filter(given_name="Rosa", family_name="Vega").order_by("pk")[0]
    letter = Letter("rosa@example.org", "Rosa Vega", recipient=str(Ref.to(rosa)))
    queue(letter, subject="Flour", text="Is there flour?", by=by, due_at=timezone.now() + timedelta(days=900))
    suppress("nobody@example.net", reason="asked", by=by)
    take_returns(b"From: someone@example.net\nSubject: Lunch\n\nShall we?\n", way="upload", by=by)


def _given(by: Any) -> Any:
    """An import of a small register, mapped."""
    from barnraise.plumbing.imports.services import give, set_mapping

    register = io.BytesIO(REGISTER)
    register.name = "register.csv"
    batch = give(files=[register], by=by, noun="organisations")
    columns = {"name": {"field": "name"}, "kind": {"field": "kind"}, "city": {"field": "city"}}
    return set_mapping(batch=batch, mapping={"version": 1, "columns": columns, "constants": {}}, by=by)


def _elsewhere(by: Any) -> Any:
    """An import of figures of which one is about a place that is not here."""
    from barnraise.plumbing.imports.services import give

    figures = io.BytesIO(FIGURES)
    figures.name = "PLACES__County_Data_2025_release.csv"
    return give(files=[figures], by=by)


def parts() -> list[ModuleType]:
    """What rooms keep in files of their own, in their order."""
    names = [found.name for found in pkgutil.iter_modules(worlds.__path__) if found.name != "finding"]
    modules = [importlib.import_module(f"{worlds.__name__}.{name}") for name in names]
    return sorted(modules, key=lambda module: (module.ORDER, module.__name__))


def _feed_secret() -> str:
    """What opens bob's calendar."""
    from barnraise.plumbing.accounts.models import Account
    from barnraise.who.interactions.selectors import address_of, feed_of

    feed = feed_of(Account.objects.get(email="bob@example.org"))
    assert feed
    return address_of(feed).rpartition("/")[2].removesuffix(".ics")


def _preferences() -> str:
    """What opens a person's own page of preferences."""
    from datetime import timedelta

    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.links.services import sign
    from barnraise.who.people.models import Person

    address = sign(
        "consent.preferences", Ref.to(Person.objects.order_by("pk")[0]), expires=timedelta(days=30)
    )
    return address.rpartition("/")[2]


def _reference() -> str:
    return f"organisations.organisation:{_named('organisations.Organisation', 'pk')()}"


EXAMPLES: dict[str, Callable[[], Any]] = {
    # "namespace:argument", or "namespace:view:argument" where one example does not fit all views of the room
    "jobs:uuid": _named("jobs.Job", "uuid"),
    "journal:ref": _reference,
    "journal:key": _named("journal.ChangeSet", "pk"),
    "accounts:key": _named("accounts.Account", "pk", email="bob@example.org"),
    "accounts:resend:key": _named("accounts.Invitation", "pk"),
    "accounts:revoke:key": _named("accounts.Invitation", "pk"),
    "accounts:end_session:key": lambda: 999_999_999,
    "accounts:revoke_token:key": _named("accounts.Token", "pk", account__email="bob@example.org"),
    "accounts:signed": lambda: "no-such-letter",
    "accounts:secret": lambda: "no-such-secret",
    "tags:uuid": _named("tags.Tag", "uuid"),
    "files:uuid": _named("files.File", "uuid", name="minutes.txt"),
    "links:uuid": _named("links.ShortLink", "uuid", code="flyer"),
    "links:key": _named("links.ShortLink", "pk", code="flyer"),
    "links:token": _preferences,
    "links:code": lambda: "flyer",
    "imports:uuid": _named("imports.Import", "uuid", state="checked", noun="organisations"),
    **{
        f"imports:{view}:uuid": _named("imports.Import", "uuid", state="checked", noun="figures")
        for view in ("check", "add_absent", "add_all_absent", "join_absent")
    },
    "imports:one:uuid": _named("imports.Import", "uuid", state="done"),
    "imports:undo:uuid": _named("imports.Import", "uuid", state="done"),
    "imports:noun": lambda: "organisations",
    "imports:phase": lambda: "check",
    "imports:kind": lambda: "new",
    "communities:uuid": _named("communities.Community", "uuid"),
    "communities:key": _named("communities.Community", "pk"),
    "communities:change_headcount:uuid": _named("communities.Headcount", "uuid"),
    "communities:remove_headcount:uuid": _named("communities.Headcount", "uuid"),
    "communities:series:uuid": _named("communities.Figure", "community__uuid"),
    "communities:series:measure": _named("communities.Figure", "measure__uuid"),
    **{
        f"communities:{view}:uuid": _named("communities.Figure", "uuid")
        for view in ("change_figure", "remove_figure")
    },
    **{
        f"communities:{view}:uuid": _named("communities.Measure", "uuid")
        for view in ("measure", "change_measure", "remove_measure", "measure_csv")
    },
    "communities:measure_by_key:key": _named("communities.Measure", "pk"),
    "communities:figure_by_key:key": _named("communities.Figure", "pk"),
    "organisations:uuid": _named("organisations.Organisation", "uuid", is_own=False),
    "organisations:key": _named("organisations.Organisation", "pk"),
    "organisations:panel": lambda: "projects",
    "people:uuid": _named("people.Person", "uuid"),
    **{
        f"people:{view}:uuid": _named("people.Role", "uuid")
        for view in ("change_role", "end_role", "remove_role")
    },
    **{
        f"people:{view}:uuid": _named("people.Leadership", "uuid")
        for view in ("change_leader", "end_leader", "remove_leader", "note_leader")
    },
    "people:remove_note:uuid": _named("people.LeaderNote", "uuid"),
    **{
        f"people:{view}:uuid": _named("people.CustomField", "uuid")
        for view in ("change_field", "move_field", "remove_field")
    },
    "people:key": _named("people.Person", "pk"),
    "people:panel": lambda: "mail",
    "consent:uuid": _named("consent.Purpose", "uuid"),
    **{
        f"consent:{view}:uuid": _named("consent.Standing", "person__uuid")
        for view in ("person", "record", "link")
    },
    "consent:withdraw:uuid": _named("consent.Standing", "uuid", is_given=True),
    "consent:by_key:key": _named("consent.Standing", "person__pk"),
    "consent:said_by_key:key": _named("consent.Consent", "pk"),
    "consent:purpose_by_key:key": _named("consent.Purpose", "pk"),
    "snoozes:uuid": _named("snoozes.Snooze", "uuid"),
    "snoozes:card": lambda: "events.near",
    "snoozes:ref": lambda: f"events.event:{_named('events.Event', 'pk', title='World supper')()}",
    "events:uuid": _named("events.Event", "uuid", title="World supper"),
    "events:key": _named("events.Event", "pk", title="World supper"),
    "events:registration_by_key:key": _named("events.Registration", "pk", name="Ola Fjord"),
    **{
        f"events:{view}:uuid": _named("events.Registration", "uuid", name="Ola Fjord")
        for view in ("cancel_registration", "hours", "personal_link", "scanned", "undo_check_in")
    },
    "audiences:uuid": _named("audiences.Audience", "uuid", name="Neighbours"),
    "audiences:key": _named("audiences.Audience", "pk", name="Neighbours"),
    **{
        f"audiences:{view}:uuid": _named("audiences.Rule", "uuid", audience__name="Neighbours")
        for view in ("change_rule", "remove_rule")
    },
    "partnerships:uuid": _named("partnerships.Partnership", "uuid", about="Bread for all."),
    "partnerships:remove_rating:uuid": _named("partnerships.Rating", "uuid"),
    "partnerships:key": _named("partnerships.Partnership", "pk", about="Bread for all."),
    "decisions:uuid": _named("decisions.Decision", "uuid", title="Which colour?"),
    "decisions:code": _named("decisions.Decision", "code", title="Which colour?"),
    "decisions:by_key:key": _named("decisions.Decision", "pk", title="Which colour?"),
    "decisions:proposal_by_key:key": _named("decisions.Proposal", "pk", title="Green"),
    **{
        f"decisions:{view}:uuid": _named("decisions.Proposal", "uuid", title="Green")
        for view in ("show_proposal", "hide_proposal", "name_proposer", "add_comment")
    },
    **{
        f"decisions:{view}:uuid": _named("decisions.Comment", "uuid", text="Like the old one.")
        for view in ("show_comment", "hide_comment", "change_comment", "remove_comment")
    },
    "needs:uuid": _named("needs.Need", "uuid", title="More benches"),
    "needs:key": _named("needs.Need", "pk", title="More benches"),
    **{
        f"needs:{view}:uuid": _named("needs.Evidence", "uuid", need__title="More benches")
        for view in ("change_evidence", "remove_evidence")
    },
    "needs:remove_score:key": _named("needs.Score", "pk", need__title="More benches"),
    **{
        f"needs:{view}:uuid": _named("needs.Cycle", "uuid", name="Benches")
        for view in ("cycle", "priorities_csv", "change_cycle", "close_cycle", "reopen_cycle", "remove_cycle")
    },
    "needs:cycle_by_key:key": _named("needs.Cycle", "pk"),
    **{
        f"needs:{view}:uuid": _named("needs.Session", "uuid", title="Bench talk")
        for view in ("session", "change_session", "remove_session")
    },
    "needs:session_by_key:key": _named("needs.Session", "pk"),
    "questionnaires:uuid": _named("questionnaires.Questionnaire", "uuid", name="Door survey"),
    "questionnaires:code": _named("questionnaires.Questionnaire", "code", name="Door survey"),
    "questionnaires:key": _named("questionnaires.Questionnaire", "pk", name="Door survey"),
    "questionnaires:name": lambda: "satisfied",
    "questionnaires:response_by_key:key": _named("questionnaires.Response", "pk"),
    **{
        f"questionnaires:{view}:uuid": _named(
            "questionnaires.Response", "uuid", questionnaire__name="Door survey"
        )
        for view in ("response", "remove_response")
    },
    "goals:uuid": _named("goals.Goal", "uuid"),
    "goals:key": _named("goals.Goal", "pk"),
    **{f"goals:{view}:uuid": _named("goals.LogicStep", "uuid") for view in ("change_step", "remove_step")},
    "goals:remove_arrow:uuid": _named("goals.LogicArrow", "uuid"),
    **{
        f"goals:{view}:uuid": _named("goals.Endorsement", "uuid", state="asked")
        for view in ("endorsement_link", "note_endorsement", "take_back_endorsement")
    },
    **{
        f"goals:{view}:uuid": _named("goals.Objective", "uuid")
        for view in (
            "objective",
            "change_objective",
            "agree_objective",
            "end_objective",
            "reopen_objective",
            "remove_objective",
        )
    },
    "goals:objective_by_key:key": _named("goals.Objective", "pk"),
    **{
        f"goals:{view}:uuid": _named("goals.Indicator", "uuid")
        for view in (
            "indicator",
            "change_indicator",
            "end_indicator",
            "reopen_indicator",
            "remove_indicator",
        )
    },
    "goals:indicator_source:uuid": _named("goals.Indicator", "uuid", source="people.reached"),
    "goals:indicator_by_key:key": _named("goals.Indicator", "pk"),
    "indicators:uuid": _named("indicators.Observation", "uuid"),
    "indicators:key": _named("indicators.Observation", "pk"),
    **{
        f"indicators:{view}:uuid": _named("goals.Indicator", "uuid", source="")
        for view in ("write", "ask", "count")
    },
    **{
        f"indicators:{view}:uuid": _named("indicators.Report", "uuid", answered_at=None)
        for view in ("report", "remove_report")
    },
    "indicators:report_by_key:key": _named("indicators.Report", "pk"),
    "projects:uuid": _named("projects.Project", "uuid"),
    "projects:key": _named("projects.Project", "pk"),
    "projects:public_opening:uuid": _named("projects.Opening", "uuid", is_public=True),
    "projects:part": lambda: "milestones",
    **{
        f"projects:{view}:uuid": _named("projects.Milestone", "uuid")
        for view in ("change_part", "remove_part", "finish_milestone")
    },
    **{
        f"projects:{view}:uuid": _named("projects.Contribution", "uuid", organisation__isnull=False)
        for view in ("change_contribution", "remove_contribution")
    },
    **{f"projects:{view}:uuid": _named("projects.Opening", "uuid") for view in ("opening", "apply")},
    **{
        f"projects:{view}:uuid": _named("projects.Placement", "uuid", state="matched")
        for view in ("move_placement", "change_placement", "follow_up", "remove_placement")
    },
    "desk:ref": lambda: f"goals.goal:{_named('goals.Goal', 'pk')()}",
    "campaigns:uuid": _named("campaigns.Campaign", "uuid", name="Bread news"),
    "campaigns:key": _named("campaigns.Campaign", "pk", name="Bread news"),
    "campaigns:at": lambda: 0,
    "campaigns:language": lambda: "es",
    "mail:uuid": _named("mail.Message", "uuid", recipient__gt=""),
    "mail:kind": lambda: "goals.endorsement",
    "mail:ask:key": _named("goals.Endorsement", "pk", state="asked"),
    "mail:key": _named("mail.Message", "pk", recipient__gt=""),
    **{
        f"mail:{view}:uuid": _named("mail.Suppression", "uuid")
        for view in ("suppression", "suppression_note", "lift")
    },
    "mail:suppression_by_key:key": _named("mail.Suppression", "pk"),
    "organisations:service_by_key:key": _named("organisations.Service", "pk"),
    "organisations:change_service:key": _named("organisations.Service", "pk"),
    "organisations:remove_service:key": _named("organisations.Service", "pk"),
    "organisations:exchange_by_key:key": _named("organisations.Exchange", "pk"),
    "organisations:change_exchange:uuid": _named("organisations.Exchange", "uuid"),
    "organisations:remove_exchange:uuid": _named("organisations.Exchange", "uuid"),
    "organisations:open_exchange:uuid": _named("organisations.Exchange", "uuid"),
    "organisations:pause_exchange:uuid": _named("organisations.Exchange", "uuid"),
    "organisations:end_exchange:uuid": _named("organisations.Exchange", "uuid"),
    "interactions:uuid": _named("interactions.Interaction", "uuid", text="Called about the flyers."),
    "interactions:key": _named("interactions.Interaction", "pk", visibility="team"),
    "interactions:step_by_key:key": _named("interactions.NextStep", "pk"),
    "interactions:ref": _reference,
    "interactions:secret": _feed_secret,
    **{
        f"interactions:{view}:uuid": _named("interactions.NextStep", "uuid", text="Bring the flyers")
        for view in ("step", "change_step", "finish_step", "reopen_step", "move_step", "remove_step")
    },
    **{
        f"interactions:{view}:uuid": _named(
            "interactions.MailProposal", "uuid", address="stranger@example.net"
        )
        for view in ("proposal", "link_proposal", "make_person", "nobody")
    },
    "desk:step": lambda: "name",
    ":key": lambda: "no-such-key",
    ":uidb36": lambda: "1",
    ":pk": lambda: 1,
}
for _part in parts():
    EXAMPLES |= _part.EXAMPLES


def example(name: str, arguments: list[str]) -> dict[str, Any]:
    """Values for an address's arguments. Raises KeyError when an argument has no example."""
    space, _, view = name.rpartition(":")
    found = {}
    for argument in arguments:
        make = EXAMPLES.get(f"{space}:{view}:{argument}") or EXAMPLES[f"{space}:{argument}"]
        found[argument] = make()
    return found


def path_of(name: str, arguments: list[str]) -> str:
    """The address of an example."""
    return reverse(name, kwargs=example(name, arguments))
