"""Every number on a page of the sample town walks back to the rows that made it, and they make it again."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Max, Min
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from barnraise.plumbing.ui.sockets import navigation
from tests.cast import CAST, PASSWORD

from .figures import Figure, Town, Wrong, amount, check, figures_on, twinless, unmarked, view_of, walk
from .test_policies import every_url
from .tree import Element, grown

pytestmark = pytest.mark.xdist_group("figures")
"""The town is walked once, in one process."""
UNMARKED = Path(__file__).parent / "numbers.toml"
PROVED = {
    "audiences:one",
    "campaigns:one",
    "consent:purpose",
    "desk:today",
    "events:door",
    "events:list",
    "events:one",
    "goals:indicator",
    "goals:list",
    "goals:objectives",
    "indicators:list",
    "indicators:observation",
    "needs:cycle",
    "needs:one",
    "needs:session",
    "partnerships:list",
    "projects:opening",
    "projects:project",
    "questionnaires:one",
    "questionnaires:results",
    "feedback:themes",
    "network:list",
    "network:one",
    "roi:list",
    "roi:one",
    "roi:outcome",
    "adaptation:experiments",
    "adaptation:lessons",
    "adaptation:moves",
    "adaptation:reviews",
    "adaptation:revisions",
    "campaigns:readers",
    "commitments:list",
    "decisions:list",
    "decisions:proposals",
    "discovery:list",
    "events:registrations",
    "feedback:answers",
    "feedback:list",
    "issues:list",
    "links:show",
    "meetings:list",
    "meetings:one",
    "meetings:series_list",
    "playbooks:list",
    "projects:contributions",
    "projects:placements",
    "questionnaires:responses",
    "recognition:list",
    "recognition:milestones",
    "recognition:statement",
    "reports:list",
    "reports:one",
    "roi:assumptions",
    "social:list",
    "stories:list",
    "stories:one",
}
"""Pages of the loop on which the sample town has figures: from every room, of some lists no more than their length."""


WEBSITE = {"feedback:public", "site:number", "stories:read", "wagtail_serve"}
"""Pages that everybody may read and that have figures; for the team these lead to their rows."""


def website() -> list[str]:
    """Every page of the website that is published in English, every public number, and what the website leads to at its foot."""
    if not settings.ENVIRONMENT.site:
        return []
    from wagtail.models import Page

    from barnraise.doors.site.models import PublicNumber

    pages = Page.objects.live().filter(locale__language_code="en", depth__gt=1).order_by("path")
    found = [
        "/en/",
        *(page.get_url() for page in pages),
        *(one.get_absolute_url() for one in PublicNumber.objects.all()),
    ]
    return list(dict.fromkeys([*found, reverse("stories:shelf"), reverse("feedback:public")]))


def in_spanish() -> list[tuple[str, str]]:
    """(page in Spanish, the same in English) of the website."""
    if not settings.ENVIRONMENT.site:
        return []
    from wagtail.models import Locale, Page

    found = []
    english = Locale.objects.get(language_code="en")
    for page in Page.objects.live().filter(locale__language_code="es", depth__gt=1).order_by("path"):
        twin = page.get_translation_or_none(english)
        if twin is not None and twin.live:
            found.append((page.get_url(), twin.get_url()))
    pages = [one for one in website() if one.startswith("/en/numbers/")]
    return [*found, *((one.replace("/en/", "/es/", 1), one) for one in pages)]


def begin() -> list[str]:
    """The website, and every page of the rail: nobody needs a link to it."""
    return [*website(), *(reverse(item.url_name) for item in navigation if item.floor in FLOORS)]


LOOKED_AT_TOO = {"events:door"}
"""Forms that show figures."""
FLOORS = {"today", "who", "why", "what", "sowhat", "nowwhat"}
MONTHS = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
EDITOR = ("wagtailadmin", "wagtailimages", "wagtaildocs", "simple_translation")
"""Wagtail's own pages, in which numbers are those of drafts and pictures."""
SAME_ROWS = {"at", "clear", "cursor", "export", "sort", "view"}
"""Parameters with which a list shows the rows of another address, in another order, from another place, or as a file."""


def _rated(weight: Decimal, divisor: Decimal) -> Callable[[Decimal, Decimal, Decimal], Decimal]:
    return lambda size, serious, effective: (size + weight * serious) * effective / divisor


HANLON = {"uic": _rated(Decimal(1), Decimal(3)), "double_seriousness": _rated(Decimal(2), Decimal(1))}
"""METHODS 2.1: (A + B) C / 3 and (A + 2B) C."""


