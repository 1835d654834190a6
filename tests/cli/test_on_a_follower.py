"""The commands on a server that follows another, where everything is looked at and nothing recorded."""

from __future__ import annotations

import pytest

from duty_tui.store.address import Address, read_address
from duty_tui.store.postgres_watcher import PostgresWatcher
from tests.cli.conftest import TABLE, Run
from tests.postgres import follower, fresh, open_at
from tests.store.examples import note, record


@pytest.fixture
def address() -> Address:
    return fresh()


def test_everything_is_looked_at_and_nothing_recorded(run: Run, address: Address) -> None:
    named = f"{address.url}&schema={address.schema}"
    assert run("--database", named, "init").status == 0
    assert run("--database", named, "import", "-", text=TABLE).status == 0
    with follower() as url:
        there = read_address(f"{url}&schema={address.schema}")
        copy = f"{url}&schema={address.schema}"
        for words in (("queue",), ("show", "C1"), ("show", "C1", "--json"), ("why", "C1"), ("verify",)):
            ended = run("--database", copy, *words)
            assert (ended.status, bool(ended.out)) == (0, True), ended.err
        assert "cannot be seen whether views" in run("--database", copy, "database", "check").out
        refused = run("--database", copy, "closure", "add", "2026-12-24", "Christmas Eve")
        assert refused.status == 1
        assert "can only be read from here" in refused.err
        watcher = PostgresWatcher(there, patience=1)
        assert not watcher.changed(0)
        with open_at(address) as store, open_at(there, create=False) as follows:
            assert follows.read_only
            assert follows.head() == store.head()
            [entry] = record(store, note())
        assert watcher.changed(10)
        watcher.close()
        with open_at(there, create=False) as follows:
            assert follows.since(entry.seq - 1) == [entry]
