"""Adopting and leaving a policy: what it moves first, then the question; and what was moved, afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from duty_tui.errors import Refused
from duty_tui.rules.loader import builtin_folder
from tests.cli.conftest import Run

ADOPT = ("policy", "adopt", "twenty-four-hours", "--from", "2026-11-01")
LEAVE = ("policy", "leave", "action-note-003", "--from")
MOVED = "C1: Discussion newly owed, "


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to be asked."""
    monkeypatch.setattr("duty_tui.cli.moving.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))


def own_pack(home: Path, name: str, *, document: str = "", called: str = "") -> Path:
    """A policy of the service's own, beside its database."""
    folder = home / "data" / "desks" / "policies" / name
    folder.mkdir(parents=True)
    text = (builtin_folder() / "twenty-four-hours" / "pack.toml").read_text("utf-8")
    text = text.replace('"twenty-four-hours"', f'"{called or name}"', 1)
    if document:
        text = text.replace('"Practitioner Guide: Strategy Discussions"', f'"{document}"', 1)
    (folder / "pack.toml").write_text(text, "utf-8")
    return folder


def test_without_a_terminal_the_list_is_shown_and_nothing_adopted(desk: Run) -> None:
    ended = desk(*ADOPT)
    assert ended.status == 1
    assert any(line.startswith(MOVED) for line in ended.lines)
    assert "Nothing was adopted." in ended.err
    assert "--yes" in ended.err
    assert "Beside it the service works to action-note-003" in ended.err
    assert desk("moved").lines == ["Nothing was moved."]
    assert desk("policy", "leave", "twenty-four-hours", "--from", "2026-12-01").status == 1


def test_with_yes_it_is_adopted_and_the_list_stays_on_record(desk: Run) -> None:
    shown = desk(*ADOPT, "--yes")
    assert (shown.status, shown.err.splitlines()[-1]) == (0, "Recorded.")
    kept = desk("moved")
    assert kept.lines[0].endswith(": policy twenty-four-hours adopted from Sun 1 Nov 2026")
    assert kept.lines[1:] == [f"  {line}" for line in shown.lines]
    again = desk(*ADOPT, "--yes")
    assert (again.status, again.out) == (1, "")
    assert "works to twenty-four-hours already, from Sun 1 Nov 2026" in again.err


def test_somebody_at_a_terminal_is_asked_and_enter_alone_says_no(desk: Run, terminal: None) -> None:
    ended = desk(*ADOPT, text="\n")
    assert ended.status == 1
    assert "Work to twenty-four-hours from Sun 1 Nov 2026? [y/N]" in ended.err
    assert "--yes" not in ended.err
    assert desk("moved").lines == ["Nothing was moved."]
    assert desk(*ADOPT, text="y\n").status == 0
    assert len(desk("moved").lines) > 1


def test_as_json_nothing_is_asked(desk: Run, terminal: None) -> None:
    shown = desk(*ADOPT, "--json")
    assert shown.status == 1
    assert not shown.json["recorded"]
    done = desk(*ADOPT, "--json", "--yes")
    assert (done.status, done.json["recorded"]) == (0, True)
    first = done.json["moves"][0]
    assert (first["reference"], first["label"], first["before"]) == ("C1", "Discussion", None)
    assert first["after"]["policy"] == "twenty-four-hours"
    assert first["after"]["due"] == "2026-11-21T18:00:00Z"
    kept = desk("moved", "--json").json
    assert [one["change"] for one in kept] == [one["change"] for one in done.json["moves"]]
    assert not any("Okafor" in str(one) for one in kept)
    assert desk("moved", "--since", "2099-01-01T00:00", "--json").json == []


def test_adopted_from_a_day_to_come_nothing_that_has_begun_is_moved(desk: Run) -> None:
    ended = desk("policy", "adopt", "twenty-four-hours", "--from", "2099-01-01", "--yes")
    assert (ended.status, ended.out) == (0, "")
    assert "0 dues of 0 of 3 open concerns would move." in ended.err


def test_a_policy_of_ones_own_lies_beside_the_database(desk: Run, home: Path) -> None:
    folder = own_pack(home, "riverside", document="Riverside Duty Guide")
    ended = desk("policy", "adopt", "riverside", "--from", "2026-11-01", "--yes")
    assert ended.status == 0
    assert desk("queue").status == 0
    pack = folder / "pack.toml"
    pack.write_text(pack.read_text("utf-8").replace("hours = 24", "hours = 2").replace("24 hours", "2 hours"), "utf-8")
    assert desk("queue").status == 0
    assert any("edited policy files: own riverside" in line for line in desk("moved").lines)
    shutil.rmtree(folder)
    gone = desk("queue")
    assert (gone.status, "Put its folder back there" in gone.err) == (1, True)


def test_another_policy_of_the_same_document_takes_the_place_of_the_one_there_is(desk: Run, home: Path) -> None:
    own_pack(home, "riverside", document="Management Action Note 003")
    for name in ("ics-record", "children-act-orders"):
        desk("policy", "leave", name, "--from", "2020-01-01", "--yes")
    ended = desk("policy", "adopt", "riverside", "--from", "2026-11-01", "--yes")
    assert ended.status == 0
    assert "It takes the place of action-note-003" in ended.err
    assert "Beside it" not in ended.err
    again = desk(*LEAVE, "2026-12-01")
    assert "was left from Sun 1 Nov 2026 already" in again.err


@pytest.mark.parametrize(
    ("name", "called", "said"),
    [
        ("riverside", "lakeside", "calls itself lakeside"),
        ("action-note-003", "", "comes with the program is called action-note-003 as well"),
    ],
)
def test_a_policy_whose_name_is_not_its_own_is_refused(
    desk: Run, home: Path, name: str, called: str, said: str
) -> None:
    own_pack(home, name, called=called)
    ended = desk("policy", "adopt", name, "--from", "2020-01-01", "--yes")
    assert (ended.status, ended.out) == (1, "")
    assert said in ended.err


def test_a_policy_nobody_knows_or_that_is_broken_is_refused(desk: Run, home: Path) -> None:
    unknown = desk("policy", "adopt", "twenty-four", "--from", "2026-12-01", "--yes")
    assert unknown.status == 1
    assert "did you mean twenty-four-hours?" in unknown.err
    (own_pack(home, "riverside") / "pack.toml").write_text("schema = 1\n", "utf-8")
    broken = desk("policy", "adopt", "riverside", "--from", "2026-12-01", "--yes")
    assert broken.status == 1
    assert "pack.toml" in broken.err


def test_a_policy_is_left_and_what_began_under_it_stays(desk: Run) -> None:
    ended = desk(*LEAVE, "2026-12-01", "--yes")
    assert (ended.status, ended.out) == (0, "")
    assert desk("queue", "--json").json[0]["due"]
    twice = desk(*LEAVE, "2026-12-02", "--yes")
    assert "left from Tue 1 Dec 2026 already" in twice.err
    earlier = desk(*LEAVE, "2026-11-01", "--yes")
    assert earlier.status == 0
    assert any(line.startswith("C1: Discussion no longer owed") for line in earlier.lines)


def test_leaving_what_one_does_not_work_to_is_refused_and_leaving_all_is_said(desk: Run) -> None:
    unknown = desk("policy", "leave", "twenty-four-hours", "--from", "2026-12-01")
    assert "does not work to twenty-four-hours" in unknown.err
    for name in ("ics-record", "children-act-orders"):
        assert "No policy is left" not in desk("policy", "leave", name, "--from", "2026-12-01", "--yes").err
    last = desk(*LEAVE, "2026-12-01")
    assert "No policy is left after that" in last.err
    assert "Nothing was left." in last.err


def test_a_closure_day_is_shown_first_and_asked_about_at_a_terminal(desk: Run, terminal: None) -> None:
    refused = desk("closure", "add", "2026-11-23", "Staff day", text="n\n")
    assert refused.status == 1
    assert "C3" not in refused.out
    assert "Close on Mon 23 Nov 2026? [y/N]" in refused.err
    assert desk("closure", "list").out == ""
    assert desk("closure", "add", "2026-11-23", "Staff day", "--yes").status == 0
    assert desk("closure", "remove", "2026-11-23", "--reason", "Called off", text="y\n").status == 0
    assert desk("closure", "list").out == ""


def test_on_the_practice_desk_what_was_moved_is_said_to_be_practice(run: Run) -> None:
    assert "PRACTICE" in run("moved").lines[0]
    assert "PRACTICE" in run("moved", "--json").err


def test_where_nothing_can_be_recorded_nobody_is_asked(
    desk: Run, terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duty_tui.store.place.may_write", lambda _path: False)
    ended = desk(*ADOPT, text="y\n")
    assert (ended.status, ended.out) == (1, "")
    assert "can only be read from here" in ended.err
    assert "[y/N]" not in ended.err


def test_whoever_may_not_decide_it_is_refused_before_anything_is_shown(
    desk: Run, terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("Changing the service's settings is for the duty manager.")

    monkeypatch.setattr("duty_tui.desk.permission.refuse_decision", refuse)
    ended = desk(*ADOPT, text="y\n")
    assert (ended.status, ended.out) == (1, "")
    assert "for the duty manager" in ended.err