def _ratings(rows: list[Element]) -> list[tuple[Decimal, ...]]:
    return [
        tuple(amount(row, name) or Decimal(0) for name in ("Size", "Seriousness", "Effectiveness"))
        for row in rows
    ]


def _of_means(variant: str) -> Callable[[list[Element]], Decimal]:
    def basic(rows: list[Element]) -> Decimal:
        given = _ratings(rows)
        size, serious, effective = (sum(one, Decimal(0)) / len(given) for one in zip(*given, strict=True))
        return HANLON[variant](size, serious, effective)

    return basic


def _of_one(variant: str, best: Callable[..., Decimal]) -> Callable[[list[Element]], Decimal]:
    return lambda rows: best(HANLON[variant](*given) for given in _ratings(rows))


def _progress(rows: list[Element]) -> Decimal:
    """METHODS 9.1, in whole percent."""
    baseline, target, latest = (
        amount(rows[0], name) or Decimal(0) for name in ("baseline", "target", "latest")
    )
    return ((latest - baseline) / (target - baseline)).quantize(Decimal("0.01"))


def _worth(case: str) -> Callable[[list[Element]], Decimal]:
    """METHODS 1.1: the present value of an outcome from the terms of a case."""

    def worth(rows: list[Element]) -> Decimal:
        term = {row.get("data-row"): amount(row, case) or Decimal(0) for row in rows}
        value = term["quantity"] * term["proxy"]
        for off in ("deadweight", "displacement", "attribution"):
            value *= 1 - term[off]
        total = Decimal(0)
        for year in range(int(term["duration"])):
            total += value / (1 + term["rate"]) ** (year + int(term["first"]))
            value *= 1 - term["dropoff"]
        return total

    return worth


def _ratio(what: str, case: str) -> Callable[[list[Element]], Decimal]:
    def ratio(rows: list[Element]) -> Decimal:
        told = {row.get("data-row"): amount(row, case) or Decimal(0) for row in rows}
        inputs, value = told["inputs"], told["value"]
        if what == "surplus":
            return value - inputs
        return inputs * 12 / told["first"] if what == "months" else value / inputs - (what == "net")

    return ratio


def _cost(less: str) -> Callable[[list[Element]], Decimal]:
    def cost(rows: list[Element]) -> Decimal:
        off = (amount(rows[0], less) or Decimal(0)) if less else Decimal(0)
        return (amount(rows[0], "Inputs") or Decimal(0)) / (
            (amount(rows[0], "How many") or Decimal(0)) * (1 - off)
        )

    return cost


CASES = {"low": "Low", "base": "Base", "high": "High"}
FORMULAS: dict[str, Callable[[list[Element]], Decimal]] = {
    "progress": _progress,
    **{f"sroi value {case}": _worth(title) for case, title in CASES.items()},
    **{
        f"sroi {what} {case}": _ratio(what, title)
        for what in ("gross", "net", "surplus", "months")
        for case, title in CASES.items()
    },
    "cost for one": _cost(""),
    "cost for one more": _cost("Deadweight"),
    **{f"hanlon {name}": _of_means(name) for name in HANLON},
    **{f"hanlon {name} lowest": _of_one(name, min) for name in HANLON},
    **{f"hanlon {name} highest": _of_one(name, max) for name in HANLON},
}
"""Formulas of METHODS.md, written down once more."""


@cache
def _forms() -> set[str]:
    """Views of forms: they are left out, for what stands in them is about to be written."""
    get_resolver().url_patterns  # noqa: B018 - lists plug themselves in when the addresses are read
    found = set()
    for name, part, _route in every_url():
        methods = getattr(part.callback, "allowed_methods", ())
        is_list = hasattr(part.callback, "list_page")
        if "POST" in methods and not is_list and name not in LOOKED_AT_TOO:
            found.add(name)
    return found


def skip(view: str, query: str) -> bool:
    """Forms, files, other orders of the same rows, the same rows as cards, and the gallery, whose numbers are invented."""
    names = {one.partition("=")[0] for one in query.split("&")}
    return view in _forms() or view.startswith(("ui:", *EDITOR)) or bool(names & SAME_ROWS)


