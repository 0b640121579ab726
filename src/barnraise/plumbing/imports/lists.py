"""The list of imports: everything ever given, newest first, each at the step where it stands."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import badge, data, when
from barnraise.plumbing.ui.lists import ChoiceFilter, Column, Empty, InstantFilter, ListPage

from . import policies, screens, selectors
from .models import Import
from .showing import counted

LOOKS: dict[str, tuple[Any, str]] = {
    Import.State.DONE: ("good", "check"),
    Import.State.FAILED: ("bad", "alert-circle"),
    Import.State.UNDONE: ("neutral", "arrow-back-up"),
    Import.State.CANCELLED: ("neutral", "ban"),
    Import.State.CHECKING: ("accent", "progress"),
    Import.State.RUNNING: ("accent", "progress"),
    Import.State.QUEUED: ("accent", "hourglass"),
}
NUMBERS = (
    ("created", _("New")),
    ("updated", _("Changed")),
    ("unchanged", _("Unchanged")),
    ("refused", _("Refused")),
)


def _state(row: Import) -> Safe:
    tone, icon = LOOKS.get(row.state, ("neutral", "circle-dashed"))
    return badge(row.get_state_display(), tone=tone, icon=icon)


def _by(row: Import) -> Any:
    return data(row.by) if row.by else _now("Command line")


def _number(name: str) -> Any:
    return lambda row: counted(getattr(row, name)) if row.finished_at else ""


imports = ListPage(
    name="imports",
    kind="imports.import",
    noun=_("import"),
    noun_plural=_("imports"),
    title=_("Imports"),
    policy=policies.may_see,
    rows=lambda actor: screens.imports(),
    default_sort="-id",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="imports:start",
    create_policy=policies.may_import,
    create_label=_("Take in a file"),
    empty=Empty(
        _("Nothing taken in yet"),
        _("Registers and spreadsheets you take in are listed here, with what came of them and their undo."),
        ((_("Take in a file"), "imports:start", policies.may_import),),
        icon="upload",
    ),
    columns=(
        Column("files", _("Files"), lambda row: data(selectors.titles_of(row)), selectors.titles_of),
        Column("state", _("State"), _state, lambda row: str(row.get_state_display()), sort="state"),
        Column("by", _("By"), _by, lambda row: str(row.by or "")),
        Column(
            "when",
            _("When"),
            lambda row: when(row.created_at),
            lambda row: row.created_at.isoformat(),
            sort="created_at",
        ),
        *(
            Column(name, title, _number(name), attrgetter(name), sort=name, is_numeric=True)
            for name, title in NUMBERS
        ),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Import.State.choices, field="state"),
        InstantFilter("given", _("Given"), field="created_at"),
    ),
)
