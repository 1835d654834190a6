from __future__ import annotations

import pytest

from duty_tui.store.journal import Entry
from duty_tui.store.postgres import PostgresStore
from duty_tui.store.postgres_pieces import statements
from duty_tui.store.postgres_schema import FUNCTIONS, TRIGGERS
from duty_tui.store.store import Store
from tests.postgres import by_hand, fresh, open_at
from tests.store.contract import Opener, StoreContract


class TestPostgres(StoreContract):
    @pytest.fixture
    def opener(self) -> Opener:
        address = fresh()
        return lambda: open_at(address)

    def cut_the_end(self, store: Store) -> None:
        self.unguarded(store, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")

    def forge(self, store: Store, entry: Entry) -> None:
        forged = (entry.actor, entry.salt, entry.body, entry.seq)
        self.unguarded(store, "UPDATE journal SET actor = %s, salt = %s, body = %s WHERE seq = %s", *forged)

    def unguarded(self, store: Store, statement: str, *parameters: object) -> None:
        assert isinstance(store, PostgresStore)
        with by_hand(store.address) as hand:
            hand.execute("ALTER TABLE journal DISABLE TRIGGER USER")
            hand.execute(statement, parameters)
            hand.execute(statements(FUNCTIONS, TRIGGERS, store.address.schema))
