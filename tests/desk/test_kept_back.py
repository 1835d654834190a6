"""A concern whose words the database itself keeps from whoever is logged in."""

from __future__ import annotations

import pytest

from duty_tui.desk.desk import Desk
from duty_tui.desk.histories import history_of
from duty_tui.desk.past import read
from duty_tui.domain.commands import AddNote
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern
from duty_tui.errors import Refused
from duty_tui.store.journal import Entry
from duty_tui.store.memory import MemoryStore
from tests.builders import raise_concern
from tests.desk.conftest import Hands, make_desk

ME, BO = "Ann Osei", "Bo Lind"


class KeepsBack(MemoryStore):
    """The same record as somebody sees it who is logged in under a name it does not know."""

    def __init__(self, record: MemoryStore) -> None:
        super().__init__()
        vars(self).update(vars(record))
        self.kept = {"c1"}

    def hidden(self) -> set[str]:
        return self.kept

    def stream(self, name: str, after: int = 0) -> list[Entry]:
        found = super().stream(name, after)
        return [one._replace(salt=None, body=None) for one in found] if name in self.kept else found


@pytest.fixture
def strange(desk: Desk) -> KeepsBack:
    """A record with a restricted concern, as whoever is not named sees it."""
    desk.do("c1", raise_concern())
    desk.do("c1", RestrictConcern(names=(ME,), reason="A colleague is named"))
    assert isinstance(desk.store, MemoryStore)
    return KeepsBack(desk.store)


def test_all_that_is_known_is_that_it_is_restricted_and_by_whom(strange: KeepsBack, hands: Hands) -> None:
    bo = make_desk(strange, hands, BO)
    with pytest.raises(Refused, match=f"restricted to named people.*ask {ME}"):
        bo.concern("c1")
    with pytest.raises(Refused, match="restricted to named people"):
        bo.do("c1", AddNote(text="x"))
    history = history_of(strange, "c1")
    assert [event is None for _, event, _ in history] == [True] * (len(history) - 1) + [False]
    assert not any(one.destroyed for one in history)


def test_a_figure_says_that_it_cannot_be_read_and_not_that_it_was_destroyed(strange: KeepsBack, hands: Hands) -> None:
    bo = make_desk(strange, hands, BO)
    [row] = strange.rows()
    concern = read(bo, row).concern
    assert (concern.is_destroyed, concern.unread > 0, concern.restricted_to) == (False, True, ())


def test_what_was_kept_back_is_read_once_it_is_shown(strange: KeepsBack, desk: Desk, hands: Hands) -> None:
    bo = make_desk(strange, hands, BO)
    with pytest.raises(Refused):
        bo.concern("c1")
    desk.do("c1", LiftRestriction(reason="Over"))
    strange.kept = set()
    concern = bo.concern("c1")
    assert (concern.unread, concern.restricted_to) == (0, None)
    assert concern.children[0].name


def test_what_was_read_before_is_kept_from_then_on(desk: Desk, hands: Hands) -> None:
    desk.do("c1", raise_concern())
    assert isinstance(desk.store, MemoryStore)
    strange = KeepsBack(desk.store)
    strange.kept = set()
    bo = make_desk(strange, hands, BO)
    assert bo.concern("c1").restricted_to is None
    desk.do("c1", RestrictConcern(names=(ME,), reason="A colleague is named"))
    strange.kept = {"c1"}
    with pytest.raises(Refused, match="restricted to named people"):
        bo.concern("c1")
