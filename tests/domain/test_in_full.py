"""An entry in full: nothing that was typed for it is left out, and nothing is said twice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from duty_tui.domain.decision_events import RecordSigned
from duty_tui.domain.events import ChildRecorded, DetailsCorrected, Event, NoteAdded, OwnerChanged
from duty_tui.domain.in_full import in_full
from duty_tui.domain.people import Caller
from duty_tui.domain.restriction import ConcernRestricted
from tests.builders import FRIDAY_SIX, a_child
from tests.discussions import action, decided
from tests.domain.discussion_strategies import events


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (OwnerChanged(owner="Bo Lind"), ["Owner is now Bo Lind"]),
        (decided(1, 2), ["Decided for children 1 and 2: s47. Reason: A fresh bruise"]),
        (
            action(1, who="Bo Lind", check="School says so", due=FRIDAY_SIX, details={"where": "At home"}),
            [
                "Action for child 1: Bo Lind: See the child at home, by Fri 20 Nov 2026 18:00",
                "check: School says so",
                "where: At home",
            ],
        ),
        (
            DetailsCorrected(
                reason="Misheard", received=FRIDAY_SIX, caller=Caller(telephone="0161 4960000", anonymous=True)
            ),
            [
                "Corrected caller, received. Reason: Misheard",
                "received: Fri 20 Nov 2026 18:00",
                "telephone: 0161 4960000",
                "anonymous: yes",
            ],
        ),
        (
            ChildRecorded(child=a_child(2, name="Kofi", born=date(2020, 1, 2), school="Hollin"), reason="New"),
            ["Child 2 recorded: Kofi. Reason: New", "born: Thu 2 Jan 2020", "school: Hollin"],
        ),
        (NoteAdded(text="Rang", after="e1"), ["Rang"]),
    ],
)
def test_all_that_was_typed(event: Event, said: list[str]) -> None:
    assert [*in_full(event)] == said


def test_several_things_of_one_kind_are_one_line() -> None:
    event = ConcernRestricted(names=("Ann Osei", "Bo Lind"), reason="Staff")
    assert [*in_full(RecordSigned(discussion=1, child=1, lacked=("who", "when")))][1:] == ["lacked: who, when"]
    assert [*in_full(event)] == ["Restricted to Ann Osei, Bo Lind. Reason: Staff"]


@given(events)
def test_nothing_that_was_typed_is_left_out(event: Event) -> None:
    whole = "\n".join(in_full(event))
    texts = event.model_dump(include={"text", "reason", "note", "contingency", "check", "what", "who", "outcome"})
    assert all(value in whole for value in texts.values() if isinstance(value, str))
