"""Files to import, the command line that takes them in, and a picture of what there is."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from barnraise.config.commands import main
from barnraise.plumbing.imports.models import Listing
from barnraise.plumbing.search.models import SearchDocument
from barnraise.who.organisations import documents as shapes
from barnraise.who.organisations.formats.irs_bmf import COLUMNS
from barnraise.who.organisations.models import Identifier, Organisation
from barnraise.who.organisations.selectors import documents


def command(capsys: Any, *arguments: object) -> dict[str, Any]:
    """What `barnraise … --json` answers; it must succeed."""
    capsys.readouterr()
    code = main([*map(str, arguments), "--json"])
    out = capsys.readouterr()
    assert code == 0, (out.out, out.err)
    return dict(json.loads(out.out))


def refused(capsys: Any, *arguments: object) -> dict[str, Any]:
    """What a refused command answers; it must exit with 1."""
    capsys.readouterr()
    code = main([*map(str, arguments), "--json"])
    out = capsys.readouterr().out
    assert code == 1, out
    return dict(json.loads(out))


def bmf_row(ein: str, name: str, **other: str) -> dict[str, str]:
    """A row of the register with usual values."""
    usual = dict.fromkeys(COLUMNS, "")
    usual |= {
        "STREET": "1 MAIN ST", "CITY": "CASPER", "STATE": "WY", "ZIP": "82601-0001", "GROUP": "0000", "SUBSECTION": "03",
        "FOUNDATION": "15", "STATUS": "01", "TAX_PERIOD": "202412", "NTEE_CD": "P20", "ASSET_AMT": "0", "INCOME_AMT": "100",
    }  # fmt: skip
    return {**usual, "EIN": ein, "NAME": name, **other}


def bmf(path: Path, *rows: dict[str, str]) -> Path:
    """A file of the register."""
    with path.open("w", newline="", encoding="utf-8") as out:
        sheet = csv.DictWriter(out, COLUMNS)
        sheet.writeheader()
        sheet.writerows(rows)
    return path


def tabbed(path: Path, member: str, rows: list[dict[str, str]]) -> Path:
    """A table of the charity register: tab text in a zip."""
    text = io.StringIO()
    text.write("\t".join(rows[0]) + "\r\n")
    for row in rows:
        text.write("\t".join(row.values()) + "\r\n")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, text.getvalue())
    return path


def everything() -> dict[str, Any]:
    """All that imports write about organisations, by natural key: documents, search and listings."""
    names = {}
    for key, name in Organisation.objects.values_list("pk", "name"):
        numbers = sorted(Identifier.objects.filter(organisation_id=key).values_list("scheme", "value"))
        names[key] = json.dumps([numbers or name])
    found = documents(list(names))
    return {
        "organisations": {names[key]: shapes.to_json(one) for key, one in found.items()},
        "search": sorted(
            (names[key], words)
            for key, words in SearchDocument.objects.filter(kind="organisations.organisation").values_list(
                "key", "words"
            )
        ),
        "listings": sorted(
            (source_key, names.get(key), bytes(mark).hex(), json.dumps(document, sort_keys=True))
            for source_key, key, mark, document in Listing.objects.values_list(
                "source_key", "key", "digest", "document"
            )
        ),
    }
