from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from duty_tui.cli.columns import width
from duty_tui.cli.queue import CSV_COLUMNS
from tests.cli.conftest import Run

AT = ("--at", "2026-11-20T18:30")

#: The shape docs/commands.md promises: every key, and what it may hold.
SHAPE = {
    "concern": str,
    "reference": str,
    "place": int,
    "urgency": dict,
    "overdue": bool,
    "due": str | None,
    "due_text": str,
    "time_left": str,
    "deadline": str,
    "next_step": str,
    "family": str,
    "children": int,
    "ages": list,
    "source": str,
    "headline": str,
    "stage": str,
    "owner": str | None,
    "received": str,
    "provisional": bool,
    "restricted": bool,
}


def test_json_has_the_promised_shape_and_order(desk: Run) -> None:
    found = desk("queue", "--json", *AT).json
    assert [item["place"] for item in found] == [1, 2, 3]
    for item in found:
        assert list(item) == list(SHAPE)
        assert all(isinstance(item[key], kind) for key, kind in SHAPE.items())
        assert list(item["urgency"]) == ["rank", "label", "certain"]


def test_json_says_what_is_due_and_where_it_stands(desk: Run) -> None:
    by_family = {item["family"]: item for item in desk("queue", "--json", *AT).json}
    amara = by_family["Okafor"]
    assert amara["urgency"] == {"rank": 1, "label": "same day", "certain": True}
    assert amara["due"] == "2026-11-21T00:00:00Z"
    assert amara["due_text"] == "end of Fri 20 Nov 2026"
    assert amara["time_left"] == "5h 30m"
    assert amara["overdue"] is False
    assert amara["ages"] == ["4y"]
    assert amara["owner"] == "Ann Osei"
    assert amara["received"] == "2026-11-20T18:00:00Z"
    assert amara["headline"] == "Bruise on the arm"
    jay = by_family["O'Neill [Jay]"]
    assert (jay["overdue"], jay["urgency"]["certain"], jay["place"]) == (True, False, 1)


def test_another_time_makes_another_queue(desk: Run) -> None:
    before = desk("queue", "--json", *AT).json
    after = desk("queue", "--json", "--at", "2026-11-21T00:00").json
    assert [item["overdue"] for item in before] == [True, True, False]
    assert [item["overdue"] for item in after] == [True, True, True]


def test_text_is_one_line_a_concern_and_fits_a_pipe(desk: Run) -> None:
    lines = desk("queue", *AT).lines
    assert lines[0].startswith("Fri 20 Nov 2026 18:30: 3 open, 2 overdue")
    assert len(lines) == 2 + 3
    assert all(width(line) <= 80 for line in lines)
    assert "LATE" in lines[2]
    assert "O'Neill" in lines[2]
    assert "none" in lines[2]
    assert "AO" in "\n".join(lines)


def test_a_wider_terminal_shows_more(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert "O'Neill [Jay]" in desk("queue", *AT).out


def test_csv_disarms_what_a_spreadsheet_would_calculate(desk: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(desk("queue", "--csv", *AT).out)))
    assert list(rows[0]) == list(CSV_COLUMNS)
    armed = next(row for row in rows if "cmd" in row["family"])
    assert armed["family"] == "'=cmd()"
    assert armed["headline"] == "'+44 said the caller"
    assert {row["certain"] for row in rows} == {"yes", "no"}
    assert armed["owner"] == ""


def test_views_and_words_narrow_the_queue(desk: Run) -> None:
    assert len(desk("queue", "--json", "--view", "unowned").json) == 2
    assert len(desk("queue", "--json", "--view", "overdue", *AT).json) == 2
    assert desk("queue", "--json", "--view", "mine").json == []
    assert [item["family"] for item in desk("queue", "--json", "--find", "BRUISE arm").json] == ["Okafor"]
    assert desk("queue", "--find", "zebra").lines[-1] == "No open concern is in this view."


def test_mine_is_what_the_person_in_the_settings_owns(desk: Run, home: Path) -> None:
    (home / "config" / "settings.toml").write_text('name = "Ann Osei"\n')
    assert [item["family"] for item in desk("queue", "--json", "--view", "mine").json] == ["Okafor"]


def test_an_unknown_view_is_refused_with_the_nearest(desk: Run) -> None:
    ended = desk("queue", "--view", "overdu")
    assert (ended.status, ended.out) == (2, "")
    assert "did you mean overdue?" in ended.err
    assert "all, mine, unowned, today, overdue" in desk("queue", "--view", "xyz").err


def test_two_formats_at_once_are_refused(desk: Run) -> None:
    assert desk("queue", "--json", "--csv").status == 2


def test_an_empty_queue_is_said(run: Run) -> None:
    run("init")
    assert run("queue").lines[-1] == "No concern is open."
    assert run("queue", "--json").json == []


def test_practice_is_said_first(run: Run) -> None:
    text = run("queue")
    assert text.lines[0].startswith("PRACTICE")
    data = run("queue", "--json")
    assert data.err.startswith("PRACTICE")
    assert len(data.json) > 12


def test_without_a_command_and_without_a_terminal_the_queue_is_printed(run: Run) -> None:
    ended = run()
    assert ended.status == 0
    assert ended.lines[0].startswith("PRACTICE")


def test_rows_kept_under_other_policies_are_made_anew(desk: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duty_tui.desk.rows_key.VERSION", 0)
    before = desk("queue", "--json", *AT).out
    monkeypatch.undo()
    monkeypatch.setenv("DUTY_TUI_HOME", str(home))
    assert desk("queue", "--json", *AT).out == before


def test_a_record_that_can_only_be_read_is_shown_as_it_was(
    desk: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duty_tui.desk.rows_key.VERSION", 0)
    monkeypatch.setattr("duty_tui.store.place.may_write", lambda _path: False)
    ended = desk("queue", "--json", *AT)
    assert len(ended.json) == 3
    assert "earlier order" in ended.err


def started(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-m", "duty_tui", *arguments],
        env={**os.environ, "DUTY_TUI_HOME": str(home), "PYTHONPATH": str(root), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_names_of_every_script_are_printed_whatever_the_locale(home: Path) -> None:
    ended = started(home, "queue", LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ended.returncode == 0, ended.stderr
    assert "王" in ended.stdout.decode("utf-8")
    assert "حداد" in ended.stdout.decode("utf-8")


@pytest.mark.parametrize("arguments", [("queue", "--json"), ("workday", "2026-12-24", "3")], ids=["much", "little"])
def test_a_reader_who_goes_away_ends_it_quietly(desk: Run, home: Path, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        root = Path(__file__).parents[2]
        ended = subprocess.run(
            [sys.executable, "-m", "duty_tui", *arguments],
            # Buffered, whatever the environment says: what is little is written when the program ends.
            env={**os.environ, "DUTY_TUI_HOME": str(home), "PYTHONPATH": str(root), "PYTHONUNBUFFERED": ""},
            stdin=subprocess.DEVNULL,
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert ended.stderr == b""


def test_two_first_starts_at_once_both_show_the_practice_desk(home: Path) -> None:
    root = Path(__file__).parents[2]
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "duty_tui", "queue", "--json"],
            env={**os.environ, "DUTY_TUI_HOME": str(home), "PYTHONPATH": str(root)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    ended = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0], ended
    first, second = (json.loads(out) for out, _ in ended)
    assert [item["concern"] for item in first] == [item["concern"] for item in second]
    (kept,) = (home / "data" / "practice").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
