"""Amounts in files are read however thousands are written, or asked about where two readings fit."""

from __future__ import annotations

import pytest

from barnraise.what.projects.models import Actual, BudgetLine
from barnraise.what.projects.services import add_part, add_project
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db
HEAD = "project,line,date,amount,note\n"


@pytest.fixture
def stoves(alice):
    """A budget line."""
    return add_part(add_project(by=alice, name="Kitchens"), "budget", name="Stoves", planned=100, by=alice)


@pytest.fixture
def spent(stoves, tmp_path, capsys):
    """`spent(who, amounts)`: taken in by this account, one row each; what stands there by row, and what was refused."""

    def take(by, *amounts):
        Actual.objects.all().delete()
        rows = "".join(f'Kitchens,Stoves,2025-01-01,"{one}",{at}\n' for at, one in enumerate(amounts, 2))
        file = write(tmp_path / "amounts.csv", HEAD + rows)
        done = command(capsys, "import", file, "--kind", "amounts", "--as", by.email)
        kept = {int(row.note): row.amount for row in Actual.objects.all()}
        return kept, {one["row"]: (one["column"], one["reason"]) for one in done["refused"]}

    return take


def in_language(account, code):
    """The account with this language."""
    account.language = code
    account.save()
    return account


@pytest.mark.parametrize("code", ["en", "es"])
def test_thousands_that_can_mean_one_thing_are_taken_in_any_language(alice, spent, code):
    written = ("4,000.25", "$4,000.25", "4.000,25", "1.234.567", "1 234,50", "45,50 €", "12.5", "1250")
    kept, refused = spent(in_language(alice, code), *written)
    assert refused == {}
    wanted = [400025, 400025, 400025, 123456700, 123450, 4550, 1250, 125000]
    assert kept == dict(enumerate(wanted, 2))


def test_what_can_mean_two_things_is_read_as_the_language_writes_it_or_asked_about(alice, spent):
    kept, refused = spent(in_language(alice, "en"), "4,000", "4.000")
    assert kept == {2: 400000}
    column, reason = refused[3]
    assert column == "amount"
    assert "“4.000” the last three digits can be thousands or decimals. Write 4000 if they are" in reason
    kept, refused = spent(in_language(alice, "es"), "4,000", "4.000")
    assert (kept, list(refused)) == ({2: 400000}, [3]), "the header was read in English before"


def test_in_spanish_a_point_parts_thousands(alice, spent):
    kept, refused = spent(in_language(alice, "es"), "4.000", "4,000", "cuatro")
    assert (kept, list(refused)) == ({2: 400000}, [3, 4])
    assert refused[4] == ("amount", "“cuatro” is not an amount. Write it like 4000.25.")


def test_a_later_file_that_is_written_the_other_way_is_read_so(alice, spent):
    assert spent(alice, "4,000.25", "7,500")[0] == {2: 400025, 3: 750000}
    assert spent(alice, "4.000,25", "7.500")[0] == {2: 400025, 3: 750000}


def test_budget_lines_come_with_thousands_too(stoves, alice, takes):
    done = takes("budget_lines", 'project,line,planned\nKitchens,Hall,"4,000.25"\nKitchens,Pans,"4.000,50"\n')
    assert (done["counts"], done["why"]) == ((2, 0), [])
    assert dict(BudgetLine.objects.values_list("name", "planned")) == {
        "Stoves": 100,
        "Hall": 400025,
        "Pans": 400050,
    }
