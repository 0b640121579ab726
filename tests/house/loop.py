"""What test_loop.py asks of every noun of the loop: where it stands in its thread, and what is told of it elsewhere."""

from __future__ import annotations

THREADS = {
    # kind of a noun of the loop: what stands one step upstream of some row of the world, and what downstream
    "adaptation.experiment": (("projects.project",), ()),
    "adaptation.lesson": (("adaptation.review",), ("interactions.nextstep",)),
    "adaptation.review": (("events.event", "projects.project"), ("adaptation.lesson",)),
    "adaptation.revision": (("goals.indicator", "projects.project"), ()),
    "audiences.audience": (("consent.purpose",), ("campaigns.campaign",)),
    "campaigns.campaign": (("audiences.audience", "projects.project"), ()),
    "commitments.commitment": (("meetings.meeting", "organisations.organisation", "projects.project"), ()),
    "consent.consent": (("indicators.observation",), ()),
    "consent.purpose": ((), ("audiences.audience",)),
    "decisions.decision": (("needs.need",), ("goals.goal",)),
    "decisions.proposal": (("decisions.decision",), ()),
    "discovery.candidate": (("organisations.organisation", "needs.need", "goals.goal"), ()),
    "events.event": (("projects.project",), ("adaptation.review", "indicators.observation")),
    "events.registration": (("events.event", "indicators.observation"), ()),
    "feedback.answer": (("feedback.comment",), ("projects.project",)),
    "feedback.comment": ((), ("feedback.answer", "feedback.theme")),
    "feedback.theme": (("feedback.comment",), ("feedback.answer",)),
    "goals.endorsement": (("goals.goal",), ()),
    "goals.goal": (("needs.need", "decisions.decision"), ("goals.objective", "playbooks.playbook")),
    "goals.indicator": (
        ("goals.objective",),
        ("indicators.observation", "recognition.mark", "recognition.milestone", "site.publicnumber"),
    ),
    "goals.objective": (("goals.goal",), ("goals.indicator", "projects.project")),
    "indicators.observation": (
        ("goals.indicator",),
        (
            "events.registration",
            "indicators.report",
            "interactions.interaction",
            "reports.report",
            "stories.story",
        ),
    ),
    "indicators.report": (("indicators.observation",), ()),
    "issues.issue": (("projects.project", "organisations.organisation"), ()),
    "links.shortlink": (("projects.project",), ()),
    "mail.message": (("campaigns.campaign", "events.event"), ()),
    "meetings.meeting": (("meetings.series", "projects.project"), ("commitments.commitment",)),
    "meetings.series": ((), ("meetings.meeting",)),
    "needs.cycle": ((), ("needs.need",)),
    "needs.need": (
        ("needs.cycle", "needs.session", "questionnaires.questionnaire"),
        ("decisions.decision", "goals.goal", "discovery.candidate"),
    ),
    "needs.session": ((), ("needs.need",)),
    "network.wave": (("organisations.organisation",), ()),
    "partnerships.partnership": (("organisations.organisation", "people.person"), ()),
    "playbooks.playbook": (("goals.goal", "projects.project"), ()),
    "projects.actual": (("projects.project",), ()),
    "projects.budgetline": (("projects.project",), ()),
    "projects.contribution": (("projects.project",), ()),
    "projects.milestone": (("projects.project",), ()),
    "projects.opening": (("projects.project",), ("projects.placement",)),
    "projects.placement": (("projects.opening", "projects.project"), ()),
    "projects.project": (
        ("goals.objective", "feedback.answer"),
        ("campaigns.campaign", "commitments.commitment", "events.event", "reports.report", "roi.valuation"),
    ),
    "questionnaires.questionnaire": ((), ("needs.need",)),
    "recognition.mark": (("goals.indicator",), ("recognition.milestone",)),
    "recognition.milestone": (("goals.indicator", "recognition.mark"), ()),
    "recognition.thanks": (("organisations.organisation",), ()),
    "reports.report": (("indicators.observation", "projects.project"), ()),
    "roi.outcome": (("roi.valuation", "goals.indicator"), ()),
    "roi.valuation": (("projects.project",), ("roi.outcome",)),
    "site.publicnumber": (("goals.indicator",), ()),
    "social.message": (("projects.project", "stories.story"), ("social.variant",)),
    "social.variant": (("social.message",), ()),
    "stories.story": (("indicators.observation", "projects.project"), ("social.message",)),
}


OWN_PAGE = set(THREADS) - {
    # parts, which stand on the page of what they are a part of
    "adaptation.lesson", "consent.consent", "decisions.proposal", "events.registration", "goals.endorsement", "indicators.report",
    "projects.actual", "projects.budgetline", "projects.contribution", "projects.milestone", "projects.placement",
    "site.publicnumber",
}  # fmt: skip


