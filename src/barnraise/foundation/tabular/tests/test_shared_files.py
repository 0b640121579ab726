"""Real files of other systems, where they lie beside the checkout, against the counts written down for them."""

from __future__ import annotations

import csv
import re

import pytest

from barnraise.foundation.tabular import UnreadableFile, header_signature, json_records, recognise_many, rows
from barnraise.foundation.tabular.repair import repair_text

from .making import only, read, shared, shared_folder, values

pytestmark = pytest.mark.shared

_COUNTED = re.compile(r"^(\d+)\+1 rows x (\d+) cols")
# Where the count written down is of lines, and a person sees another table: titles above the header, a
# second header row, no header, an unnamed and empty last column.
_SEEN: dict[str, tuple[int, int]] = {
    "messy/messytables_excel_pasting.csv": (16, 9),
    "messy/messytables_weird_head_padding.csv": (76, 10),
    "messy/tabulator_skip-rows-before-headers.csv": (2, 2),
    "people/salesforce/NPSP_Data_Import_Template.csv": (0, 67),
    "people/contacts_csv/roundcube_tb_plain.csv": (1, 37),
    "people/contacts_csv/tb_utf16_addressbook.csv": (1, 37),
    "people/contacts_csv/tb_csv_no_header.csv": (2, 4),
    "orgs/entity_resolution/charity-names.csv": (2286, 3),
    "surveys/responses/surveymonkey_star_wars.csv": (1186, 38),
    "surveys/responses/steak_risk.csv": (550, 15),
}


