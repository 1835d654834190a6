"""The machine's clock goes back between any two acts: the journal's order, drafts, lists and the lock stand it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from duty_tui.desk.breaches import Breaches, breach_file
from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import escalation_list
from duty_tui.desk.handover import handover_of
from duty_tui.desk.moved import moved
from duty_tui.desk.obligations import all_obligations
from duty_tui.desk.reading import concern_view, timeline
from duty_tui.desk.statistics import Stories, statistics
from duty_tui.desk.why import why_view
from duty_tui.domain.commands import AddNote, ChangeOwner, CloseConcern, ReopenConcern
from duty_tui.domain.period import Period
from duty_tui.domain.service import ClosureAdded
from duty_tui.errors import Refused
from duty_tui.store.rows import Draft
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.witness import Witness
from duty_tui.wiring import default_adoptions
from tests.desk.conftest import Hands, hands, make_desk
from tests.store.examples import open_file
from tests.stories.duty_day import DutyDay

__all__ = ["hands"]

BACK = [timedelta(seconds=1), timedelta(hours=3), timedelta(days=40)]
FAR = timedelta(days=60)
#: Which of the acts below ends the call: it cannot have ended before it began, whatever the clock says.
ENDS = 8


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_file(tmp_path / "duty.db") as store:
        yield store


@pytest.fixture
def desk(store: SqliteStore, hands: Hands) -> Desk:
    desk = make_desk(store, hands)
    desk.decide(default_adoptions((hands.now - FAR).date()))
    return desk


def acts(day: DutyDay) -> Iterator[Callable[[], object]]:
    """A concern from the telephone to its end, an act each."""
    do = day.desk.do
    yield lambda: day.referral("Tariq Aydin", source="Hospital", what="A fracture.", serious_risk_of_harm="yes")
    yield lambda: do(day.id, ChangeOwner(owner="Ann Osei"))
    yield lambda: day.agreed("A fracture and older ones.", booked="+1h")
    yield day.begins
    yield day.everybody
    yield lambda: day.noted("He said that he fell.")
    yield lambda: day.decided(section_47="Fractures of different ages.")
    yield lambda: day.action("Examine the skeleton", "Dr Lena Fry", "tomorrow 10:00")
    yield lambda: day.ends(further=False)
    yield lambda: day.signed("Tariq")
    yield lambda: do(day.id, AddNote(text="The X-ray report came in."))
    yield lambda: do(day.id, CloseConcern(reason="Done"))
    yield lambda: do(day.id, ReopenConcern(reason="Not done"))


@pytest.mark.parametrize(("place", "back"), [(place, BACK[place % 3]) for place in range(13)])
def test_acts_go_through_and_every_list_is_shown(
    desk: Desk, hands: Hands, place: int, back: timedelta, tmp_path: Path
) -> None:
    day, witness, before = DutyDay(desk, hands), Witness(tmp_path / "seen"), 0
    for number, act in enumerate(acts(day)):
        hands.now += timedelta(minutes=5) if number != place else -back
        if number == ENDS and hands.now < (day.discussion.started or hands.now):
            with pytest.raises(Refused, match="That is before it began"):
                act()
            hands.now += back
        act()
        head = witness.check(desk.store)
        assert head.seq > before
        before = head.seq
    assert desk.store.verify().seq == before
    assert [entry.seq for entry in desk.store.since(0)] == list(range(1, before + 1))
    kinds = [entry.kind for entry in desk.store.stream(day.id)]
    assert (kinds[0], kinds[-1]) == ("concern-raised", "concern-reopened")
    _show_all(desk, day, hands)
    hands.now += back
    _show_all(desk, day, hands)


def _show_all(desk: Desk, day: DutyDay, hands: Hands) -> None:
    assert why_view(desk, day.id, hands.now).headline
    assert all_obligations(desk, hands.now)
    assert len(list(timeline(desk.concern(day.id)))) == desk.store.version(day.id)
    handover_of(desk, hands.now)
    moved(desk.store, desk.actor)
    escalation_list(desk, hands.now)
    concern_view(desk, day.id, hands.now)
    assert [row.id for row in desk.rows()] == [day.id]
    period = Period((hands.now - FAR).date(), (hands.now + FAR).date())
    stories, breaches = Stories(), Breaches()
    stories.read_all(desk)
    breaches.read_all(desk)
    statistics(desk, stories, period, hands.now)
    breach_file(desk, breaches, period, hands.now)


def test_what_was_typed_last_is_what_is_kept(desk: Desk, hands: Hands) -> None:
    for words in ("Ms", "Ms Lund", "Ms Lund, Hollin School"):
        desk.store.save_draft(Draft("d1", "intake", None, desk.actor, "here", hands.on(hours=-2), {"name": words}))
    [kept] = desk.store.drafts()
    assert kept.body == {"name": "Ms Lund, Hollin School"}


def test_a_decision_of_the_service_counts_although_it_seems_older(desk: Desk, hands: Hands) -> None:
    hands.on(hours=-30)
    desk.decide([ClosureAdded(day=(hands.now + timedelta(days=30)).date(), name="Staff day")])
    assert list(desk.books.service.closures.values()) == ["Staff day"]
    assert desk.store.verify().seq == len(desk.store.since(0))