ONE_WAY = {
    # (from, to): why nothing leads back
    ("adaptation.revision", "goals.indicator"): "what a revision rests on is told at the revision",
    ("mail.message", "campaigns.campaign"): "a campaign's mails are its readers, listed on its page",
    (
        "indicators.observation",
        "roi.outcome",
    ): "an outcome walks back to its indicator, whose observations it counts",
    (
        "events.event",
        "indicators.observation",
    ): "an observation leads to whom it counts, and they to the event",
    ("feedback.theme", "feedback.answer"): "an answer walks back to its comments, and they to the theme",
    ("decisions.proposal", "decisions.decision"): "on the decision's page",
    ("goals.endorsement", "goals.goal"): "on the goal's page",
    ("events.registration", "events.event"): "on the event's page",
    ("meetings.attendance", "meetings.meeting"): "on the meeting's page",
    ("campaigns.campaignreader", "campaigns.campaign"): "on the campaign's page",
    **{
        (f"projects.{part}", "projects.project"): "on the project's page"
        for part in ("actual", "budgetline", "contribution", "milestone", "opening", "placement")
    },
}
WHOSE = {"organisations.organisation", "people.person"}
"""Whom something is about: their pages tell it in panels of their own."""


NOT_FOUND = {
    # kind of a noun of the loop that search does not name: by what it is found
    "adaptation.move": "its revision",
    "campaigns.campaignreader": "the person and the campaign",
    "communities.figure": "its measure and its community",
    "consent.consent": "the person and the purpose",
    "decisions.proposal": "its decision, whose document names it",
    "events.registration": "the person and the event",
    "goals.endorsement": "its organisation and its goal",
    "issues.answer": "its concern",
    "links.visits": "its short link",
    "mail.suppression": "the list of addresses, by address",
    "meetings.attendance": "its organisation and its meeting",
    "network.member": "its organisation and its wave",
    "projects.actual": "its budget line, and that by its project",
    "projects.budgetline": "its project, whose document names it",
    "projects.milestone": "its project, whose document names it",
    "questionnaires.response": "its questionnaire",
    "recognition.milestone": "its mark",
    "roi.outcome": "its valuation, whose document names it",
    "site.pagevisits": "its page",
    "social.socialaccount": "the list of accounts",
    "social.variant": "its message",
}
AROUND = {"accounts", "files", "imports", "jobs", "journal", "profile", "tags"}
"""Rooms that are no part of the loop."""


NO_TIMELINE = {
    # kind: where it is told what happened to it
    "adaptation.lesson": "at the review",
    "adaptation.move": "at the revision and the project",
    "campaigns.campaignreader": "at the campaign",
    "communities.figure": "at the community",
    "consent.consent": "append-only: it is what happened",
    "decisions.proposal": "at the decision",
    "events.registration": "at the event and the person",
    "goals.endorsement": "at the goal and the organisation",
    "indicators.report": "at the indicator",
    "interactions.mailproposal": "gone when it is answered",
    "issues.answer": "at the concern",
    "links.visits": "at the short link",
    "meetings.attendance": "at the meeting",
    "network.member": "at the wave",
    "organisations.exchange": "at the organisation",
    "organisations.service": "at the organisation",
    "projects.actual": "at the project",
    "projects.budgetline": "at the project",
    "projects.contribution": "at the project",
    "projects.milestone": "at the project",
    "projects.opening": "at the project",
    "projects.placement": "at the project",
    "questionnaires.response": "at the questionnaire",
    "roi.outcome": "at the valuation",
    **dict.fromkeys(
        ("site.contentpage", "site.homepage", "site.newslistpage", "site.newspage"),
        "in the website's editor, which keeps every version",
    ),
    "site.pagevisits": "they count, and nothing else",
    "site.publicnumber": "at the indicator",
}


CHECKS = {
    "goals.without_need": ("Goals without a need", "Goal on nothing"),
    "decisions.not_carried": ("Decisions that nothing carries out", "Decided for nobody"),
    "goals.without_indicator": ("Objectives without an indicator", "Objective on nothing"),
    "projects.without_objective": ("Projects without an objective", "Project on nothing"),
    "indicators.without_observation": ("Indicators without an observation", "Indicator on nothing"),
    "roi.costs_without_outcome": ("Costs without an outcome", "Project on nothing"),
    "adaptation.lessons": ("Lessons without a next step", "Tie it twice."),
    "stories.evidence": ("Stories without evidence", "Story without a figure"),
}
"""By check of the page: its title, and what hangs on nothing here."""

IN_WORDS = frozenset({"indicators.observation", "indicators.report"})
"""Kinds of which search knows only those that somebody wrote words about (a note, why it was restated), so not every row:
sowhat/indicators/tests/test_found.py finds them."""