def _manifest() -> list[tuple[str, int, int]]:
    folder = shared_folder()
    if folder is None:
        return []
    found = []
    with (folder / "MANIFEST.csv").open(newline="", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            counted = _COUNTED.match(line["expected"])
            if counted and line["file"].startswith(("messy", "orgs", "people", "surveys", "participation")):
                seen = _SEEN.get(line["file"], (int(counted[1]), int(counted[2])))
                found.append((line["file"], *seen))
    return found


@pytest.mark.parametrize(("path", "count", "width"), _manifest())
def test_counts_of_the_manifest(path: str, count: int, width: int) -> None:
    table = only(shared(path))
    assert (len(values(shared(path), table)), table.choice.width) == (count, width)
    assert (table.row_count, table.row_count_is_exact) == (count, True)


@pytest.mark.parametrize(("month", "count"), [("03", 5930), ("04", 5985)])
def test_register_of_exempt_organisations(month: str, count: int) -> None:
    path = shared(f"orgs/irs_bmf/eo_wy.2026-{month}.csv")
    table = only(path)
    found = values(path, table)
    assert (len(found), table.choice.width) == (count, 28)
    assert table.names[0] == "EIN"
    eins = {line[0] for line in found}
    assert len(eins) == count
    assert sum(1 for ein in eins if ein.startswith("0")) == 35
    assert {len(ein) for ein in eins} == {9}
    other = only(shared("orgs/irs_bmf/eo_ct.2026-04.csv"))
    assert table.signature == other.signature == header_signature(table.names)
    assert other.row_count == 23422


def test_charity_register_in_an_archive() -> None:
    path = shared("orgs/ccew/publicextract.charity.zip")
    found = read(path)
    assert found.container == "zip"
    table = found.tables[0]
    assert (table.row_count, table.choice.width, table.choice.delimiter) == (572, 34, "\t")
    kept = [dict(zip(table.names, line, strict=True)) for line in values(path, table)]
    states = [line["charity_registration_status"] for line in kept]
    assert (states.count("Registered"), states.count("Removed")) == (397, 175)
    assert sum(1 for line in kept if line["linked_charity_number"] != "0") == 372


def test_help_line_with_cr_only_and_double_damage() -> None:
    path = shared("orgs/airs211/dc_211_without_people.csv")
    table = only(path)
    assert (table.line_ends, table.encoding_is_certain, table.choice.encoding) == ("cr", False, "mac_roman")
    kinds = [line[4] for line in values(path, table)]
    assert (len(kinds), kinds.count("Agency"), kinds.count("Program"), kinds.count("Site")) == (
        2132,
        494,
        1637,
        1,
    )
    offered = {notice.column: notice for notice in table.warnings if notice.code == "utf8_as_cp1252"}
    assert "Georgeâ€™s" in str(offered["CoverageArea"].before)
    assert "George’s" in str(offered["CoverageArea"].after)
    left = [
        cell for line in values(path, table) for cell in line if "â€" in repair_text(cell, "utf8_as_cp1252")
    ]
    assert left == []


def test_old_workbook_under_a_new_name() -> None:
    found = read(shared("surveys/xlsform/ifrc_distribution_site.xlsx"))
    assert found.container == "xls"
    assert [notice.code for notice in found.warnings] == ["name_differs"]
    assert [(table.name, table.row_count) for table in found.tables][:2] == [
        ("survey", 171),
        ("choices", 183),
    ]


def test_old_workbook_dates() -> None:
    path = shared("messy/messytables_simple.xls")
    assert values(path, only(path))[:2] == [("2011-01-01", "1", "Galway"), ("2011-01-02", "-1", "Galway")]


def test_header_on_line_five() -> None:
    table = only(shared("people/salesforce/NPSP_Data_Import_Template.csv"))
    assert (table.choice.header_row, table.choice.header_height) == (5, 2)
    assert table.names[1] == "Contact1 First Name"
    assert table.columns[1].tag == "NPSP__CONTACT1_FIRSTNAME__C"


def test_survey_with_two_header_rows() -> None:
    table = only(shared("surveys/responses/surveymonkey_star_wars.csv"))
    assert (table.choice.header_row, table.choice.header_height) == (1, 2)
    assert table.columns[1].name == "Have you seen any of the 6 films in the Star Wars franchise?"
    assert table.columns[4].group.startswith("Which of the following Star Wars films have you seen?")
    assert table.columns[4].name.endswith("Attack of the Clones")
    path = shared("surveys/responses/surveymonkey_star_wars.csv")
    seen = [line[1] for line in values(path, table)]
    assert (seen.count("Yes"), seen.count("No")) == (936, 250)


def test_mail_audience_headers() -> None:
    subscribed = only(shared("people/mailchimp/subscribed.csv"))
    unsubscribed = only(shared("people/mailchimp/unsubscribed.csv"))
    assert subscribed.names[0] == "Email Address"
    assert {"LEID", "EUID", "TAGS"} <= set(subscribed.names)
    assert "UNSUB_TIME" in unsubscribed.names
    assert subscribed.signature != unsubscribed.signature


def test_contacts() -> None:
    outlook = shared("people/contacts_csv/tine_importtest_outlook2013.csv")
    table = only(outlook)
    assert (table.choice.encoding, table.encoding_is_certain) == ("cp1252", False)
    assert table.names[8] == "Straße geschäftlich"
    wide = only(shared("people/contacts_csv/tb_utf16_addressbook.csv"))
    assert (wide.choice.encoding, wide.encoding_is_certain) == ("utf-16", True)
    assert only(shared("people/contacts_csv/tb_csv_semicolon.csv")).choice.delimiter == ";"


def test_merged_header_of_a_sheet() -> None:
    table = only(shared("messy/tabulator_multiline-headers.xlsx"))
    assert table.choice.header_height == 5
    assert table.names[:2] == ("Region", "Caloric contribution (%)")
    assert table.names[3] == "Cumulative impact of changes on cost of food basket from baseline (%)"


def test_service_directories() -> None:
    full = json_records(shared("orgs/hsds30/organization_full.json"))
    assert [record["name"] for record in full] == ["Example Organization Inc."]
    assert len(json_records(shared("orgs/oruk_mocks/default/organization_list.json"))) == 10
    assert len(read(shared("orgs/hsds30/tabular.json")).tables) == 21
    folder = shared("orgs/hsds30/csv")
    sources = [(path, path.name) for path in sorted(folder.glob("*.csv"))]
    sources.append((shared("orgs/hsds30/datapackage.json"), "datapackage.json"))
    named = {table.resource for one in recognise_many(sources) for table in one.tables}
    assert {"organization", "service", "location", "taxonomy_term"} <= named
    assert None not in named


def test_every_spectrum_file_reads_as_its_json() -> None:
    for path in sorted(shared("messy/csv-spectrum/csvs").glob("*.csv")):
        table = only(path)
        wanted = json_records(shared(f"messy/csv-spectrum/json/{path.stem}.json"))
        found = [dict(zip(table.names, row.values, strict=True)) for row in rows(path, table.choice)]
        # One of them was written with CRLF inside a cell and came to us with LF.
        told = [{key: str(value).replace("\r\n", "\n") for key, value in record.items()} for record in wanted]
        assert found == told, path.name


def test_every_table_file_is_read() -> None:
    folder = shared(".")
    refusals = []
    for path in sorted(folder.rglob("*")):
        if (
            path.suffix.lower() in {".csv", ".tsv", ".xlsx", ".xls", ".zip", ".json"}
            and "email" not in path.parts
        ):
            try:
                for table in read(path).tables:
                    assert sum(1 for _ in rows(path, table.choice)) == table.row_count
            except UnreadableFile as refusal:
                refusals.append((path.name, refusal.code))
    assert refusals == []
