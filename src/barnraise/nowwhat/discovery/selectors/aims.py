"""What partners are looked for: open needs and agreed goals, or one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from barnraise.foundation.refs import Ref
from barnraise.what.projects.models import Project
from barnraise.who.communities.models import Community
from barnraise.who.organisations.selectors.fields import stems
from barnraise.why.goals.models import Goal, Objective
from barnraise.why.needs.models import Need

from ..scoring import Aim

MOST_NEEDS, MOST_GOALS = 60, 40


@dataclass(frozen=True, slots=True)
class Wish:
    """Something needed: what it is, its title, all its words, the community it is for."""

    ref: Ref
    title: str
    text: str
    community: int | None = None

    def aim(self) -> Aim:
        """As it is weighed."""
        return Aim(str(self.ref), stems(self.text))


def wishes(for_: str = "") -> list[Wish]:
    """The thing that the typed reference names, else the newest open needs and the goals worked on. Two queries at most."""
    if for_:
        found = _one(for_)
        return [found] if found is not None else []
    needs = Need.objects.filter(end="").order_by("-updated_at", "-pk")[:MOST_NEEDS]
    goals = Goal.objects.filter(state__in=(Goal.State.DRAFT, Goal.State.AGREED)).order_by(
        "-updated_at", "-pk"
    )
    return [*map(_need, needs), *(_plain(one, one.name, one.about) for one in goals[:MOST_GOALS])]


def _one(text: str) -> Wish | None:
    try:
        ref = Ref.parse(text)
    except ValueError:
        return None
    models: dict[str, Any] = {
        "needs.need": Need,
        "goals.goal": Goal,
        "goals.objective": Objective,
        "projects.project": Project,
    }
    model = models.get(ref.kind)
    row = model._default_manager.filter(pk=ref.id).first() if model is not None else None
    if row is None:
        return None
    return _need(row) if isinstance(row, Need) else _plain(row, row.name, getattr(row, "about", ""))


def _need(row: Need) -> Wish:
    text = f"{row.title} {row.population} {row.causes} {row.about}"
    return Wish(Ref.to(row), row.title, text, row.community_id)


def _plain(row: Any, name: str, about: str) -> Wish:
    return Wish(Ref.to(row), name, f"{name} {about}")


def centres(keys: Sequence[int]) -> list[tuple[float, float]]:
    """Centres of these communities, as far as they are known. One query."""
    rows = Community.objects.filter(pk__in=set(keys), centre_lat__isnull=False, centre_lon__isnull=False)
    found = rows.order_by("pk").values_list("centre_lat", "centre_lon")
    return [(lat, lon) for lat, lon in found if lat is not None and lon is not None]
