"""What every engine must do. One class of tests for each engine says how to open it and runs all of these."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duty_tui.domain.kinds import DESTROYED
from duty_tui.errors import Conflict, Refused, Tampered
from duty_tui.store.journal import START, Entry, Head, NewEntry
from duty_tui.store.rows import ConcernRow, Duplicate, Identity, Projection
from duty_tui.store.store import Store
from tests.store.copying_contract import CopyingContract
from tests.store.examples import AT, NHS, UPN, action, contact, draft, here, note, record, row

Opener = Callable[[], Store]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


class StoreContract(CopyingContract):
    """Inherit, and give `opener`: each call opens the same data once more."""

    @pytest.fixture
    def store(self, opener: Opener) -> Iterator[Store]:
        with opener() as store:
            yield store

    # -- recording

    def test_an_empty_store_ends_at_the_start(self, store: Store) -> None:
        assert store.head() == START
        assert store.verify() == START
        assert (store.since(0), store.stream("amara"), store.version("amara")) == ([], [], 0)
        assert (store.rows(), store.counts(), list(store.follow())) == ([], {}, [])

    def test_what_is_recorded_is_read_back(self, store: Store) -> None:
        first, second = note(text="Bruise seen. Ünïcode \u2028 \x00 kept."), note(expected=1)
        sealed = record(store, first, second)
        assert [(e.seq, e.id, e.version, e.actor, e.kind) for e in sealed] == [
            (1, first.id, 1, "A. Worker", "noted"),
            (2, second.id, 2, "A. Worker", "noted"),
        ]
        assert store.stream("amara") == store.since(0) == sealed
        assert store.stream("amara", len(sealed) - 1) == sealed[-1:]
        assert store.stream("amara", len(sealed)) == []
        assert sealed[0].data == first.body
        assert sealed[0].at == datetime(2026, 11, 20, 18, 0, 0, 123000, tzinfo=UTC)
        assert store.head() == sealed[1].head == store.verify()
        assert store.version("amara") == 2

    def test_a_time_elsewhere_is_kept_in_utc(self, store: Store) -> None:
        summer = AT.astimezone(timezone(timedelta(hours=1)))
        [entry] = store.append([note()], actor="A. Worker", at=summer)
        assert entry.at.tzinfo is UTC
        assert entry == store.since(0)[0]

    def test_a_second_attempt_records_nothing(self, store: Store) -> None:
        entries = [note(), note(expected=1)]
        first = record(store, *entries)
        record(store, note(expected=2))
        assert record(store, *entries) == first
        assert store.head().seq == 3
        [fields] = store.rows()
        assert fields.version == 3, "the rows of a second attempt are old news"

    def test_a_second_attempt_that_read_its_own_entry_records_nothing(self, store: Store) -> None:
        [first] = record(store, note())
        again = NewEntry("amara", 1, "noted", first.data, first.id)
        assert record(store, again) == [first]

    @pytest.mark.parametrize("change", ["text", "kind", "company"])
    def test_one_id_is_one_entry(self, store: Store, change: str) -> None:
        [first] = record(store, note())
        body = {"text": "Other words."} if change == "text" else first.data
        again = [NewEntry("amara", 0, "raised" if change == "kind" else "noted", body, first.id)]
        if change == "company":
            again.append(note("kofi"))
        with pytest.raises(Refused, match="NOT recorded"):
            record(store, *again)
        assert store.head() == first.head

    @pytest.mark.parametrize("expected", [0, 2])
    def test_a_stream_that_moved_on_is_a_conflict(self, store: Store, expected: int) -> None:
        record(store, note())
        with pytest.raises(Conflict) as caught:
            record(store, note("kofi"), note(expected=expected))
        assert (caught.value.stream, caught.value.expected, caught.value.current) == ("amara", expected, 1)
        assert store.head().seq == 1
        assert store.row("kofi") is None, "all or none"

    def test_an_error_among_the_rows_undoes_the_entries(self, store: Store) -> None:
        def broken() -> Iterator[ConcernRow]:
            yield row()
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            store.append([note()], actor="A. Worker", at=AT, rows=broken())
        assert store.head() == START
        assert store.rows() == []

    def test_a_naive_time_is_a_fault_of_the_program(self, store: Store) -> None:
        with pytest.raises(ValueError, match="offset"):
            store.append([note()], actor="A. Worker", at=AT.replace(tzinfo=None))
        assert store.head() == START

    def test_rows_may_change_without_an_entry(self, store: Store) -> None:
        record(store, note())
        assert store.append([], actor="A. Worker", at=AT, rows=[row(owner="B. Chair")]) == []
        assert store.rows() == [row(owner="B. Chair", number=1)]

    def test_known_ids(self, store: Store) -> None:
        entries = [note(), note(expected=1), note("kofi")]
        record(store, *entries)
        ids = [entry.id for entry in entries]
        assert store.known_ids([*ids, "0" * 32]) == set(ids)
        assert store.known_ids([]) == set()

    def test_a_body_may_hold_anything_json_can(self, opener: Opener) -> None:
        with opener() as store:

            @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
            @given(st.dictionaries(st.text(max_size=8), JSON, max_size=4))
            def holds(body: dict[str, object]) -> None:
                new = NewEntry("amara", store.version("amara"), "noted", body)
                [sealed] = store.append([new], actor="A. Worker", at=AT)
                assert sealed.data == body
                assert store.since(sealed.seq - 1) == [sealed]

            holds()
            assert store.verify() == store.head()

    # -- reading

    def test_since_and_follow_go_in_order(self, store: Store) -> None:
        record(store, *(note(expected=version) for version in range(2500)))
        assert [entry.seq for entry in store.since(7, 3)] == [8, 9, 10]
        batches = list(store.follow(10))
        assert [entry.seq for batch in batches for entry in batch] == list(range(11, 2501))
        assert max(map(len, batches)) == 1000

    def test_numbers_follow_the_order_of_raising_and_stay(self, store: Store) -> None:
        record(store, note("kofi"))
        record(store, note("amara"), note("zoe"))
        record(store, note("kofi", 1))
        assert [(found.id, found.number, found.version) for found in store.rows()] == [
            ("kofi", 1, 2),
            ("amara", 2, 1),
            ("zoe", 3, 1),
        ]
        assert store.row_by_number(2) == store.row("amara") == row(number=2)
        assert store.row("nobody") is store.row_by_number(9) is None

    def test_a_row_comes_back_as_it_was_given(self, store: Store) -> None:
        odd = row(due=None, certain=False, restricted=True, owner="B. Chair", youngest=None, eldest="2011-02-03")
        store.append([note()], actor="A. Worker", at=AT, rows=[odd])
        [found] = store.rows()
        assert found == odd._replace(number=1)
        assert list(map(type, found)) == list(map(type, odd)), "flags come back as flags"
        assert isinstance(found, ConcernRow)

    def test_open_and_closed(self, store: Store) -> None:
        record(store, *(note(name) for name in "abc"))
        store.append([note("b", 1)], actor="A. Worker", at=AT, rows=[row("b", 2, status="closed")])
        assert [found.id for found in store.rows()] == ["a", "c"]
        assert [found.id for found in store.rows(limit=1)] == ["a"]
        assert [(found.id, found.number) for found in store.rows("closed")] == [("b", 2)]
        assert store.counts() == {"open": 2, "closed": 1}

    def test_streams_with_an_entry_of_a_kind(self, store: Store) -> None:
        record(store, note("b"), note("a"), note("b", 1), NewEntry("c", 0, "closed", {}))
        assert store.streams_with("noted") == ["b", "a"]
        assert store.streams_with("closed") == ["c"]
        assert store.streams_with("other") == []

    def test_an_action_says_whether_its_concern_is_restricted(self, store: Store) -> None:
        for name, restricted in (("amara", True), ("kofi", False)):
            store.append(
                [note(name)],
                actor="A. Worker",
                at=AT,
                rows=[row(name, restricted=restricted)],
                actions={name: [action(name)]},
            )
        assert [(one.concern, one.number, one.restricted) for one in store.actions()] == [
            ("amara", 1, True),
            ("kofi", 2, False),
        ]
        assert (store.actions()[0].restricted, store.actions()[1].restricted) == (True, False)

    def test_somebody_met_is_forgotten_unless_seen_later_elsewhere(self, store: Store) -> None:
        later = contact(name="Bo Lind", name_key="bo lind", search=" bo lind health", seen=5)
        stranger = contact(name_key="jo park")
        store.append([note()], actor="A. Worker", at=AT, contacts=[contact(), later])
        forget = [contact(), later._replace(seen=4), stranger]
        store.append([note(expected=1)], actor="A. Worker", at=AT, forget=forget)
        assert [one.name for one in store.contacts([], 9)] == ["Bo Lind"]

    def test_ids_by_their_beginning(self, store: Store) -> None:
        record(store, *(note(name) for name in ("ab1", "ab2", "ac", "b", "a_", "a%")))
        assert store.matching_ids("ab") == ["ab1", "ab2"]
        assert store.matching_ids("a_") == ["a_"]
        assert store.matching_ids("A") == []
        assert len(store.matching_ids("")) == 6

    def test_possible_duplicates(self, store: Store) -> None:
        for name, its in (("amara", [NHS, UPN]), ("kofi", [UPN, UPN]), ("zoe", [Identity("upn", NHS.value)])):
            store.append([note(name)], actor="A. Worker", at=AT, rows=[row(name)], identities={name: its})
        assert store.duplicates_of("new", [NHS, UPN]) == [
            Duplicate("amara", 1, "nhs"),
            Duplicate("amara", 1, "upn"),
            Duplicate("kofi", 2, "upn"),
        ]
        assert store.duplicates_of("amara", [NHS, UPN]) == [Duplicate("kofi", 2, "upn")]
        assert store.duplicates_of("new", []) == []
        store.append([note("kofi", 1)], actor="A. Worker", at=AT, rows=[row("kofi", 2)], identities={"kofi": []})
        assert store.duplicates_of("amara", [UPN]) == []

    # -- actions and people

    def test_actions_are_listed_by_due_and_replaced_with_their_concern(self, store: Store) -> None:
        record(store, note("kofi"), note("amara"))
        late, none, soon = action("amara", "a1", due=30), action("amara", "a2"), action("kofi", "k1", due=20)
        store.append([], actor="A. Worker", at=AT, actions={"amara": [none, late], "kofi": [soon]})
        assert store.actions() == [
            soon._replace(number=1),
            late._replace(number=2),
            none._replace(number=2),
        ]
        assert [one.id for one in store.actions(due_by=20)] == ["k1"]
        assert [one.id for one in store.actions(limit=1)] == ["k1"]
        store.append([], actor="A. Worker", at=AT, actions={"amara": [none], "kofi": []})
        assert [one.id for one in store.actions()] == ["a2"]

    def test_actions_of_one_person_or_agency(self, store: Store) -> None:
        record(store, note())
        mine, theirs = action(id="1", who_key="ann osei", agency_key="health"), action(id="2", agency_key="police")
        store.append([], actor="A. Worker", at=AT, actions={"amara": [mine, theirs]})
        assert [one.id for one in store.actions(who="ann osei")] == ["1"]
        assert [one.id for one in store.actions(agency="police")] == ["2"]
        assert store.actions(who="ann osei", agency="police") == []

    def test_the_same_actions_again_change_nothing(self, store: Store) -> None:
        record(store, note())
        owed = [action(id="2"), action(id="1")]
        for _ in range(2):
            store.append([], actor="A. Worker", at=AT, actions={"amara": owed})
            assert [one.id for one in store.actions()] == ["2", "1"]

    def test_actions_that_cannot_be_recorded_are_not_kept(self, store: Store) -> None:
        record(store, note())
        with pytest.raises(Conflict):
            store.append([note()], actor="A. Worker", at=AT, actions={"amara": [action()]}, contacts=[contact()])
        assert (store.actions(), store.contacts(["sian"], 9)) == ([], [])

    def test_people_are_learned_and_what_a_later_sighting_leaves_open_stays(self, store: Store) -> None:
        store.append([], actor="A. Worker", at=AT, contacts=[contact(job="Nurse", seen=5)])
        store.append([], actor="A. Worker", at=AT, contacts=[contact(contact="0114 496 0000", seen=7), contact(seen=1)])
        [known] = store.contacts(["sian"], 9)
        assert (known.job, known.contact, known.seen) == ("Nurse", "0114 496 0000", 7)

    def test_people_are_found_by_the_beginnings_of_words_those_seen_last_first(self, store: Store) -> None:
        people = [
            contact(seen=1),
            contact(name_key="sian hale", search=" sian hale police", agency_key="police", seen=2),
        ]
        store.append([], actor="A. Worker", at=AT, contacts=people)
        assert store.contacts(["si"], 9) == people[::-1]
        assert store.contacts(["si"], 1) == people[1:]
        assert store.contacts(["lund", "sian"], 9) == people[:1]
        assert store.contacts(["ian"], 9) == store.contacts(["%"], 9) == []

    def test_reproject_makes_actions_and_people_anew(self, store: Store) -> None:
        record(store, note(), note("gone"))
        owed = {"gone": [action("gone")], "amara": [action(id="old")]}
        store.append([], actor="A. Worker", at=AT, actions=owed, contacts=[contact()])
        fresh = contact(name_key="ann osei", search=" ann osei", seen=3)
        twice = [fresh._replace(job="Nurse", seen=2), fresh]
        store.reproject([Projection(row(), [], [action(id="1"), action(id="2")], twice)], "k")
        assert [(one.id, one.number) for one in store.actions()] == [("1", 1), ("2", 1)]
        assert store.contacts([], 9) == [fresh._replace(job="Nurse", search=" sian lund nurse health")]

    # -- rows made anew

    def test_reproject_replaces_every_row_and_keeps_the_numbers(self, store: Store) -> None:
        record(store, note("kofi"), note("amara"), note("gone"))
        store.append([], actor="A. Worker", at=AT, identities={"kofi": [NHS]})
        fresh = [
            Projection(row("zoe"), [UPN]),
            Projection(row("amara", rank=3), [NHS]),
            Projection(row("kofi", status="closed")),
        ]
        store.reproject(iter(fresh), "pack-2")
        assert store.meta("projection_key") == "pack-2"
        assert [(found.id, found.number, found.rank) for found in store.rows()] == [("amara", 2, 3), ("zoe", 4, 1)]
        assert [(found.id, found.number) for found in store.rows("closed")] == [("kofi", 1)]
        assert store.duplicates_of("new", [NHS, UPN]) == [Duplicate("amara", 2, "nhs"), Duplicate("zoe", 4, "upn")]

    def test_reproject_reads_the_journal_as_it_goes(self, store: Store) -> None:
        record(store, note("kofi"), note("amara"), rows=False)
        store.reproject((Projection(row(entry.stream)) for batch in store.follow() for entry in batch), "k")
        assert [found.id for found in store.rows()] == ["kofi", "amara"]

    def test_reproject_is_all_or_nothing(self, store: Store) -> None:
        record(store, note())

        def broken() -> Iterator[Projection]:
            yield Projection(row("kofi"))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            store.reproject(broken(), "k")
        assert [found.id for found in store.rows()] == ["amara"]
        assert store.meta("projection_key") is None

    def test_meta(self, store: Store, opener: Opener) -> None:
        born = store.meta("database")
        assert born is not None
        assert len(born) == 32
        store.set_meta("practice", "yes")
        store.set_meta("practice", "no")
        with opener() as other:
            assert (other.meta("practice"), other.meta("database"), other.meta("nothing")) == ("no", born, None)

    # -- drafts

    def test_drafts_are_kept_until_dropped(self, store: Store, opener: Opener) -> None:
        store.save_draft(draft())
        later = draft("d2", actor="B. Chair", concern="amara", updated=AT.replace(minute=1, microsecond=0))
        store.save_draft(later)
        store.save_draft(draft(body={"who": "Nurse"}))
        with opener() as other:
            assert other.drafts() == [later, draft(body={"who": "Nurse"})]
            assert other.drafts("B. Chair") == [later]
            assert other.draft("d1") == draft(body={"who": "Nurse"})
        store.drop_draft("d1")
        store.drop_draft("d1")
        assert store.draft("d1") is None

    def test_the_finished_draft_goes_with_the_entry(self, store: Store) -> None:
        store.save_draft(draft())
        with pytest.raises(Conflict):
            store.append([note(expected=4)], actor="A. Worker", at=AT, drop_draft="d1")
        assert store.draft("d1") == draft()
        entry = note()
        store.append([entry], actor="A. Worker", at=AT, drop_draft="d1")
        assert store.draft("d1") is None
        store.save_draft(draft())
        store.append([entry], actor="A. Worker", at=AT, drop_draft="d1")
        assert store.draft("d1") is None, "the second attempt finishes it too"

    def test_drafts_about_one_concern(self, store: Store) -> None:
        store.save_draft(draft("d1", concern="amara"))
        store.save_draft(draft("d2", concern="zoe"))
        store.save_draft(draft("d3", concern="amara", actor="B. Chair"))
        assert {one.id for one in store.drafts(concern="amara")} == {"d1", "d3"}
        assert [one.id for one in store.drafts("B. Chair", "amara")] == ["d3"]
        assert store.drafts("B. Chair", "zoe") == []

    # -- who has what open

    def test_a_terminal_has_one_thing_open_until_it_leaves(self, store: Store, opener: Opener) -> None:
        hour_ago = AT - timedelta(hours=1)
        store.be_present(here("t1"), hour_ago)
        store.be_present(here("t2", actor="A. Worker"), hour_ago)
        store.be_present(here("t3", concern="zoe"), hour_ago)
        with opener() as other:
            assert other.present("amara", hour_ago) == [here("t2", actor="A. Worker"), here("t1")]
        store.be_present(here("t2", actor="A. Worker", concern="zoe", part="call"), hour_ago)
        assert store.present("amara", hour_ago) == [here("t1")]
        assert [one.part for one in store.present("zoe", hour_ago)] == ["call", "concern"]
        store.leave("t1")
        store.leave("t1")
        assert store.present("amara", hour_ago) == []

    def test_a_terminal_that_no_longer_says_so_is_not_there_and_then_forgotten(self, store: Store) -> None:
        store.be_present(here("t1"), AT)
        assert store.present("amara", AT.replace(microsecond=0)) == [here("t1")]
        assert store.present("amara", AT + timedelta(seconds=1)) == []
        store.be_present(here("t2", seen=here("t2").seen + timedelta(minutes=1)), AT + timedelta(seconds=1))
        assert [one.terminal for one in store.present("amara", AT - timedelta(hours=1))] == ["t2"]

    def test_who_has_what_open_is_no_part_of_the_record(self, store: Store) -> None:
        record(store, note())
        before = store.head()
        store.be_present(here("t1"), AT)
        store.leave("t1")
        assert store.head() == store.verify() == before

    def test_that_somebody_opened_something_is_noticed(self, store: Store) -> None:
        watcher = store.watcher()
        store.be_present(here("t1"), AT)
        assert watcher.changed(1.0)
        store.leave("t1")
        assert watcher.changed(1.0)
        watcher.close()

    # -- changes

    def test_a_watcher_hears_of_others(self, store: Store, opener: Opener) -> None:
        watcher = store.watcher()
        assert not watcher.changed(0)
        with opener() as other:
            record(other, note())
            assert watcher.changed(5)
            assert not watcher.changed(0.01, every=0.001)
        record(store, note("kofi"))
        assert watcher.changed(5)
        watcher.close()

    def test_a_watcher_in_another_thread_is_woken(self, store: Store) -> None:
        watcher, heard = store.watcher(), list[bool]()
        thread = threading.Thread(target=lambda: heard.append(watcher.changed(10, every=0.001)))
        thread.start()
        record(store, note())
        thread.join()
        watcher.close()
        assert heard == [True]

    def test_a_watcher_can_be_stopped(self, store: Store) -> None:
        watcher, stop = store.watcher(), threading.Event()
        stop.set()
        assert not watcher.changed(3600, stop)
        watcher.close()

    # -- destroying

    def destroy(self, store: Store, *versions: int, stream: str = "amara") -> list[Entry]:
        body = {"versions": list(versions), "authority": "Records board"}
        return store.append([NewEntry(stream, store.version(stream), DESTROYED, body)], actor="A. Worker", at=AT)

    def test_a_destroyed_text_is_gone_and_the_chain_verifies(self, store: Store) -> None:
        first, second, other = record(store, note(), note(expected=1), note("kofi"))
        store.save_draft(draft("d1", concern="amara"))
        store.save_draft(draft("d2", concern="kofi"))
        [gone] = self.destroy(store, 1)
        assert store.since(0) == [first._replace(salt=None, body=None), second, other, gone]
        assert store.stream("amara") == [store.since(0)[0], second, gone]
        assert store.verify() == store.verify(first.head) == store.head() == gone.head
        assert [one.id for one in store.drafts()] == ["d2"]
        assert record(store, note("kofi", 1))

    def test_a_destruction_tried_again_records_nothing(self, store: Store) -> None:
        record(store, note())
        new = NewEntry("amara", 1, DESTROYED, {"versions": [1]})
        again = [store.append([new], actor="A. Worker", at=AT) for _ in range(2)]
        assert again[0] == again[1]
        assert store.head().seq == 2

    @pytest.mark.parametrize("versions", [(), (0,), (9,), (1,), (2,), (1, 3), (4,)])
    def test_what_cannot_be_destroyed_is_refused(self, store: Store, versions: tuple[int, ...]) -> None:
        record(store, note())
        self.destroy(store, 1)
        record(store, note(expected=2))
        before = store.since(0)
        with pytest.raises(Refused, match="is to be destroyed"):
            self.destroy(store, *versions)
        assert store.since(0) == before
        assert store.verify() == store.head()
        self.destroy(store, 3)

    def test_a_text_taken_away_without_a_destruction_is_found(self, store: Store) -> None:
        record(store, note(), note(expected=1), note("kofi"))
        self.destroy(store, 1)
        self.forge(store, store.since(1)[0]._replace(salt=None, body=None))
        with pytest.raises(Tampered, match="text of entry 2 is gone, and no destruction") as caught:
            store.verify(whole=False)
        assert caught.value.seq == 2

    def test_a_destruction_that_lost_its_own_list_is_found(self, store: Store) -> None:
        record(store, note())
        [gone] = self.destroy(store, 1)
        self.forge(store, gone._replace(salt=None, body=None))
        with pytest.raises(Tampered, match="text of entry 1 is gone"):
            store.verify(whole=False)

    # -- verifying

    def test_verify_goes_on_from_what_was_seen(self, store: Store) -> None:
        [first] = record(store, note())
        record(store, note(expected=1))
        assert store.verify(first.head) == store.head()
        assert store.verify(store.head(), whole=False) == store.head()

    @pytest.mark.parametrize("seen", [Head(1, "f" * 64), Head(3, "f" * 64)])
    def test_verify_misses_what_was_seen(self, store: Store, seen: Head) -> None:
        record(store, note(), note(expected=1))
        with pytest.raises(Tampered, match=f"Entry {seen.seq} .* seen before"):
            store.verify(seen)

    def test_an_end_that_went_missing_stops_the_recording(self, store: Store) -> None:
        record(store, note(), note(expected=1))
        self.cut_the_end(store)
        with pytest.raises(Tampered, match=r"ended at entry 2 .* now ends at entry 1") as caught:
            record(store, note(expected=1))
        assert caught.value.seq == 2

    def cut_the_end(self, store: Store) -> None:
        """Take the last entry away, going round every guard."""
        raise NotImplementedError

    def forge(self, store: Store, entry: Entry) -> None:
        """Put another entry in place of the one with its number, going round every guard."""
        raise NotImplementedError

    def test_a_forged_entry_is_found(self, store: Store) -> None:
        record(store, note(), note(expected=1), note(expected=2))
        self.forge(store, store.since(1)[0]._replace(actor="Somebody else"))
        with pytest.raises(Tampered, match="Entry 2") as caught:
            store.verify(whole=False)
        assert caught.value.seq == 2
