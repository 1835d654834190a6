from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_whose_time_moves_is_printed_from_and_to(run: Run, tmp_path: object) -> None:
    run("init")
    headings = (
        "reference,received,received time,child name,reasonable_cause,serious_risk_of_harm,penetrative_sexual_abuse"
    )
    rows = "R1,2026-11-20,18:00,Ada,yes,no,no\nR2,2026-11-20,18:00,Bo,yes,yes,no\n"
    assert run("import", "-", text=f"{headings}\n{rows}").status == 0
    added = run("closure", "add", "2026-11-23", "Staff day")
    moves = "C1: Discussion moves from end of Mon 23 Nov 2026 to end of Tue 24 Nov 2026"
    assert [line.removesuffix(", late before and after") for line in added.lines] == [moves]  # as late as it is today
    assert "1 of 2 open concerns" in added.err
    removed = run("closure", "remove", "2026-11-23", "--reason", "Called off")
    back = "C1: Discussion moves from end of Tue 24 Nov 2026 to end of Mon 23 Nov 2026"
    assert [line.removesuffix(", late before and after") for line in removed.lines] == [back]
    assert run("closure", "list").out == ""


def test_closure_days_are_listed_the_earliest_first(desk: Run) -> None:
    assert desk("closure", "list", "--json").json == []
    desk("closure", "add", "2027-03-01", "Training")
    desk("closure", "add", "2026-12-30", "Staff day")
    assert desk("closure", "list").lines == ["2026-12-30  Staff day", "2027-03-01  Training"]
    assert desk("closure", "list", "--json").json[0] == {"date": "2026-12-30", "name": "Staff day"}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("add", "2026-11-21", "x"), 1, "no working day anyway"),
        (("add", "2026-12-25", "x"), 1, "no working day anyway"),
        (("add", "2026-11-24", " "), 2, "needs a name"),
        (("add", "24/11/2026", "x"), 2, "is not a day"),
        (("add", "2026-11-24"), 2, "NAME"),
        (("remove", "2026-11-24", "--reason", "x"), 1, "is no closure day"),
        (("remove", "2026-11-24"), 2, "--reason"),
        (("remove", "2026-11-24", "--reason", "  "), 2, "needs its reason"),
    ],
)
def test_what_would_change_nothing_is_refused(desk: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    ended = desk("closure", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.err


def test_the_same_day_twice_is_refused(desk: Run) -> None:
    assert desk("closure", "add", "2026-11-24", "Staff day").status == 0
    assert "already" in desk("closure", "add", "2026-11-24", "Again").err
