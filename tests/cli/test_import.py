from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from duty_tui.cli import importing
from duty_tui.cli.progress import Progress
from tests.cli.conftest import TABLE, Run

COUNTS = ["referrals", "children", "added", "open", "already", "duplicates"]
HEADINGS = "reference,received,child name,date of birth,UPN,case number"


def counts(lines: list[str]) -> dict[str, int]:
    return {name: int(number) for name, number in (line.split() for line in lines)}


def test_counts_are_data_and_the_rest_is_narration(run: Run) -> None:
    run("init")
    ended = run("import", "-", text=TABLE)
    assert list(counts(ended.lines)) == COUNTS
    assert counts(ended.lines) == {
        "referrals": 3, "children": 3, "added": 3, "open": 3, "already": 0, "duplicates": 0
    }  # fmt: skip
    assert "standard input: table, 3 referrals." in ended.err
    assert "3 added" in ended.err


def test_a_second_import_adds_nothing(desk: Run, tmp_path: Path) -> None:
    ended = desk("import", tmp_path / "referrals.csv")
    assert counts(ended.lines)["added"] == 0
    assert counts(ended.lines)["already"] == 3
    assert len(desk("queue", "--json").json) == 3


def test_a_dry_run_records_nothing(run: Run) -> None:
    run("init")
    ended = run("import", "-", "--dry-run", "--json", text=TABLE)
    assert ended.json["added"] == 3
    assert ended.json["dry_run"] is True
    assert "nothing was recorded" in ended.err
    assert run("queue", "--json").json == []


def test_json_has_the_promised_shape(run: Run) -> None:
    run("init")
    found = run("import", "-", "--json", text=TABLE).json
    assert list(found) == ["file", "kind", "dry_run", *COUNTS, "possible_duplicates", "warnings"]


def test_possible_duplicates_are_said_by_row_and_number_and_never_by_name(run: Run) -> None:
    run("init")
    same = "\n".join(f"R{at},2026-11-{at:02},Zebedee Quux,2019-03-04,,LA-77" for at in range(1, 28))
    assert run("import", "-", text=f"{HEADINGS}\n{same}\n").status == 0
    ended = run("import", "-", "--json", text=f"{HEADINGS}\nX1,2026-11-28,Zebedee Quux,2019-03-04,,\n")
    assert ended.status == 0
    assert {one["other"] for one in ended.json["possible_duplicates"]} == {f"C{at}" for at in range(1, 28)}
    assert ended.json["possible_duplicates"][0] == {"row": "row 2", "other": "C1", "shares": "name+born"}
    assert "row 2: C1 (name+born)" in ended.err
    assert "and 7 more" in ended.err
    assert "Zebedee" not in ended.err + ended.out


def test_one_wrong_row_and_nothing_is_imported(run: Run) -> None:
    run("init")
    ended = run("import", "-", text=TABLE.replace("2026-11-19", "19 Nowember"))
    assert (ended.status, ended.out) == (1, "")
    assert "row 3" in ended.err
    assert "Nothing was imported." in ended.err
    assert "Kofi" not in ended.err
    assert "Nowember" not in ended.err
    assert run("queue", "--json").json == []


def test_hundreds_of_wrong_rows_are_said_in_part(run: Run) -> None:
    run("init")
    rows = "\n".join(f"R{at},never,Ada,,," for at in range(80))
    ended = run("import", "-", text=f"{HEADINGS}\n{rows}\n")
    assert ended.status == 1
    assert "and 30 more" in ended.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff" * 5000, ""),
        (b"<Message><unclosed>", ""),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ""),
        (b"one,two\n1,2\n", ""),
        ("﻿".encode() + b"\n\n", ""),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(run: Run, tmp_path: Path, content: bytes, said: str) -> None:
    run("init")
    file = tmp_path / "file.bin"
    file.write_bytes(content)
    ended = run("import", file)
    assert (ended.status, ended.out) == (1, "")
    assert said in ended.err
    assert "Nothing was imported." in ended.err
    assert "Traceback" not in ended.err


def test_a_missing_file_and_a_folder_are_refused(run: Run, tmp_path: Path) -> None:
    run("init")
    assert "There is no such file." in run("import", "nowhere.csv").err
    assert "folder" in run("import", tmp_path).err


def test_referrals_do_not_land_on_the_practice_desk(run: Run) -> None:
    ended = run("import", "-", text=TABLE)
    assert (ended.status, ended.out) == (1, "")
    assert "duty-tui init" in ended.err


class Terminal(io.StringIO):
    """Somebody is watching."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_shown_once_work_is_long_and_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Terminal()
    monkeypatch.setattr(sys, "stderr", watched)
    with Progress("Reading", patience=0) as told:
        for done in range(1, 4):
            told(done, 3)
    assert "Reading" in watched.getvalue()
    assert "100%" in watched.getvalue()


def test_no_bar_for_short_work_an_unknown_whole_or_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, patience, whole in ((Terminal(), 60.0, 3), (Terminal(), 0.0, 0), (io.StringIO(), 0.0, 3)):
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress("Reading", patience=patience) as told:
            told(1, whole)
        assert stream.getvalue() == ""


def test_a_long_import_shows_its_bar(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init")
    shown: list[tuple[str, int, int]] = []

    class Watched(Progress):
        def __init__(self, label: str) -> None:
            super().__init__(label)
            self.label = label

        def __call__(self, done: int, total: int) -> None:
            shown.append((self.label, done, total))

    monkeypatch.setattr(importing, "Progress", Watched)
    run("import", "-", text=TABLE)
    assert ("Taking in", 3, 3) in shown
