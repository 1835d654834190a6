"""`duty-tui stats` and `breaches`: the numbers of the desk as text, JSON and CSV, the same in all three."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duty_tui.cli.breaches import CSV_COLUMNS as BREACH_COLUMNS
from duty_tui.cli.csv_text import csv_text
from duty_tui.cli.periods import period_of
from duty_tui.cli.record import PRACTICE
from duty_tui.cli.stats import CSV_COLUMNS
from duty_tui.desk.desk import Desk
from duty_tui.domain.period import Period
from duty_tui.errors import UsageError
from duty_tui.places import places
from duty_tui.store.keyfile import read_key
from duty_tui.store.sqlite import SqliteStore
from tests.cli.conftest import Run
from tests.desk.conftest import NOW, Hands, make_desk
from tests.past_desk import NOVEMBER, breaches, figures, seven

WHEN = ("--from", "2026-11-02", "--to", "2026-11-30", "--at", "2026-11-20T18:05")


@pytest.fixture
def behind(run: Run, home: Path) -> Iterator[Desk]:
    """The small desk with a past, on disk."""
    assert run("init").status == 0
    where = places()
    with SqliteStore(where.desk, read_key(where.key_file)) as store:
        desk = make_desk(store, hands := Hands())
        seven(desk, hands)
        yield desk


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_same_numbers_as_text_json_and_csv(behind: Desk, run: Run) -> None:
    wanted = figures(behind)
    told = run("stats", "--json", *WHEN).json
    assert (told["from"], told["to"], told["concerns"], told["notes"]) == ("2026-11-02", "2026-11-30", 7, [])
    assert told["as_of"] == "2026-11-20T18:05:00Z"
    table = rows(run("stats", "--csv", *WHEN).out)
    assert list(table[0]) == list(CSV_COLUMNS)
    flat = iter(table)
    for group, said in zip(wanted.groups, told["groups"], strict=True):
        assert (said["group"], said["heading"], said["note"]) == (group.key, group.heading, group.note or None)
        for figure, one in zip(group.figures, said["figures"], strict=True):
            line = next(flat)
            numbers = (figure.good, figure.of, figure.of - figure.good, figure.percent, figure.open, figure.unknown)
            keys = ("good", "of", "missed", "percent", "open", "not_known")
            expected: list[Any] = list(numbers) if figure.counts else [None] * len(keys)
            assert [one[key] for key in keys] == expected
            assert [line[key] for key in keys] == ["" if value is None else str(value) for value in expected]
            assert (line["group"], line["figure"], line["label"]) == (group.key, one["figure"], figure.label)
            assert (one["words"] or "", line["words"]) == (figure.words, figure.words)
    assert next(flat, None) is None


def test_as_text_every_line_fits_80_columns_and_reads_without_colour(behind: Desk, run: Run) -> None:
    lines = run("stats", *WHEN).lines
    assert lines[0] == "Mon 2 Nov to Sun 29 Nov 2026, as of Fri 20 Nov 2026 18:05; 7 concerns in the record"
    assert "STRATEGY DISCUSSIONS HELD IN TIME" in lines
    at = lines.index("  All                      ██░░░░░░░░     1 of 4  25 %")
    assert lines[at + 1].strip() == "2 open (1 not known), 1 closed before"
    assert "  Week of Mon 16 Nov 2026                   none" in lines
    assert "  The middle one           8 hours after the limit" in lines
    assert "  The adopted policies have no rule for this." in lines
    assert max(map(len, lines[1:])) <= 80
    assert not any("\x1b" in line for line in lines)


def test_figures_name_no_child_and_no_concern(behind: Desk, run: Run) -> None:
    for form in ((), ("--json",), ("--csv",)):
        out = run("stats", *form, *WHEN).out
        assert not re.search(r"Ash|Birch|Gorse|Amara|Kofi|\bC\d", out)


def test_the_breach_file_the_same_as_text_json_and_csv(behind: Desk, run: Run) -> None:
    wanted = breaches(behind).rows
    told = run("breaches", "--json", *WHEN).json
    table = rows(run("breaches", "--csv", *WHEN).out)
    assert len(wanted) == len(told) == len(table) == 7
    assert list(table[0]) == list(BREACH_COLUMNS)
    for row, one, line in zip(wanted, told, table, strict=True):
        wanted_words = [row.reference, row.name, row.late, row.rule]
        keys = ("reference", "name", "late", "rule")
        assert [one[key] for key in keys] == [line[key] for key in keys] == wanted_words
    gorse = told[1]
    assert gorse["missed"] == [
        {"clock": "two-working-days", "strength": "must", "due": "2026-11-06T00:00:00Z", "late": "11 working days"}
    ]
    assert table[1]["missed"] == "two-working-days (must), due end of Thu 5 Nov 2026, 11 working days late"
    assert (gorse["actual"], gorse["due_text"], gorse["told"]) == (None, "end of Wed 4 Nov 2026", [])
    lines = run("breaches", *WHEN).lines
    assert lines[0] == "Mon 2 Nov to Sun 29 Nov 2026, as of Fri 20 Nov 2026 18:05: 7 late"
    assert lines[1:3] == ["", "C2 Fir, Amara Fir: Hold the strategy discussion"]


def test_on_the_practice_desk_both_say_that_it_is_practice(run: Run) -> None:
    for command in ("stats", "breaches"):
        ended = run(command, "--json")
        assert (ended.status, ended.err.strip()) == (0, PRACTICE)
    told = run("breaches", "--json").json
    assert any(row["told"] and row["safety"] for row in told)
    people = [told_one for row in told for told_one in row["told"]]
    assert {"form", "who", "role", "submitted", "acknowledged", "acknowledged_by"} == set(people[0])


def test_what_makes_no_sense_is_refused(run: Run) -> None:
    for command in ("stats", "breaches"):
        assert run(command, "--json", "--csv").status == 2
        ended = run(command, "--from", "2026-11-02", "--to", "2026-11-02")
        assert (ended.status, "Nothing lies between 2026-11-02 and 2026-11-02" in ended.err) == (2, True)


def test_the_period_that_is_meant() -> None:
    usual = Period(date(2026, 8, 31), date(2026, 11, 23))
    assert period_of(None, None, NOW) == usual
    assert period_of(date(2026, 11, 2), None, NOW) == Period(date(2026, 11, 2), usual.end)
    assert period_of(None, date(2026, 11, 2), NOW) == Period(date(2026, 8, 10), date(2026, 11, 2))
    assert period_of(NOVEMBER.begin, NOVEMBER.end, NOW) == NOVEMBER
    with pytest.raises(UsageError):
        period_of(date(2026, 12, 1), None, NOW)


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("=1+1", "'=1+1"), ("+44", "'+44"), ("-5", "'-5"), ("@x", "'@x"), ("\t=x", "'"), (" =x", "' =x"),
        (True, "yes"), (False, "no"), (None, ""), (7, "7"), ("a\nb", '"a\nb"'), ('a "b", c', '"a ""b"", c"'),
    ],
)  # fmt: skip
def test_csv_is_rfc_4180_and_harmless_in_a_spreadsheet(cell: object, printed: str) -> None:
    text = csv_text(("x", "y"), [{"x": cell, "y": "z"}])
    head, _, line = text.partition("\r\n")
    assert head == "x,y"
    assert line.endswith(",z\r\n")
    assert line.startswith(printed)
    assert not text.startswith("\ufeff")
