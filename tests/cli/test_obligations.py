"""`duty-tui obligations`: what is owed across the desk or on one concern, as a table and as objects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duty_tui.domain.commands import CloseConcern, RecordMilestone
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.owed_commands import ExplainLateness
from duty_tui.opening import open_store, opening
from duty_tui.wiring import desk_of
from tests.cli.conftest import Run
from tests.discussions import CONCERN, action, began, siblings

START = datetime(2026, 11, 20, 18, 15, tzinfo=UTC)
KEYS = (
    "concern reference title kind rule clock do label child for discussion owner also strength standing start due "
    "first_due due_words latest late met_at late_reason late_safety unless met_by place form asks provisional "
    "varied_by cite"
)


@pytest.fixture
def called(desk: Run, home: Path) -> Run:
    """The desk of three concerns, and a fourth about siblings whose discussion was held; one was seen late."""
    moment = [START]
    (home / "config").mkdir(exist_ok=True)
    with open_store(opening(None, None, START)) as store:
        made = desk_of(store, "Ann Osei", lambda: moment[0])
        made.do(CONCERN, siblings())
        made.do(CONCERN, AtDiscussion(event=began(at=START)))
        told = action(1, 2, who="Di Ray", agency="Health Trust", due=START + timedelta(hours=1))
        made.do(CONCERN, AtDiscussion(event=told))
        moment[0] += timedelta(days=1)
        made.do(CONCERN, RecordMilestone(event="child_seen", label="Child seen", at=moment[0], child=1))
        rule = "action-note-003/child-seen"
        made.do(CONCERN, ExplainLateness(rule=rule, label="See", child=1, reason="Nobody in", safety="At nan's"))
    return desk


def close(home: Path) -> None:
    with open_store(opening(None, None, START)) as store:
        desk_of(store, "Ann Osei", lambda: START + timedelta(days=2)).do(CONCERN, CloseConcern(reason="Moved away"))


def test_across_the_desk_what_is_late_comes_first(called: Run) -> None:
    lines = called("obligations", "--at", "2026-11-20T20:00").lines
    assert lines[0].split() == ["NO", "DUE", "WHAT", "FOR", "WHO", "UNLESS"]
    late = [line for line in lines if "LATE" in line]
    assert lines[1 : len(late) + 1] == late
    assert late[-1].startswith("C4 LATE Fri 20 Nov 2026 19:15  See the ch")
    assert any(line.startswith("C1 end of Fri 20 Nov 2026") for line in lines)
    assert not any("waiting" in line or "met " in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_on_one_concern_what_waits_and_what_was_done_stand_below(called: Run) -> None:
    lines = called("obligations", "C4", "--at", "2026-11-22T20:00").lines
    assert [line.split()[0] for line in lines[1:]] == ["C4"] * (len(lines) - 1)
    states = ["LATE" in line for line in lines[1:]]
    assert states == sorted(states, reverse=True)
    assert any("met Sat 21 Nov" in line for line in lines)


def test_as_objects_with_every_key_the_docs_name(called: Run) -> None:
    found = called("obligations", "C4", "--json", "--at", "2026-11-22T20:00").json
    assert all(" ".join(one) == KEYS for one in found)
    page = Path(__file__).parents[2].joinpath("docs", "commands.md").read_text("utf-8")
    section = page.partition("## duty-tui obligations")[2].partition("\n## ")[0]
    assert all(f"`{key}`" in section for key in KEYS.split())
    [seen] = [one for one in found if one["label"] == "See the child" and one["child"] == 1]
    assert (seen["standing"], seen["late"], seen["met_at"]) == ("met", True, "2026-11-21T18:15:00Z")
    assert (seen["late_reason"], seen["late_safety"], seen["for"]) == ("Nobody in", "At nan's", "Amara")
    assert (seen["start"], seen["due"], seen["met_by"]) == (
        "2026-11-20T18:15:00Z",
        "2026-11-21T00:00:00Z",
        ["child_seen"],
    )
    assert {one["late_reason"] for one in found if one is not seen} == {None}


def test_it_is_narrowed_by_owner_and_to_what_is_late(called: Run) -> None:
    at = ("--at", "2026-11-20T20:00")
    [one] = called("obligations", "--json", "--owner", "HEALTH ray", *at).json
    assert (one["kind"], one["do"], one["owner"], one["also"]) == (
        "action",
        "See the child at home",
        "Di Ray",
        "Health Trust",
    )
    assert one["clock"] is None
    assert {one["late"] for one in called("obligations", "--json", "--late", *at).json} == {True}
    nothing = called("obligations", "C4", "--owner", "nobody at all", *at)
    assert (nothing.status, nothing.out) == (0, "Nothing is owed.\n")
    assert called("obligations", "--owner", "nobody at all", "--json", *at).out == "[]\n"


def test_what_a_closed_concern_left_open_is_said(called: Run, home: Path) -> None:
    close(home)
    ended = called("obligations", "C4", "--at", "2026-11-25")
    assert "Closed with 1 action not done" in ended.err
    assert "LATE Fri 20 Nov 2026 19:15" in ended.out
    assert "C4" in called("obligations", "--at", "2026-11-25").out
    assert called("obligations", "--at", "2026-11-25").err == ""


def test_a_concern_that_is_not_there_is_refused(called: Run) -> None:
    ended = called("obligations", "C99")
    assert ended.status == 1
    assert "There is no concern with that number." in ended.err


def test_the_practice_desk_says_that_it_is_one(run: Run) -> None:
    assert "PRACTICE" in run("obligations").err
