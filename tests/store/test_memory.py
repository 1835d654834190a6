from __future__ import annotations

import pytest

from duty_tui.store.journal import Entry
from duty_tui.store.memory import MemoryStore
from duty_tui.store.store import Store
from tests.store.contract import Opener, StoreContract


class TestMemory(StoreContract):
    @pytest.fixture
    def opener(self) -> Opener:
        store = MemoryStore()
        return lambda: store

    def cut_the_end(self, store: Store) -> None:
        assert isinstance(store, MemoryStore)
        store._entries.pop()
        store._streams["amara"].pop()

    def forge(self, store: Store, entry: Entry) -> None:
        assert isinstance(store, MemoryStore)
        store._entries[entry.seq - 1] = entry
