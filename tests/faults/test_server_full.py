"""The disk of a PostgreSQL server is full, really full: said in words, nothing recorded, and with room it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.errors import Unavailable
from duty_tui.store.address import read_address
from duty_tui.store.postgres import PostgresStore
from tests.faults.server_process import ServerProcess, no_server
from tests.faults.small_disk import KINDS, Mounted, small_disk
from tests.store.examples import draft, note, record

#: Letters that the server cannot press into a page or two.
LONG = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(150_000))
SAID = r"its disk is full\. Your entry is NOT recorded\. Ask whoever runs the server"


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is Mounted and not no_server()])
def test_an_entry_and_a_draft_are_refused_until_there_is_room(tmp_path: Path, kind: type[Mounted]) -> None:
    with small_disk(kind, tmp_path / "disk", megabytes=120) as disk:
        server = ServerProcess(disk.folder / "server")
        server.start()
        try:
            with PostgresStore(read_address(server.address("trial")), create=True) as store:
                entry, longer = note("kofi", 0, LONG), draft(body={"text": LONG})
                record(store, note())
                store.save_draft(draft())
                with disk.full():
                    for _ in range(2):
                        with pytest.raises(Unavailable, match=SAID):
                            record(store, entry)
                        with pytest.raises(Unavailable, match=SAID):
                            store.save_draft(longer)
                    assert (store.head().seq, store.draft("d1")) == (1, draft())
                assert [record(store, entry)[0].seq for _ in range(2)] == [2, 2]
                store.save_draft(longer)
                assert store.draft("d1") == longer
                assert store.verify().seq == 2
        finally:
            server.stop()
