"""Of every address of the desk the example that has the most rows, and the public pages that links lead to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

LARGEST: dict[str, tuple[str, str, str]] = {
    # namespace: (whose page it is, what it holds many of, the key by which that hangs on it)
    "events": ("events.Event", "events.Registration", "event"),
    "campaigns": ("campaigns.Campaign", "campaigns.CampaignReader", "campaign"),
    "questionnaires": ("questionnaires.Questionnaire", "questionnaires.Response", "questionnaire"),
    "decisions": ("decisions.Decision", "decisions.Voice", "decision"),
    "goals": ("goals.Goal", "goals.Objective", "goal"),
    "needs": ("needs.Need", "needs.Evidence", "need"),
    "projects": ("projects.Project", "projects.Contribution", "project"),
    "partnerships": ("partnerships.Partnership", "partnerships.StageChange", "partnership"),
    "issues": ("issues.Issue", "issues.Answer", "issue"),
    "meetings": ("meetings.Meeting", "meetings.Attendance", "meeting"),
    "social": ("social.Message", "social.Variant", "message"),
    "network": ("network.Wave", "network.Member", "wave"),
    "roi": ("roi.Valuation", "roi.Outcome", "valuation"),
    "stories": ("stories.Story", "stories.StoryFigure", "story"),
    "playbooks": ("playbooks.Playbook", "playbooks.Installation", "playbook"),
    "people": ("people.Person", "interactions.InteractionPerson", "person"),
    "organisations": ("organisations.Organisation", "interactions.InteractionOrganisation", "organisation"),
}
OTHERS: dict[str, tuple[str, str, str]] = {
    # "namespace:view" of what else has a page of its own in that room
    "needs:cycle": ("needs.Cycle", "needs.Need", "cycle"),
    "needs:session": ("needs.Session", "needs.Session", "pk"),
    "projects:opening": ("projects.Opening", "projects.Placement", "opening"),
    "links:one": ("links.ShortLink", "links.Visits", "link"),
    "meetings:series": ("meetings.Series", "meetings.Meeting", "series"),
    "social:variant": ("social.Variant", "social.Reach", "variant"),
    "feedback:theme": ("feedback.Theme", "feedback.Mark", "theme"),
    "feedback:answer": ("feedback.Answer", "feedback.Comment", "answer"),
    "network:member": ("network.Member", "network.Tie", "giver"),
    "roi:outcome": ("roi.Outcome", "roi.Assumption", "outcome"),
    "recognition:mark": ("recognition.Mark", "recognition.Milestone", "mark"),
    "adaptation:review": ("adaptation.Review", "adaptation.Lesson", "review"),
    "adaptation:revision": ("adaptation.Revision", "adaptation.Move", "revision"),
    "goals:objective": ("goals.Objective", "goals.Indicator", "objective"),
    "consent:person": ("people.Person", "consent.Consent", "person"),
}


def largest(label: str, held: str, by: str) -> Any:
    """The row of `label` that most of `held` hang on; the oldest where none does."""
    from django.apps import apps
    from django.db.models import Count

    rows = apps.get_model(held)._default_manager.exclude(**{by: None}).values_list(by)
    found = rows.annotate(many=Count("pk")).order_by("-many", by).first()
    wanted = apps.get_model(label)._default_manager.order_by("pk")
    return wanted.get(pk=found[0]) if found else wanted[0]


def _set(examples: dict[str, Any], space: str, row: Any, view: str = "") -> None:
    for argument in ("uuid", "key", "code"):
        value = row.pk if argument == "key" else getattr(row, argument, None)
        name = f"{space}:{view}:{argument}" if view else f"{space}:{argument}"
        if value is not None and (view or name in examples):
            examples[name] = lambda value=value: value


def prepare() -> None:
    """Let the examples of the house tests be the largest ones of this database."""
    from barnraise.sowhat.indicators.models import Observation
    from tests.house import world

    for space, wanted in LARGEST.items():
        _set(world.EXAMPLES, space, largest(*wanted))
    for name, wanted in OTHERS.items():
        space, _, view = name.partition(":")
        row = largest(*wanted)
        if name in world.EXAMPLES:  # the argument is named so
            world.EXAMPLES[name] = lambda row=row: row.uuid
        else:
            _set(world.EXAMPLES, space, row, view)
    observation = Observation.objects.order_by("-row_count", "pk")[0]
    _set(world.EXAMPLES, "indicators", observation)
    _set(world.EXAMPLES, "goals", observation.indicator, "indicator")


def links() -> list[tuple[str, str]]:
    """(name, address) of a page behind a signed link of each purpose."""
    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.links.services import sign
    from barnraise.plumbing.mail.models import Message
    from barnraise.sowhat.indicators.models import Report
    from barnraise.what.events.models import Registration
    from barnraise.who.people.models import Person
    from barnraise.why.goals.models import Endorsement

    person = Person.objects.order_by("-pk")[0]
    who = {"who": str(Ref.to(person))}
    wanted = (
        ("indicators.report", Report.objects.filter(answered_at=None).last(), {}),
        ("goals.endorse", Endorsement.objects.filter(state="asked").last(), {}),
        ("events.place", Registration.objects.filter(event=largest(*LARGEST["events"])).first(), {}),
        ("consent.preferences", person, {}),
        ("questionnaires.answer", largest(*LARGEST["questionnaires"]), who),
        ("decisions.voice", largest(*LARGEST["decisions"]), who),
        ("mail.unsubscribe", Message.objects.filter(is_bulk=True).last(), {}),
    )
    found = []
    for purpose, row, data in wanted:
        if row is not None:
            address = sign(purpose, Ref.to(row), expires=timedelta(days=30), data=data)
            found.append((f"link {purpose}", urlsplit(address).path))
    return found


def paths() -> list[tuple[str, str]]:
    """(name, address) of every page a GET opens, with the largest examples and those of the house tests, and behind links."""
    from django.urls import reverse

    from tests.house.addresses import pages

    plain = [(one["name"], one["path"]) for one in pages(make_world=False)]
    prepare()
    large = [(one["name"], one["path"]) for one in pages(make_world=False)]
    found = [*large, *(one for one in plain if one not in large), *links()]
    found.append(("search", reverse("desk:search") + "?q=bread"))
    return [one for one in found if not one[0].startswith("bench")]
