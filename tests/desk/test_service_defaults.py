"""What holds until the service says otherwise: the file that comes with the program, and every way to spoil it."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from duty_tui.data_files import DATA
from duty_tui.desk.service_defaults import clock_time, read_defaults, service_defaults, span
from duty_tui.domain.history import KINDS
from duty_tui.domain.service_state import Office
from duty_tui.errors import BadFile
from duty_tui.rules.loader import load_vocabulary

TEXT = (DATA / "service.toml").read_text("utf-8")


def spoilt(folder: Path, old: str, new: str) -> BadFile:
    """What is said of the program's own file with `old` replaced."""
    assert old in TEXT
    path = folder / "service.toml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(BadFile) as told:
        read_defaults(path)
    return told.value


def test_the_program_s_own_file_has_the_seven_roles_and_the_hours() -> None:
    defaults = service_defaults()
    assert list(defaults.role) == [
        "duty_manager",
        "chair",
        "team_manager",
        "social_worker",
        "business_support",
        "senior_manager",
        "read_only",
    ]
    assert defaults.role["read_only"].may == ()
    assert defaults.hours == Office(time(9), time(17), timedelta(hours=2))
    assert service_defaults() is defaults


def test_every_act_is_somebody_s() -> None:
    given = {act for role in service_defaults().role.values() for act in role.may}
    assert given == set(service_defaults().act)


def test_what_takes_another_act_is_a_word_of_the_policies_and_every_decision_of_a_discussion_is_among_them() -> None:
    words = load_vocabulary()
    takes = service_defaults().takes.word
    assert set(takes) <= set(words.event) | set(words.fact)
    decisions = {name for name, fact in words.fact.items() if fact.kind == "decision"}
    assert {takes.get(name) for name in decisions} == {"decide"}


def test_what_entries_take_is_said_of_kinds_there_are() -> None:
    assert set(service_defaults().takes.entry) <= set(KINDS)


def test_only_what_anybody_may_write_down_takes_no_more_than_recording() -> None:
    assert set(KINDS) - set(service_defaults().takes.entry) == {
        "child-recorded",
        "concern-raised",
        "details-corrected",
        "entry-withdrawn",  # takes what the withdrawn entry took
        "escalation-updated",
        "milestone-recorded",
        "note-added",
        "owner-changed",
        "questions-answered",
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"decide", "act", "sign"',
            '"decid", "act", "sign"',
            'role.chair.may[4]: "decid" is not an act; did you mean "d',
        ),
        (
            's47_decided               = "decide"',
            's47_decided = "deside"',
            '"deside" is not an act; did you mean "decide"?',
        ),
        ('lateness-explained      = "explain"', 'lateness-explained = "explian"', "takes.entry.lateness-explained: "),
        ("record      = {", "recording = {", 'the act "record" of every entry that names no other is missing'),
        ("[role.read_only]", "[role.looks_on]", 'the role "read_only" of those who are not listed is missing'),
        ('opens  = "09:00"', 'opens = "18:00"', "office.closes: the office closes before it opens"),
        ('opens  = "09:00"', 'opens = "9am"', "office.opens: "),
        ('opens  = "09:00"', "opens = 09:00:00", "office.opens: "),
        ('within = "2h"', 'within = "soon"', "prompt.unconfirmed_within: "),
        ('within = "2h"', "within = 2", "prompt.unconfirmed_within: "),
        ("[prompt]\n", "[promt]\n", "promt"),
        ('marking   = "OFFICIAL-SENSITIVE"', 'marking = ""', "letterhead.marking: "),
    ],
)
def test_a_spoilt_file_is_told_with_its_line_and_what_is_meant(tmp_path: Path, old: str, new: str, said: str) -> None:
    error = spoilt(tmp_path, old, new)
    assert any(said in problem for problem in error.problems), error.problems
    assert all(problem.startswith("service.toml line ") for problem in error.problems)


def test_a_file_by_which_nobody_could_change_anything_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "service.toml"
    path.write_text(TEXT.replace('"hand_over", "service"', '"hand_over"'), "utf-8")
    path.write_text(path.read_text("utf-8").replace('"hand_over", "service",\n', '"hand_over",\n'), "utf-8")
    with pytest.raises(BadFile) as told:
        read_defaults(path)
    assert 'no role may "service"' in told.value.problems[0]


@pytest.mark.parametrize(
    ("text", "length"),
    [("2h", timedelta(hours=2)), ("90m", timedelta(minutes=90)), ("1h 30m", timedelta(minutes=90))],
)
def test_a_length_of_time_is_hours_and_minutes(text: str, length: timedelta) -> None:
    assert span(text) == length


@pytest.mark.parametrize("text", ["", "0h", "h", "2", "two hours", 2, None])
def test_anything_else_is_no_length_of_time(text: object) -> None:
    with pytest.raises(ValueError, match="length of time"):
        span(text)


@pytest.mark.parametrize("text", ["9:00", "24:00", "09:60", "", 9])
def test_anything_but_hours_and_minutes_is_no_time_of_day(text: object) -> None:
    with pytest.raises(ValueError, match="time of day"):
        clock_time(text)
