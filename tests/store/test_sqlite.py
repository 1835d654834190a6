from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.store.guards import GUARDS
from duty_tui.store.journal import Entry
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store
from tests.store.contract import Opener, StoreContract
from tests.store.examples import by_hand, open_file


class TestSqlite(StoreContract):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda: open_file(tmp_path / "duty.db", patience=5)

    def cut_the_end(self, store: Store) -> None:
        assert isinstance(store, SqliteStore)
        with by_hand(store.path) as hand:
            hand.execute("DROP TRIGGER journal_whole")
            hand.execute("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
            hand.execute(GUARDS["journal_whole"])

    def forge(self, store: Store, entry: Entry) -> None:
        assert isinstance(store, SqliteStore)
        with by_hand(store.path) as hand:
            hand.execute("DROP TRIGGER journal_kept")
            forged = (entry.actor, entry.salt, entry.body, entry.seq)
            hand.execute("UPDATE journal SET actor = ?, salt = ?, body = ? WHERE seq = ?", forged)