@dataclass
class Walked:
    """What a coordinator met: pages, figures by view, those that their rows do not bear out, numbers without rows."""

    addresses: list[str]
    figures: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    wrong: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    story: dict[str, Any] = field(default_factory=dict)
    rail: set[str] = field(default_factory=set)
    website: list[str] = field(default_factory=list)
    spanish: Counter[str] = field(default_factory=Counter)
    twinless: list[str] = field(default_factory=list)

    def look_at_spanish(self, town: Town, there: str, here: str) -> None:
        """All figures of a page in Spanish are those of the same page in English, which were followed to their rows."""
        root = town.page(there)
        assert root is not None, there
        for one in figures_on(root, there):
            self.spanish[one.view] += 1
        self.twinless += twinless(town, there, here)

    def look(self, town: Town, address: str, known: set[tuple[Any, ...]]) -> None:
        """All figures of a page; the same figure is followed once."""
        root = town.page(address)
        assert root is not None
        for said in unmarked(root, address):
            self.numbers.setdefault(said, address)
        try:
            for one in figures_on(root, address):
                self.figures[one.view] += 1
                self.rules[one.rule] += 1
                self._follow(town, one, known)
        except Wrong as no:
            self.wrong.append(str(no))

    def _follow(self, town: Town, one: Figure, known: set[tuple[Any, ...]]) -> None:
        key = (one.rows, one.rule, one.of, one.value, one.shown)
        if key in known:
            return
        known.add(key)
        try:
            self.rows += check(town, one, FORMULAS)
        except Wrong as no:
            self.wrong.append(str(no))


def _story() -> dict[str, Any]:
    """What the town tells over two years, as numbers of what holds together."""
    from barnraise.sowhat.indicators.models import Observation
    from barnraise.what.events.models import Event, Registration
    from barnraise.what.projects.models import Project
    from barnraise.why.decisions.models import Decision
    from barnraise.why.goals.models import Goal, Indicator, Objective
    from barnraise.why.goals.selectors import CITABLE

    now = timezone.now()
    seen = Observation.objects.values("indicator").annotate(first=Min("begins_on"), last=Max("ends_on"))
    return {
        "events by quarter": sorted(
            {(row.starts_at.year, (row.starts_at.month - 1) // 3) for row in Event.objects.all()}
        ),
        "came before it was": Registration.objects.filter(came_at__gt=now).count()
        + Registration.objects.filter(came_at__isnull=False, event__starts_at__gt=now).count(),
        "events that serve a project": Event.objects.filter(cites__startswith="projects.project:").count(),
        "goals without a need": Goal.objects.exclude(citations__cited_kind__in=CITABLE).count(),
        "objectives without an indicator": Objective.objects.filter(indicators=None).count(),
        "projects without an objective": Project.objects.filter(objective=None).count(),
        "indicators without a path": Indicator.objects.filter(target_value=None).count(),
        "days that indicators tell": [(row["last"] - row["first"]).days for row in seen],
        "indicators that tell": (len(seen), Indicator.objects.count()),
        "settled and carried out by nothing": Decision.objects.filter(stage="decided", carried_by="").count(),
    }


_WALKED: list[Walked] = []


@pytest.fixture
def walked(db: None) -> Walked:
    """The sample town, walked by a coordinator; once for all tests of this file, for it takes its time."""
    from barnraise.config.sample_town import change_whole_town
    from barnraise.plumbing.accounts.models import Account

    if not _WALKED:
        change_whole_town("add")
        alice = Account.objects.create_user("alice@example.org", PASSWORD, name="Alice", role=CAST["alice"])
        client = Client()
        client.force_login(alice)
        town = Town(client)
        found = Walked(walk(town, begin(), skip=skip))
        known: set[tuple[Any, ...]] = set()
        for address in found.addresses:
            found.look(town, address, known)
        found.story, found.website = _story(), website()
        for there, here in in_spanish():
            found.look_at_spanish(town, there, here)
        found.rail = {item.url_name for item in navigation if item.floor in FLOORS and item.policy(alice)}
        _WALKED.append(found)
    return _WALKED[0]


@pytest.mark.slow(seconds=40)
def test_every_figure_is_what_its_rows_make(walked: Walked) -> None:
    assert walked.wrong == []
    assert walked.rows > 5000
    assert {"count", "sum", "mean", "last", "distinct", "difference", "formula"} <= set(walked.rules)


def test_every_room_of_the_loop_has_figures_that_were_followed(walked: Walked) -> None:
    assert PROVED - set(walked.figures) == set()


def test_every_page_of_the_rail_was_walked(walked: Walked) -> None:
    seen = {view_of(address) for address in walked.addresses}
    assert walked.rail - seen == set()


def test_every_page_of_the_website_was_walked_and_its_figures_followed(walked: Walked) -> None:
    if not settings.ENVIRONMENT.site:
        pytest.skip("The website is not installed.")
    assert len(walked.website) >= 10
    assert set(walked.website) - set(walked.addresses) == set()
    assert WEBSITE - set(walked.figures) == set()
    assert {"stories:read", "stories:shelf"} <= {view_of(address) for address in walked.addresses}


def test_the_spanish_pages_of_the_website_say_the_same_numbers(walked: Walked) -> None:
    if not settings.ENVIRONMENT.site:
        pytest.skip("The website is not installed.")
    assert walked.twinless == []
    assert {"wagtail_serve", "site:number"} <= set(walked.spanish)


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ('data-value="1200.5" href="/es/x/">1.200,5', False),
        ('data-value="1200.5" href="/es/x/">1.300', True),
        ('data-value="1300.5" href="/es/x/">1.300,5', True),
        ('data-value="1200.5" href="/es/y/">1.200,5', True),
    ],
)
def test_a_wrong_number_on_a_spanish_page_is_found(said: str, is_found: bool) -> None:
    page = '<main><a data-rule="sum" data-of="{}" {}</a></main>'
    here = grown(page.format("Value", 'data-value="1200.5" href="/en/x/">1,200.5'))
    town = Town(Client(), {"/en/": here, "/es/": grown(page.format("Valor", said))})
    assert bool(list(twinless(town, "/es/", "/en/"))) == is_found


