"""`duty-tui handover` and `duty-tui board`: the sheet for the next shift, and the queue for a wall, as text."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

AT = ("--at", "2026-11-20T19:00")


def test_the_sheet_prints_within_eighty_columns(desk: Run) -> None:
    lines = desk("handover", *AT).lines
    assert lines[0] == "HANDOVER Fri 20 Nov 2026 19:00, since Thu 19 Nov 2026 19:00"
    assert lines[1] == "On: nobody said who is on"
    assert all(len(line) <= 80 for line in lines)
    assert any(line.startswith("OVERDUE: ") for line in lines)
    assert "OPEN ESCALATIONS: none" in lines


def test_the_sheet_ends_with_a_line_that_is_checked_later(desk: Run) -> None:
    lines = desk("handover").lines
    place = lines.index("WHERE THE RECORD ENDS (duty-tui checkpoint)")
    ended = desk("checkpoint", "--check", "\n".join(lines[place + 1 :]))
    assert (ended.status, ended.out.startswith("The record still holds entry ")) == (0, True)
    assert desk("handover", "--json").json["checkpoint"].split()[1] == lines[place + 1].split()[1]


def test_the_sheet_as_an_object(desk: Run) -> None:
    found = desk("handover", *AT, "--since", "2026-11-20T18:30", "--json").json
    assert set(found) == {"as_of", "since", "until", "on_duty", "last", "checkpoint", "sections"}
    assert (found["since"], found["until"]) == ("2026-11-20T18:30:00Z", "2026-11-23T09:00:00Z")
    assert found["last"] is None
    line = next(line for section in found["sections"] for line in section["lines"])
    assert set(line) == {"concern", "reference", "title", "about", "what", "when", "late", "by"}


def test_until_narrows_what_falls_due(desk: Run) -> None:
    def due(*more: str) -> int:
        sections = desk("handover", *AT, *more, "--json").json["sections"]
        return sum(len(part["lines"]) for part in sections if part["heading"].startswith("Due before"))

    assert due("--until", "2026-11-20T19:01") < due()


def test_who_is_on_and_the_last_handover_are_said(desk: Run) -> None:
    assert desk("service", "on", "Ola Berg").status == 0
    lines = desk("handover").lines
    assert lines[1].startswith("On: Ola Berg")


def test_the_board_without_a_terminal_is_text_with_initials(desk: Run, home: Path) -> None:
    lines = desk("board").lines
    assert "3 open" in lines[0]
    assert lines[1].split() == ["NO", "!", "LEFT", "WHOSE", "AGE", "WHAT", "STAGE", "OWN"]
    text = "\n".join(lines)
    assert "Okafor" not in text
    assert "Bruise" not in text
    assert "O." in text


def test_an_empty_board_says_so(run: Run) -> None:
    assert run("init").status == 0
    assert run("board", "--once").lines[-1] == "No concern is open."


def test_the_board_of_a_practice_desk_says_so_first(run: Run) -> None:
    assert run("board").lines[0].startswith("PRACTICE")
