"""Destroying under a rule of retention, from the command line: asked twice, noted for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.cli import destroy as destroy_command
from duty_tui.clock import system_clock
from duty_tui.domain.commands import CloseConcern
from duty_tui.opening import opening
from duty_tui.wiring import open_desk
from tests.cli.conftest import Run

RULE = ("--authority", "Records board", "--rule", "R7")
NOTE = "All entries destroyed. Authority: Records board. Rule: R7"


def closed(concern: str) -> None:
    with (desk := open_desk(opening(None, None, system_clock()))).store:
        desk.do(desk.find(concern).id, CloseConcern(reason="Done"))


def test_a_closed_concern_is_destroyed_once_its_number_is_said_again(desk: Run) -> None:
    ended = desk("destroy", "C1", *RULE, "--confirm", "C1")
    assert (ended.status, "The concern is open" in ended.err) == (1, True)
    closed("C1")
    for confirm in ((), ("--confirm", "C2"), ("--confirm", "yes")):
        ended = desk("destroy", "C1", *RULE, *confirm)
        assert (ended.status, ended.out) == (1, "")
        assert "This destroys everything on C1, Okafor: Amara Okafor" in ended.err
        assert "say --confirm C1" in ended.err
    assert "Amara" in desk("show", "C1").out
    ended = desk("destroy", "C1", *RULE, "--confirm", "c1")
    assert ended.lines == ["C1", NOTE]
    assert "Backups" in ended.err
    ended = desk("show", "C1")
    assert (ended.status, ended.out) == (1, "")
    assert "C1 was destroyed by" in ended.err
    for line in (
        *(
            ("queue",),
            ("queue", "--find", "okafor"),
            ("stats",),
            ("log", "C1"),
            ("obligations",),
            ("verify",),
            ("moved",),
        ),
        *(("actions",), ("escalations", "--all"), ("handover", "--since", "2020-01-01"), ("board",)),
        *(("breaches", "--from", "2020-01-01"), ("closure", "add", "2026-12-24", "Staff day")),
    ):
        ended = desk(*line)
        assert ended.status == 0, line
        assert "Amara" not in ended.out + ended.err, line
        assert "Okafor" not in ended.out, line
    assert desk("log", "C1").lines[-1].endswith(f"entries-destroyed  {NOTE}")
    assert {row["reference"] for row in desk("queue", "--json").json} == {"C2", "C3"}


def test_single_entries_are_named_by_their_numbers(desk: Run) -> None:
    ended = desk("destroy", "C1", *RULE, "--entries", "2-2", "--confirm", "C1")
    assert (ended.status, ended.lines[1]) == (0, "Entries 2 destroyed. Authority: Records board. Rule: R7")
    assert "This destroys entries 2 of C1" in ended.err
    assert desk("log", "C1").lines[1].endswith("Destroyed under the retention rule")
    assert "Amara" in desk("show", "C1").out
    for wrong in ("", "x", "3-2", "1,,2"):
        assert desk("destroy", "C1", *RULE, "--entries", wrong, "--confirm", "C1").status == 2
    assert desk("destroy", "C1", *RULE, "--entries", "1, 2", "--confirm", "C1").status == 1
    assert desk("destroy", "C1", "--authority", "", "--rule", "x", "--confirm", "C1").status == 1


@pytest.mark.parametrize(
    ("typed", "status"), [("destroy C2\n", 0), ("Destroy c2", 0), ("y\n", 1), ("\n", 1), ("C2\n", 1), ("", 1)]
)
def test_on_a_terminal_the_words_are_typed(desk: Run, monkeypatch: pytest.MonkeyPatch, typed: str, status: int) -> None:
    monkeypatch.setattr(destroy_command, "somebody_there", lambda: True)
    closed("C2")
    ended = desk("destroy", "C2", *RULE, text=typed)
    assert ended.status == status
    assert "Type destroy C2 to go on: " in ended.err


def test_only_a_senior_manager_may(desk: Run, home: Path) -> None:
    closed("C1")
    (home / "config" / "settings.toml").write_text('name = "Ann Osei"\n')
    assert desk("service", "person", "Ann Osei", "--role", "duty_manager").status == 0
    ended = desk("destroy", "C1", *RULE, "--confirm", "C1")
    assert (ended.status, ended.out) == (1, "")
    assert "is for the senior manager" in ended.err
