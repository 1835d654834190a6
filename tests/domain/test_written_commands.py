"""Commands as JSON values and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.commands import (
    AddNote,
    AnswerQuestions,
    Command,
    CorrectDetails,
    RecordChild,
    RecordMilestone,
    Withdraw,
)
from duty_tui.domain.decision_events import ActionAgreed
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_events import LineNoted, PersonRecorded
from duty_tui.domain.order_acts import RecordOrder
from duty_tui.domain.owed_commands import ExplainLateness, MeetObligation
from duty_tui.domain.people import Caller
from duty_tui.domain.written_commands import read_command, write_command
from tests.builders import FRIDAY_SIX, a_child, raise_concern

_TEXT = st.text(max_size=20)
_WHEN = st.integers(0, 3 * 10**15).map(lambda n: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=n))
_SAID = st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["yes", "no", "unknown"]))
_MILESTONES = st.builds(
    RecordMilestone,
    event=st.just("child_seen"),
    label=_TEXT,
    at=_WHEN,
    child=st.none() | st.integers(1, 3),
    details=st.dictionaries(st.sampled_from(["who", "why"]), _TEXT),
    planned=st.booleans(),
)
_ANSWERS = st.builds(AnswerQuestions, answers=_SAID, reason=_TEXT, since=st.none() | _WHEN)
_NOTES = st.builds(AddNote, text=_TEXT)
_EVENTS = st.one_of(
    st.builds(LineNoted, discussion=st.integers(1, 3), text=st.just("said"), at=st.none() | _WHEN),
    st.builds(
        PersonRecorded,
        discussion=st.just(1),
        name=st.just("DS Patel"),
        role=st.just("police"),
        standing=st.just("present"),
        joined=st.none() | _WHEN,
    ),
    st.builds(
        ActionAgreed,
        discussion=st.just(1),
        what=st.just("See the child"),
        who=_TEXT,
        agency=_TEXT,
        due=st.none() | _WHEN,
        children=st.just((1, 2)),
    ),
)
_AT = st.builds(lambda event: AtDiscussion(event=event), _EVENTS)
_COMMANDS = st.one_of(
    _NOTES,
    _ANSWERS,
    _MILESTONES,
    _AT,
    st.builds(
        lambda what, when, born: raise_concern(
            a_child(born=born), a_child(2, name="Kofi"), what=what, received=when, identified=when, owner="Ann Osei"
        ),
        _TEXT,
        _WHEN,
        st.none() | st.dates(date(2005, 1, 1), date(2026, 1, 1)),
    ),
    st.builds(lambda text: RecordChild(child=a_child(3, name=text), reason=text), _TEXT),
    st.builds(lambda text: CorrectDetails(reason=text, caller=Caller(name=text), referred=False), _TEXT),
    st.builds(lambda one, two: RecordOrder(milestones=(one,), answers=(two,)), _MILESTONES, _ANSWERS),
    st.builds(lambda one, text: MeetObligation(milestone=one, rule="a/b", label="x", reason=text), _MILESTONES, _TEXT),
    st.builds(lambda text: ExplainLateness(rule="a/b", label="x", reason=text), _TEXT),
    st.builds(lambda one, two: AllAtDiscussion(each=(one, two)), _ANSWERS, _AT),
)


@given(_COMMANDS)
def test_a_command_comes_back_as_it_was_written(command: Command) -> None:
    assert read_command(json.loads(json.dumps(write_command(command)))) == command


def test_what_is_never_kept_is_not_written() -> None:
    with pytest.raises(KeyError):
        write_command(Withdraw(entry="x"))


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"name": "Tomorrow", "is": {}},
        {"name": "AddNote"},
        {"name": "AddNote", "is": {"text": 3}},
        {"name": "AtDiscussion", "kind": "note-added", "event": {"text": "x"}},
        {"name": "AtDiscussion", "kind": "from-tomorrow", "event": {}},
        {"name": "AllAtDiscussion", "each": 3},
    ],
)
def test_what_was_written_by_something_else_is_told_apart(written: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        read_command(written)


def test_times_keep_their_instant() -> None:
    noted = AtDiscussion(event=LineNoted(discussion=1, text="x", at=FRIDAY_SIX + timedelta(microseconds=1)))
    assert read_command(json.loads(json.dumps(write_command(noted)))) == noted
