"""What the pages of an import say of organisations."""

from __future__ import annotations

import re

import pytest

from barnraise.plumbing.imports.models import Import

from .importing import bmf, bmf_row, command

pytestmark = pytest.mark.django_db


def test_money_before_and_after_stands_as_people_write_it(tmp_path, capsys, logged_in, alice):
    command(capsys, "import", bmf(tmp_path / "march.csv", bmf_row("012345678", "Oak", INCOME_AMT="281502")))
    command(capsys, "import", bmf(tmp_path / "april.csv", bmf_row("012345678", "Oak", INCOME_AMT="290394")))
    batch = Import.objects.latest("pk")
    page = logged_in(alice).get(f"/imports/{batch.uuid}/?show=changed").content.decode()
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Yearly income 281,502.00 → 290,394.00" in said
    assert "INCOME AMT 281502 → 290394" in said


def test_the_preview_names_fields_and_says_codes_and_days_in_words(tmp_path, capsys, logged_in, alice):
    file = tmp_path / "a.csv"
    file.write_text("Name,Size,Date closed\nOak,12,2021-03-04\n")
    found = command(capsys, "import", file, "--dry-run")
    page = logged_in(alice).get(f"/imports/{Import.objects.get(pk=found['import']).uuid}/preview/")
    said = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    said = said[said.index("Status") :][:60]
    assert said.startswith("Status Closed Closed on March 4, 2021 Size 10 to 49")
