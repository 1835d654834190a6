from __future__ import annotations

import pytest

from duty_tui.domain.commands import AddNote, ChangeOwner, Command, Withdraw
from duty_tui.domain.history import fold_on, read_event, write_event
from duty_tui.domain.kinds import is_among
from duty_tui.domain.restriction import KINDS, ConcernRestricted, RecordViewed, RestrictionLifted, restricted_by
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern, ViewRecord
from duty_tui.errors import Refused
from tests.builders import FRIDAY_SIX, a_concern, do

TWO = RestrictConcern(names=("Ann Osei", "Jo Park"), reason="A colleague is named")


def test_only_those_named_may_see_it_until_that_is_lifted() -> None:
    concern = a_concern(TWO)
    assert concern.restricted_to == ("Ann Osei", "Jo Park")
    assert restricted_by(concern) == "ola"
    again = do(concern, RestrictConcern(names=("Ann Osei", "Bo Lind"), reason="Jo has left"), actor="Ann Osei")
    assert (again.restricted_to, restricted_by(again)) == (("Ann Osei", "Bo Lind"), "Ann Osei")
    lifted = do(again, LiftRestriction(reason="Unfounded"))
    assert lifted.restricted_to is None
    assert restricted_by(a_concern()) == ""


def test_a_look_changes_nothing_but_the_history() -> None:
    concern = a_concern(TWO)
    looked = do(concern, ViewRecord(how="why"), actor="Jo Park")
    assert looked.version == concern.version + 1
    assert (looked.restricted_to, looked.answers, looked.notes) == (concern.restricted_to, concern.answers, 0)
    assert fold_on(concern, looked.history[-1:]) == looked


def test_of_a_concern_everybody_may_see_no_look_is_noted() -> None:
    assert ViewRecord().events(a_concern(), FRIDAY_SIX) == []


def test_who_is_named_twice_is_named_once_and_nobody_without_a_name() -> None:
    [event] = RestrictConcern(names=("Ann Osei", "", "ANN OSEI ", "Jo"), reason="x").events(a_concern(), FRIDAY_SIX)
    assert isinstance(event, ConcernRestricted)
    assert event.names == ("ANN OSEI", "Jo")


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (RestrictConcern(names=(), reason="x"), "Nobody is named"),
        (RestrictConcern(names=("", " "), reason="x"), "Nobody is named"),
        (RestrictConcern(names=("Ann Osei",), reason=" "), "needs its reason"),
        (LiftRestriction(reason="x"), "not restricted"),
    ],
)
def test_what_is_refused(command: Command, why: str) -> None:
    with pytest.raises(Refused, match=why):
        command.events(a_concern(), FRIDAY_SIX)


def test_lifting_needs_its_reason() -> None:
    with pytest.raises(Refused, match="needs its reason"):
        LiftRestriction(reason="").events(a_concern(TWO), FRIDAY_SIX)


def test_one_person_alone_and_an_owner_left_out_are_asked_about() -> None:
    owned = a_concern(ChangeOwner(owner="Bo Lind"))
    assert [doubt.split(",")[0] for doubt in RestrictConcern(names=("Ann",), reason="x").doubts(owned, FRIDAY_SIX)] == [
        "Only one person is named: when they are away nobody can work on it.",
        "Its owner",
    ]
    assert RestrictConcern(names=("Ann", "bo lind"), reason="x").doubts(owned, FRIDAY_SIX) == []
    assert TWO.doubts(a_concern(), FRIDAY_SIX) == []


def test_none_of_its_entries_can_be_undone() -> None:
    concern = a_concern(TWO, ViewRecord(), LiftRestriction(reason="Unfounded"))
    for item in concern.history[1:]:
        with pytest.raises(Refused, match=r"restrict|stays"):
            Withdraw(entry=item.stamp.entry).events(concern, FRIDAY_SIX)
    assert Withdraw(entry=a_concern(AddNote(text="x")).history[1].stamp.entry).events(
        a_concern(AddNote(text="x")), FRIDAY_SIX
    )


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (ConcernRestricted(names=("A", "B"), reason="Named"), "Restricted to A, B. Reason: Named"),
        (RestrictionLifted(reason="Unfounded"), "Restriction lifted. Reason: Unfounded"),
        (RecordViewed(how="log"), "Viewed while restricted (log)"),
        (RecordViewed(), "Viewed while restricted (concern)"),
    ],
)
def test_the_words_of_the_timeline_and_the_journal(
    event: ConcernRestricted | RestrictionLifted | RecordViewed, words: str
) -> None:
    assert event.words() == words
    assert read_event(event.kind, write_event(event)) == event
    assert KINDS[event.kind] is type(event)


def test_being_named_is_a_matter_of_the_name_alone() -> None:
    assert is_among(("Siân Lund",), "sian  LUND")
    assert not is_among(("Siân Lund",), "Siân")
    assert not is_among(("",), "")
    assert not is_among((), "Ann")
