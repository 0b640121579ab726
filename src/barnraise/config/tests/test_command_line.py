"""The whole command line: usage, exit codes, answers for programs, settings that are wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from .houses import House, Inside

pytestmark = pytest.mark.xdist_group("command line")
"""What is built for the whole file is built in one process."""
REGISTER = "name,kind,city\nOak Hill Library,public body,Riverbend\nMill Bakery,business,Riverbend\n"


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """A prepared house with two organisations, only read from by these tests."""
    folder = tmp_path_factory.mktemp("settled")
    made = House(folder / "data")
    made.prepare()
    (folder / "register.csv").write_text(REGISTER)
    yield made
    made.remove()


def test_help_names_every_subcommand_without_loading_django(settled):
    code = "import sys; from barnraise.config.commands import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    told = subprocess.run(
        [sys.executable, "-c", code + "print('django.db' in sys.modules)"],
        capture_output=True, text=True, check=True, env=settled.env,
    ).stdout  # fmt: skip
    for name in [
        "up",
        "worker",
        "import",
        "imports",
        "export",
        "user",
        "token",
        "backup",
        "restore",
        "doctor",
        "sample",
    ]:
        assert f"\n    {name} " in told
    assert told.endswith("False\n")


@pytest.mark.parametrize(
    "words",
    [
        (), ("fly",), ("sample",), ("sample", "keep"), ("export", "meals"), ("import",), ("backup",),
        ("restore",), ("imports",), ("imports", "forget"), ("imports", "show"), ("doctor", "--loud"),
        ("export", "organisations", "--format", "xml"), ("up", "--port", "http"), ("import", "x", "--date-order", "y"),
    ],
)  # fmt: skip
def test_wrong_usage_is_2_and_says_how(settled, words):
    wrong = settled.run(*words)
    assert (wrong.returncode, wrong.stdout, wrong.stderr[:16]) == (2, "", "usage: barnraise")


def test_data_that_answers_is_json_and_quiet_in_a_pipe(settled, tmp_path):
    register = str(settled.data.parent / "register.csv")
    said = settled.run("import", register, "--kind", "organisations", "--json")
    assert (said.returncode, said.stderr) == (0, "")
    taken = json.loads(said.stdout)
    expected = {"rows": 2, "created": {"organisations": 2}, "unchanged": 0, "refused": [], "gone": 0}
    assert {name: taken[name] for name in expected} == expected
    number = str(taken["import"])
    for words, key in [
        (("imports", "list"), "imports"),
        (("imports", "show", number), "refused"),
        (("doctor",), "findings"),
        (("backup", str(tmp_path / "all.zip")), "bytes"),
        (("export", "organisations", "--format", "json", "-o", str(tmp_path / "o.json")), "rows"),
    ]:
        done = settled.run(*words, "--json")
        assert done.stderr == "", words
        assert key in json.loads(done.stdout), words
    plain = settled.run("export", "organisations", "--format", "csv")
    assert (plain.returncode, plain.stderr, plain.stdout.count("\n")) == (0, "", 3)
    told = settled.run("export", "organisations", "--json")
    assert sorted(row["name"] for row in json.loads(told.stdout)) == ["Mill Bakery", "Oak Hill Library"]
    wrong = settled.run("export", "organisations", "--format", "csv", "--json")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    names = [row["name"] for row in json.loads((tmp_path / "o.json").read_text())]
    assert sorted(names) == ["Mill Bakery", "Oak Hill Library"]
    undone = settled.answer("imports", "undo", number)
    assert (undone["undone"], undone["kept"]) == (2, [])
    assert settled.read("select count(*) from organisations_organisation") == 0


def test_refusals_are_1_in_words_or_json(db):
    inside = Inside()
    for words, part in [
        (("import", "/nowhere/register.csv"), "/nowhere/register.csv cannot be opened"),
        (("imports", "show", "999999"), "There is no import 999999."),
        (("imports", "undo", "no-such-uuid"), "There is no import no-such-uuid."),
        (("restore", "/nowhere/all.zip"), "/nowhere/all.zip"),
        (("backup", "/nowhere/all.zip"), "/nowhere"),
        (("export", "organisations", "-o", "/nowhere/o.csv"), "/nowhere/o.csv cannot be written"),
    ]:
        plain = inside.run(*words)
        assert (plain.returncode, plain.stdout, part in plain.stderr) == (1, "", True), plain.stderr
        told = inside.run(*words, "--json")
        assert (told.returncode, told.stderr) == (1, "")
        found = json.loads(told.stdout)
        assert set(found) == {"error", "mend", "errors"}
        assert part in found["error"]


def test_a_reader_that_goes_away_is_no_failure_to_cry_about(settled):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "barnraise", "export", "organisations"],
        stdout=writer, stderr=subprocess.PIPE, text=True, env=settled.env, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_data_folder_may_stand_before_or_after_the_last_word(settled, tmp_path):
    for words in [
        ("imports", "--data", str(settled.data), "list"),
        ("imports", "list", "--data", str(settled.data)),
    ]:
        done = settled.run(*words, BARNRAISE_DATA=str(tmp_path / "other"))
        assert done.returncode == 0, done.stderr
    assert not (tmp_path / "other").exists()


def test_a_house_that_was_never_started_is_refused(house):
    for words in [
        ("user", "add", "a@example.org", "--role", "admin"),
        ("sample", "add"),
        ("imports", "list"),
    ]:
        refused = house.run(*words)
        assert refused.returncode == 1
        assert refused.stderr.splitlines() == [
            "The database is not set up for this version yet.",
            "Run `barnraise up` once, or `barnraise worker`, which both prepare it.",
        ]


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("BARNRAISE_URL", "barn.example.org", "write it like https://barnraise.example.org, without a path"),
        ("BARNRAISE_URL", "https://barn.example.org/desk", "without a path"),
        ("BARNRAISE_WEB_WORKERS", "0", "greater than or equal to 1"),
        ("BARNRAISE_TRUSTED_PROXIES", "yes", "integer"),
        ("BARNRAISE_UPLOAD_LIMIT_MB", "9999", "less than or equal to 4096"),
        ("BARNRAISE_LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("BARNRAISE_TILE_URL", "https://tiles.example.org", "it needs {z}, {x} and {y}"),
        ("DATABASE_URL", "mysql://me@host/name", "postgresql://"),
        ("EMAIL_URL", "imap://mail.example.org", "smtp"),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_mend(house, name, value, mend):
    refused = house.run("imports", "list", **{name: value})
    assert (refused.returncode, refused.stdout) == (1, "")
    lines = refused.stderr.splitlines()
    assert len(lines) <= 3, refused.stderr
    (line,) = [line for line in lines if name in line]
    assert mend in line
    assert "docs/operate/settings.md" in lines[-1]


def test_unknown_settings_are_refused_with_the_name_that_was_meant(house):
    house.data.mkdir()
    (house.data / "barnraise.env").write_text("BARNRAISE_WEBWORKERS=2\nBARNRAISE_COLOUR=red\n")
    refused = house.run("imports", "list")
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "Some settings are wrong.",
        "  BARNRAISE_WEBWORKERS: there is no such setting; did you mean BARNRAISE_WEB_WORKERS?",
        "  BARNRAISE_COLOUR: there is no such setting; remove the line.",
        "Every setting is described in docs/operate/settings.md.",
    ]
    assert sorted(entry.name for entry in house.data.iterdir()) == ["barnraise.env"]


def test_a_data_folder_that_cannot_be_made_is_said(house):
    refused = house.run("imports", "list", BARNRAISE_DATA="/proc/nowhere")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 2)
    assert refused.stderr.startswith("The data folder cannot be used: ")
