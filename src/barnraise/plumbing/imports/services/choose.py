"""What a person decides before an import runs: how files are read, format, mapping, series, likely duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused, require
from barnraise.foundation.tabular import Table, UnreadableFile, recognise

from ..judging import place_of
from ..mapping import MappingRefused, for_table, problems_of
from ..models import Finding, Import, RememberedMapping, Series
from ..notices import reason
from ..packing import packed
from ..policies import may_import
from ..reading import mapped_tables, sources
from ..sockets import FieldRefused, Noun, Source, formats, nouns
from ..suggestions import cells_of, reading_rules
from .give import Unreadable, recognise_again, settle

OPEN = frozenset({Import.State.GIVEN, Import.State.MAPPED, Import.State.CHECKED})
"""States in which an import may still be changed."""

CHOICES = frozenset({"encoding", "delimiter", "sheet", "header_row", "answers"})
LONGEST_ANSWER = 200


def opened(batch: Import, by: Any) -> Import:
    """The locked row of an import that may still be changed. Raises Refused otherwise."""
    if by is not None:
        require(may_import, by, batch, reason=_("Your role does not allow taking files in."))
    row = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if row.state in {Import.State.CHECKING, Import.State.RUNNING, Import.State.QUEUED}:
        raise Refused(_("Work on this import is going on; wait until it is done, or cancel it."))
    if row.state not in OPEN:
        raise Refused(_("This import is over. Give the files again to take them in once more."))
    return row


@transaction.atomic
def choose(*, batch: Import, position: int, choices: Mapping[str, Any], by: Any) -> Import:
    """Read the file at `position` (from 0) with these choices: encoding, delimiter, sheet, header_row, and answers to the
    questions of its format by name; others as recognised.

    Raises Unreadable when it cannot be read so, Refused for an answer that cannot be; then what was chosen before stays.
    Gives the fresh import.
    """
    row = opened(batch, by)
    wanted = {
        name: value for name, value in choices.items() if name in CHOICES and value not in (None, "", {})
    }
    given = row.files.select_related("file").get(position=position)
    reading = {name: wanted[name] for name in ("encoding", "delimiter", "header_row") if name in wanted}
    try:
        found = recognise(given.file.path, name=given.file.name, **reading)
        if "sheet" in wanted and not any(
            wanted["sheet"] in (t.name, t.resource, t.choice.entry) for t in found.tables
        ):
            raise UnreadableFile("no_such_table", table=str(wanted["sheet"]))
    except UnreadableFile as no:
        raise Unreadable.of(no) from no
    given.choices, given.recognition = wanted, packed(found)
    given.save(update_fields=["choices", "recognition"])
    recognise_again(row)
    if row.format and "answers" in wanted:
        _check_answers(row, sources(row)[position])
    return row


def _check_answers(batch: Import, source: Source) -> None:
    """Refuse answers that their questions do not take."""
    answers: Mapping[str, Any] = source.choices["answers"]
    for question in formats.get(batch.format).asks(source):
        text = answers.get(question.name, "")
        if not isinstance(text, str) or len(text) > LONGEST_ANSWER or "\x00" in text:
            raise Refused(_("%(title)s: write at most 200 characters.") % {"title": question.title})
        if text and question.check is not None:
            try:
                question.check(text)
            except FieldRefused as no:
                raise Refused(f"{question.title}: {reason(no.reason, no.details)}") from None


@transaction.atomic
def set_format(*, batch: Import, format_name: str, by: Any) -> Import:
    """Read the files as this format, or with "" by mapping. Raises Refused for one that does not know these files."""
    row = opened(batch, by)
    given = sources(row)
    if format_name:
        plug = formats.find(format_name)
        if plug is None or plug.recognises(given) <= 0:
            raise Refused(_("These files are not of that format."))
    row.format = format_name
    settle(row, given)
    return row


@transaction.atomic
def set_noun(*, batch: Import, noun: str, by: Any) -> Import:
    """Say what the rows become; columns are then mapped anew. Raises Refused for a noun that takes nothing in."""
    row = opened(batch, by)
    if nouns.find(noun) is None:
        raise Refused(_("Rows cannot become that."))
    if (row.format, row.noun) != ("", noun):
        row.format, row.noun, row.mapping, row.series = "", noun, {}, None
        row.save(update_fields=["series"])
        settle(row, sources(row))
    return row


@transaction.atomic
def set_mapping(*, batch: Import, mapping: Mapping[str, Any], by: Any, noun: str = "") -> Import:
    """Take the files in by this mapping, and remember it for columns like these. Raises MappingRefused."""
    row = opened(batch, by)
    row.noun = noun or row.noun
    plug = nouns.get(row.noun)
    given = sources(row)
    tables = mapped_tables(given)
    if wrong := problems_of(mapping, [(label, table.names) for label, _source, table in tables], plug):
        raise MappingRefused(wrong)
    row.format, row.mapping = "", dict(mapping)
    settle(row, given)
    for _label, _source, table in tables:
        RememberedMapping.objects.update_or_create(
            signature=table.signature,
            noun=row.noun,
            defaults={
                "mapping": _worth_keeping(row.mapping, table, plug),
                "by": by if getattr(by, "pk", None) else None,
                "used_at": timezone.now(),
            },
        )
    return row


def _worth_keeping(mapping: Mapping[str, Any], table: Table, noun: Noun) -> dict[str, Any]:
    """What a mapping says of a table, without guesses at how to read columns in which nothing stood."""
    kept = for_table(mapping, table.names)
    fields = {field.name: field for field in noun.fields}
    rules = {}
    for name, rule in kept["columns"].items():
        field = fields.get(rule.get("field", ""))
        is_blank = field is not None and not cells_of(table, table.names.index(name))
        style = rule.get("style", "point")
        guessed = reading_rules(field, (), style=style) if field is not None and is_blank else {}
        rules[name] = {key: value for key, value in rule.items() if guessed.get(key) != value}
    return {**kept, "columns": rules}


@transaction.atomic
def set_series(*, batch: Import, series: Series | None, is_new: bool, by: Any) -> Import:
    """Say of what this is an edition; `is_new`: of nothing taken in before; neither: found by its records again."""
    row = opened(batch, by)
    if series is not None and series.noun != row.noun:
        raise Refused(_("That is a source of other records."))
    row.series, row.wants_new_series = (None if is_new else series), is_new
    row.state = Import.State.MAPPED if row.state == Import.State.CHECKED else row.state
    row.save(update_fields=["series", "wants_new_series", "state", "updated_at"])
    return row


@transaction.atomic
def decide(*, batch: Import, row: int, table: str, choice: int | str | None, by: Any) -> Import:
    """Of a likely duplicate: the key of the record it is, "new" for one of its own, None to leave it open (then it is new).

    `row` and `table` are those of its findings.
    """
    opened_row = opened(batch, by)
    decisions, place = dict(opened_row.decisions), place_of(table, row)
    if choice is None:
        decisions.pop(place, None)
    elif choice == "new":
        decisions[place] = "new"
    else:
        offered = opened_row.findings.filter(phase=Finding.Phase.DRY, kind=Finding.Kind.MATCH, key=choice)
        if not offered.filter(row=row, table=table).exists():
            raise Refused(_("Choose one of the records that were offered for this row."))
        decisions[place] = int(choice)
    opened_row.decisions = decisions
    opened_row.save(update_fields=["decisions", "updated_at"])
    return opened_row
