from __future__ import annotations

from datetime import UTC, datetime

import pytest

from duty_tui.domain.commands import AddNote, CloseConcern, Command, Withdraw
from duty_tui.domain.concern import Concern
from duty_tui.domain.destruction import EntriesDestroyed
from duty_tui.domain.destruction_commands import DestroyEntries
from duty_tui.domain.events import Stamp
from duty_tui.domain.history import Recorded, fold, fold_on
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern
from duty_tui.errors import Refused
from tests.builders import raise_concern

AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def after(concern: Concern, *commands: Command) -> Concern:
    for command in commands:
        events = command.events(concern, AT)
        first = concern.version + 1
        new = [Recorded(Stamp(f"e{at}", at, AT, "Ann"), event) for at, event in enumerate(events, first)]
        concern = fold_on(concern, new)
    return concern


def destroy(*versions: int, authority: str = "Records board", rule: str = "R7") -> DestroyEntries:
    return DestroyEntries(authority=authority, rule=rule, versions=versions)


@pytest.fixture
def concern() -> Concern:
    """Raised as entry 1, with notes 2 to 4, of which 3 was withdrawn by 5, and that withdrawal by 6; 7 restricts."""
    return after(
        Concern("c"),
        raise_concern(),
        *(AddNote(text=text) for text in ("one", "two", "three")),
        Withdraw(entry="e3"),
        Withdraw(entry="e5"),
        RestrictConcern(names=("Ann", "Bo"), reason="staff"),
    )


CLOSE = CloseConcern(reason="Done")


def test_all_of_a_closed_concern_goes_and_the_note_stays(concern: Concern) -> None:
    gone = after(concern, CLOSE, destroy())
    assert gone.is_destroyed
    assert (gone.destroyed, gone.version, gone.children, gone.restricted_to) == (8, 9, (), None)
    assert [one.event for one in gone.history[:-1]] == [None] * 8
    note = gone.history[-1].event
    assert isinstance(note, EntriesDestroyed)
    assert (note.versions, note.whole) == (tuple(range(1, 9)), True)
    assert note.words() == "All entries destroyed. Authority: Records board. Rule: R7"
    assert note.why_fixed(gone)
    assert fold("c", gone.history) == gone


def test_an_open_concern_is_closed_first(concern: Concern) -> None:
    with pytest.raises(Refused, match="The concern is open"):
        after(concern, destroy())


def test_single_entries_go_and_the_rest_counts(concern: Concern) -> None:
    left = after(concern, destroy(2))
    assert not left.is_destroyed
    assert (left.destroyed, left.notes, left.restricted_to) == (1, 2, ("Ann", "Bo"))
    assert left.history[-1].event == EntriesDestroyed(versions=(2,), authority="Records board", rule="R7")
    assert left.history[-1].event.words().startswith("Entries 2 destroyed.")
    again = after(left, destroy(4))
    assert (again.destroyed, again.notes) == (2, 1)
    assert fold("c", again.history) == again


def test_a_withdrawal_goes_with_what_it_repeats(concern: Concern) -> None:
    left = after(concern, destroy(3))
    note = left.history[-1].event
    assert isinstance(note, EntriesDestroyed)
    assert note.versions == (3, 5, 6)


@pytest.mark.parametrize(("version", "why"), [(5, "withdraws another"), (6, "withdraws another")])
def test_a_withdrawal_does_not_go_alone(concern: Concern, version: int, why: str) -> None:
    with pytest.raises(Refused, match=why):
        after(concern, destroy(version))


@pytest.mark.parametrize("version", [1, 7])
def test_what_it_is_and_who_may_see_it_goes_with_the_whole_alone(concern: Concern, version: int) -> None:
    with pytest.raises(Refused, match=f"Entry {version} says what the concern is or who may see it"):
        after(concern, destroy(2, version))


@pytest.mark.parametrize("versions", [(0,), (8,), (2, 99)])
def test_what_is_not_there_is_said(concern: Concern, versions: tuple[int, ...]) -> None:
    with pytest.raises(Refused, match=f"gone already: {versions[-1]}"):
        after(concern, destroy(*versions))


def test_what_is_gone_does_not_go_again_and_the_note_never(concern: Concern) -> None:
    left = after(concern, destroy(2))
    for version in (2, 8):
        with pytest.raises(Refused, match=f"gone already: {version}"):
            after(left, destroy(version))
    gone = after(left, CLOSE, destroy())
    note = gone.history[-1].event
    assert isinstance(note, EntriesDestroyed)
    assert note.versions == (1, 3, 4, 5, 6, 7, 9)
    assert gone.history[7].event is not None


@pytest.mark.parametrize("words", [{"authority": ""}, {"rule": " "}])
def test_authority_and_rule_are_said(concern: Concern, words: dict[str, str]) -> None:
    with pytest.raises(Refused, match="needs an authority and a rule"):
        after(concern, destroy(2, **words))


def without(concern: Concern, *versions: int) -> Concern:
    """The concern where somebody's other program destroyed these entries, which this one refuses to."""
    note = EntriesDestroyed(versions=versions, authority="Records board", rule="R7")
    return fold_on(concern, [Recorded(Stamp("e", concern.version + 1, AT, "Eve"), note)])


def test_where_who_may_see_it_is_gone_nobody_may(concern: Concern) -> None:
    assert without(concern, 7).restricted_to == ()
    assert without(concern, 2).restricted_to == ("Ann", "Bo")
    lifted = after(concern, LiftRestriction(reason="cleared"))
    assert without(lifted, 7).restricted_to is None
    assert without(lifted, 8).restricted_to is None
    assert without(after(concern, RestrictConcern(names=("Ann",), reason="again")), 7).restricted_to == ("Ann",)
