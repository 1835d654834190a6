"""A restricted concern destroyed on a server, which shows it to those named alone until nothing of it is left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from duty_tui.domain.commands import AddNote, CloseConcern
from duty_tui.domain.destruction_commands import DestroyEntries
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.errors import Refused
from duty_tui.store.address import Address
from duty_tui.store.postgres_rights import grant
from duty_tui.store.rows import GONE
from duty_tui.wiring import default_adoptions
from tests.builders import raise_concern
from tests.desk.conftest import NOW, Hands, make_desk
from tests.postgres import as_login, by_hand, fresh, open_at

DESTROY = DestroyEntries(authority="Records board, 3 November", rule="R7: 25 years")
ANN, BO = "Ann Osei", "bo lind"


@pytest.fixture
def address() -> Iterator[Address]:
    """A record that works by the default policies; Ann and Bo record in it."""
    address = fresh()
    with open_at(address) as store:
        make_desk(store, Hands(), address.login).decide(default_adoptions(NOW.date()))
    grant(address, [ANN, BO], [])
    yield address
    with by_hand(address) as hand:
        hand.execute(f'DROP SCHEMA {address.schema} CASCADE; DROP OWNED BY "{ANN}", "{BO}"')


def test_somebody_named_destroys_it_and_everybody_sees_that_it_was(address: Address) -> None:
    with (
        open_at(as_login(address, ANN), create=False) as hers,
        open_at(as_login(address, BO), create=False) as his,
    ):
        ann, bo = make_desk(hers, Hands(), ANN), make_desk(his, Hands(), BO)
        ann.do("c1", raise_concern())
        ann.do("c1", AddNote(text="Zqbruise"))
        ann.do("c1", RestrictConcern(names=(ANN,), reason="Works here"))
        ann.concern("c1")
        ann.do("c1", CloseConcern(reason="Over"))
        assert his.hidden() == {"c1"}
        with pytest.raises(Refused, match="restricted"):
            bo.do("c1", DESTROY)
        ann.do("c1", DESTROY)
        assert hers.hidden() == his.hidden() == set()
        assert his.stream("c1") == hers.stream("c1")
        assert [entry.body for entry in his.stream("c1")][:-1] == [None] * (his.version("c1") - 1)
        for store in (hers, his):
            row = store.row("c1")
            assert row
            assert (row.status, row.restricted, row.family) == (GONE, False, "DESTROYED")
            assert store.verify() == hers.head()
        for desk in (ann, bo):
            with pytest.raises(Refused, match=f"destroyed by {ANN}"):
                desk.concern("c1")
