"""A record carried to another store: what comes over, what is said, and what a copy cut short leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from duty_tui.domain.kinds import RESTRICTED
from duty_tui.errors import Refused, Tampered
from duty_tui.store.copying import COPYING, Copied, copy
from duty_tui.store.journal import Head, NewEntry
from duty_tui.store.memory import MemoryStore
from duty_tui.store.postgres_rights import grant
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store
from duty_tui.store.witness import Witness
from tests.postgres import as_login, by_hand, fresh, open_at
from tests.store.copying_contract import destroy, elsewhere
from tests.store.examples import AT, draft, note, open_file, record

_WAYS = ("memory to memory", "memory to file", "file to file", "file to server", "server to file", "server to server")


@pytest.fixture(params=_WAYS)
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """A store with six entries and an empty one."""
    with ExitStack() as stack:
        opened: dict[str, Callable[[int], Store]] = {
            "memory": lambda _place: MemoryStore(),
            "file": lambda place: open_file(tmp_path / f"{place}.db"),
            "server": lambda _place: open_at(fresh()),
        }
        kinds = str(request.param).split(" to ")
        source, target = (stack.enter_context(opened[kind](place)) for place, kind in enumerate(kinds))
        source.adopt(elsewhere().since(0), database="d" * 32)
        yield source, target


def quiet(_done: int, _of: int) -> None:
    """Nobody watches."""


@pytest.mark.parametrize("whole", [True, False])
def test_a_copy_is_the_record_and_a_second_one_brings_only_what_is_new(pair: tuple[Store, Store], whole: bool) -> None:
    source, target = pair
    source.set_meta("practice", "yes")
    assert copy(source, target, quiet, whole=whole) == Copied(source.head(), 6, 0)
    assert target.since(0) == source.since(0)
    assert (target.meta("practice"), target.meta("database"), target.meta(COPYING)) == ("yes", "d" * 32, "")
    destroy(source, 1)
    record(source, note("kofi", 3))
    assert copy(source, target, quiet, whole=whole) == Copied(source.head(), 2, 0)
    assert copy(source, target, quiet, whole=whole) == Copied(source.head(), 0, 0)
    assert target.since(0) == source.since(0)
    assert target.verify() == source.verify()


def test_back_again(pair: tuple[Store, Store]) -> None:
    source, target = pair
    copy(source, target, quiet)
    record(target, note("kofi", 3))
    assert copy(target, source, quiet).brought == 1
    assert source.since(0) == target.since(0)


def test_progress_is_told_up_to_the_whole(pair: tuple[Store, Store]) -> None:
    source, target = pair
    said: list[tuple[int, int]] = []
    copy(source, target, lambda done, of: said.append((done, of)))
    assert said == sorted(said)
    assert said[-1] == (24, 24), "verified, brought, verified, compared"
    said.clear()
    record(source, note("kofi", 3))
    copy(source, target, lambda done, of: said.append((done, of)), whole=False)
    assert said == [(1, 1)]


def test_a_copy_that_was_recorded_on_is_refused(pair: tuple[Store, Store]) -> None:
    source, target = pair
    copy(source, target, quiet)
    record(target, note("zoe"))
    for recorded in (0, 1, 2):
        with pytest.raises(Refused, match="parted"):
            copy(source, target, quiet)
        record(source, note("kofi", 3 + recorded))
    assert target.head().seq == 7


def test_another_record_is_refused(pair: tuple[Store, Store]) -> None:
    source, target = pair
    record(target, note())
    with pytest.raises(Refused, match="another record"):
        copy(source, target, quiet)
    assert (target.head().seq, target.meta(COPYING)) == (1, None)


def test_a_record_that_is_damaged_is_not_copied(pair: tuple[Store, Store]) -> None:
    _, target = pair
    source = elsewhere()
    source._entries[3] = source._entries[3]._replace(actor="Somebody else")
    for whole in (True, False):
        with pytest.raises(Tampered, match="Entry 4"):
            copy(source, target, quiet, whole=whole)
    assert target.head().seq == 0
    assert target.meta(COPYING) == "yes", "what there is of it is not called a record"


def test_a_copy_with_a_text_too_many_is_not_called_one(pair: tuple[Store, Store]) -> None:
    source, target = pair
    copy(source, target, quiet)
    keeps = elsewhere()
    keeps._entries = source.since(0)
    destroy(source, 1)
    copy(source, target, quiet)
    if not isinstance(target, MemoryStore):
        return
    target._entries[0] = keeps._entries[0]
    assert target.verify() == source.head(), "the chain alone does not see it"
    with pytest.raises(Tampered, match="not the same"):
        copy(source, target, quiet)


def test_a_copy_cut_short_says_so_until_it_is_finished(pair: tuple[Store, Store]) -> None:
    source, target = pair

    def cut(done: int, _of: int) -> None:
        if done >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(source, target, cut, whole=False)
    assert (target.meta(COPYING), target.head()) == ("yes", source.head())
    assert copy(source, target, quiet).brought == 0
    assert target.meta(COPYING) == ""


def test_a_terminal_that_saw_one_of_them_notices_what_the_other_lacks(
    pair: tuple[Store, Store], tmp_path: Path
) -> None:
    source, target = pair
    witness = Witness(tmp_path / "witness")
    copy(source, target, quiet)
    record(source, note("kofi", 3))
    assert witness.check(source) == source.head()
    with pytest.raises(Tampered, match=r"Entry 7 .* gone"):
        witness.check(target)
    copy(source, target, quiet)
    assert witness.check(target) == Head(7, source.head().hash)


# -- drafts


def test_drafts_go_along_and_finished_ones_go(pair: tuple[Store, Store]) -> None:
    source, target = pair
    later = AT.replace(minute=30, microsecond=0)
    for name in ("finished", "open"):
        source.save_draft(draft(name))
    assert copy(source, target, quiet).drafts == 2
    assert target.drafts() == source.drafts()
    source.drop_draft("finished")
    source.save_draft(draft("open", updated=later, body={"who": "Nurse"}))
    assert copy(source, target, quiet).drafts == 1
    assert target.drafts() == source.drafts() == [draft("open", updated=later, body={"who": "Nurse"})]


def test_what_was_typed_at_the_copy_stays(pair: tuple[Store, Store]) -> None:
    source, target = pair
    later = AT.replace(minute=30, microsecond=0)
    for name in ("finished", "open"):
        source.save_draft(draft(name))
    copy(source, target, quiet)
    typed = [draft(name, updated=later, body={"who": "Typed here"}) for name in ("finished", "open", "own")]
    for one in typed:
        target.save_draft(one)
    source.drop_draft("finished")
    copy(source, target, quiet)
    assert sorted(target.drafts()) == typed


def test_the_texts_of_a_copy_are_encrypted(tmp_path: Path) -> None:
    with open_file(tmp_path / "copy.db") as target:
        copy(elsewhere(), target, quiet)
        assert isinstance(target, SqliteStore)
    assert b"Note 1" not in (tmp_path / "copy.db").read_bytes()


@pytest.mark.parametrize("whole", [True, False])
def test_a_login_from_whom_something_is_kept_makes_no_copy(whole: bool) -> None:
    address = fresh()
    with open_at(address) as store:
        record(store, note())
        named = {"names": ["Ann"], "reason": "staff"}
        store.append([NewEntry("amara", 1, RESTRICTED, named)], actor="postgres", at=AT)
    grant(address, ["eve"], [])
    with open_at(as_login(address, "eve"), create=False) as hers, MemoryStore() as other:
        with pytest.raises(Refused, match="no whole copy"):
            copy(hers, other, quiet, whole=whole)
        with pytest.raises(Refused, match="no whole copy"):
            copy(other, hers, quiet, whole=whole)
        assert other.head().seq == 0
    with by_hand(address) as hand:
        hand.execute(f"DROP SCHEMA {address.schema} CASCADE; DROP ROLE eve")