def test_the_town_tells_two_years_from_need_to_number(walked: Walked) -> None:
    """One objective without an indicator and one project without an objective are there for the page Broken threads."""
    told = walked.story
    assert len(told["events by quarter"]) >= 8
    assert told["came before it was"] == 0
    assert told["events that serve a project"] >= 5
    assert told["goals without a need"] == 0
    assert told["objectives without an indicator"] == 1
    assert told["projects without an objective"] == 1
    assert told["indicators without a path"] == 0
    assert told["indicators that tell"][0] == told["indicators that tell"][1] >= 7
    assert min(told["days that indicators tell"]) >= 600
    assert told["settled and carried out by nothing"] == 0


def test_a_number_without_rows_has_a_reason(walked: Walked) -> None:
    """The list of exceptions only shrinks."""
    reasons = {pattern for part in tomllib.loads(UNMARKED.read_text()).values() for pattern in part}
    used: set[str] = set()
    bare = []
    for said, address in walked.numbers.items():
        told = MONTHS.sub("Month", said)
        fitting = {pattern for pattern in reasons if re.search(pattern, told)}
        used |= fitting
        if not fitting:
            bare.append(f"{told} ({address})")
    assert not bare, "\n".join(bare)
    if settings.ENVIRONMENT.site:  # some numbers stand on pages of the website only
        assert reasons - used == set()


PAGE = '<main><a href="/rows/#x" data-rule="{rule}" data-of="{of}" data-value="{value}">{shown}</a></main>'
ROWS = (
    '<main><section><h2 id="x">Rows</h2><ul><li data-row="7"><b data-label="Value">$1,200.50</b><time datetime="2026-01-02">'
    '</time></li><li data-row="8"><b data-label="Value">–</b></li><li data-row="7"><b data-label="Value">0.5</b></li></ul></section></main>'
)


@pytest.mark.parametrize(
    ("rule", "of", "value", "shown"),
    [
        ("count", "", "3", "3 rows"),
        ("distinct", "", "2", "2"),
        ("sum", "Value", "1201", "$1,201.00"),
        ("mean", "Value", "600.5", "600.5"),
        ("maximum", "Value", "1200.5", "1,200.5"),
        ("minimum", "Value", "0.5", "0.5"),
    ],
)
def test_a_figure_that_its_rows_do_not_bear_out_is_found(rule: str, of: str, value: str, shown: str) -> None:
    """The proof itself is proved: right figures pass, wrong values, wrong words and lost rows do not."""
    town = Town(Client(), {"/rows/": grown(ROWS)})

    def proved(page: str) -> int:
        (one,) = figures_on(grown(page), "/")
        return check(town, one, {})

    said = {"rule": rule, "of": of, "value": value, "shown": shown}
    assert proved(PAGE.format(**said)) == 3
    for change in ({"value": "4", "shown": "4"}, {"shown": "9"}, {"of": "Price", "rule": "sum"}):
        with pytest.raises(Wrong):
            proved(PAGE.format(**said | change))
    with pytest.raises(Wrong):
        proved(PAGE.replace("#x", "#gone").format(**said))
    with pytest.raises(Wrong):
        list(figures_on(grown(PAGE.replace('href="/rows/#x"', "").format(**said)), "/"))
