"""What the server itself refuses, whoever asks, and what verify makes of what got through."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duty_tui.domain.kinds import DESTROYED
from duty_tui.errors import Refused, Tampered
from duty_tui.store.address import Address
from duty_tui.store.journal import START, NewEntry, canonical, seal
from duty_tui.store.postgres import PostgresStore
from duty_tui.store.postgres_guards import KEPT, NEXT, OWN_NAME
from duty_tui.store.postgres_pieces import statements
from duty_tui.store.postgres_schema import FUNCTIONS, TRIGGERS
from duty_tui.store.postgres_sql import PUT_ENTRY
from tests.postgres import by_hand, fresh, open_at
from tests.store.examples import AT, note, record, row

FORGED = """INSERT INTO journal
  SELECT {seq}, 'x', {stream}, {version}, at, actor, kind, digest, {prev}, hash, salt, body FROM journal"""

#: How the guard of new entries is made to fire always; what comes before it decides at which of them.
DOES = "EXECUTE FUNCTION journal_link(); ALTER TABLE journal ENABLE ALWAYS TRIGGER journal_link"
#: A function of the same name that refuses nothing, outside the schema.
ANOTHER = "CREATE FUNCTION public.journal_link() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;"
DOES_ANOTHER = DOES.replace("journal_link", "public.journal_link", 1)


@pytest.fixture
def address() -> Address:
    return fresh()


@pytest.fixture
def store(address: Address) -> Iterator[PostgresStore]:
    with open_at(address) as store:
        record(store, note())
        yield store


@pytest.mark.parametrize("before", ["", "SET session_replication_role = replica;"], ids=["", "as a replica"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET actor = 'eve'",
        "UPDATE journal SET seq = 9",
        "UPDATE journal SET body = '{}'",
        "UPDATE journal SET body = NULL",
        "UPDATE journal SET salt = NULL, body = NULL",
        "UPDATE journal SET salt = NULL, body = NULL, kind = 'other'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "INSERT INTO journal SELECT * FROM journal ON CONFLICT (seq) DO UPDATE SET actor = 'eve'",
        FORGED.format(seq=3, stream="stream", version=2, prev="hash"),
        FORGED.format(seq=2, stream="stream", version=2, prev="'f'"),
        FORGED.format(seq=2, stream="stream", version=3, prev="hash"),
        FORGED.format(seq=2, stream="'kofi'", version=2, prev="hash"),
        FORGED.format(seq=1, stream="'kofi'", version=1, prev="prev"),
        FORGED.format(seq="NULL", stream="stream", version=2, prev="hash"),
        # In the right place, and not sealed for it:
        FORGED.format(seq=2, stream="stream", version=2, prev="hash"),
    ],
)
def test_the_server_itself_refuses(store: PostgresStore, address: Address, sql: str, before: str) -> None:
    kept = store.since(0)
    with by_hand(address) as hand, pytest.raises(psycopg.DatabaseError) as caught:
        hand.execute(before + sql)
    assert caught.value.sqlstate in (NEXT, KEPT)
    assert store.since(0) == kept
    assert store.verify() == store.head()


@pytest.mark.parametrize(
    "changes",
    [{"digest": "f" * 64}, {"hash": "f" * 64}, {"body": "{}"}, {"actor": "eve"}, {"at": "now"}],
    ids=lambda changes: next(iter(changes)),
)
def test_only_what_is_sealed_for_its_place_is_taken(
    store: PostgresStore, address: Address, changes: dict[str, str | None]
) -> None:
    entry = seal(note(expected=1), store.head(), actor="A. Worker", at=AT)
    forged = dict(zip(entry._fields, entry.stored(), strict=True)) | changes
    with by_hand(address) as hand:
        with pytest.raises(psycopg.DatabaseError) as caught:
            hand.execute(PUT_ENTRY, [*forged.values()])
        assert caught.value.sqlstate == NEXT
        hand.execute(PUT_ENTRY, entry.stored())
    assert store.verify() == entry.head


def test_who_owns_the_record_may_bring_an_entry_whose_text_is_gone(store: PostgresStore, address: Address) -> None:
    entry = seal(note(expected=1), store.head(), actor="Somebody else", at=AT)
    with by_hand(address) as hand:
        hand.execute(PUT_ENTRY, entry._replace(salt=None, body=None).stored())
    with pytest.raises(Tampered, match="text of entry 2 is gone"):
        store.verify()


def test_an_id_is_in_a_stream_once(store: PostgresStore, address: Address) -> None:
    [first] = store.since(0)
    twice = seal(NewEntry("amara", 1, "noted", {}, first.id), store.head(), actor="A. Worker", at=AT)
    with by_hand(address) as hand, pytest.raises(psycopg.errors.UniqueViolation):
        hand.execute(PUT_ENTRY, twice.stored())


def test_the_server_spells_a_text_as_the_seal_does(address: Address) -> None:
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    with open_at(address), by_hand(address) as hand:

        @settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
        @given(st.text(letters, max_size=30) | st.sampled_from(['\b\f\n\r\t\x7f"\\/', "Siân \U0001f600 Ní"]))
        def same(text: str) -> None:
            assert hand.execute("SELECT spelled(%s)", (text,)).fetchone() == (canonical(text),)

        same()


def test_any_name_may_record(address: Address) -> None:
    with open_at(address) as store:
        store.append([note()], actor='Siân "O\'Ní" \U0001f600\n', at=AT)
        assert store.verify() == store.head()


def test_a_text_goes_only_with_its_destruction_recorded(store: PostgresStore, address: Address) -> None:
    record(store, note(expected=1), note("kofi"))
    store.append([NewEntry("amara", 2, DESTROYED, {"versions": [1], "why": "\x00"})], actor="A. Worker", at=AT)
    with by_hand(address) as hand:
        for other in ("version = 2", "stream = 'kofi'", f"kind = '{DESTROYED}'"):
            with pytest.raises(psycopg.DatabaseError, match="append-only"):
                hand.execute(f"UPDATE journal SET salt = NULL, body = NULL WHERE {other}")  # noqa: S608 - constants
    assert store.verify() == store.head()
    assert (store.since(0)[0].body, store.since(0)[0].data) == (None, {})


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TRIGGER journal_text ON journal",
        "ALTER TABLE journal DISABLE TRIGGER journal_link",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "ALTER TABLE journal ENABLE REPLICA TRIGGER journal_whole",
        "ALTER TABLE journal ENABLE TRIGGER journal_whole",
        "CREATE TRIGGER more AFTER INSERT ON journal EXECUTE FUNCTION journal_whole()",
        "CREATE OR REPLACE FUNCTION journal_whole() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$",
        "ALTER FUNCTION journal_link() RESET search_path",
        "ALTER FUNCTION journal_link() SECURITY DEFINER",
        f"CREATE OR REPLACE TRIGGER journal_link BEFORE INSERT ON journal FOR EACH ROW WHEN (false) {DOES}",
        f"CREATE OR REPLACE TRIGGER journal_link BEFORE INSERT OR UPDATE OF kind ON journal FOR EACH ROW {DOES}",
        f"{ANOTHER} CREATE OR REPLACE TRIGGER journal_link BEFORE INSERT ON journal FOR EACH ROW {DOES_ANOTHER}",
        "CREATE RULE more AS ON INSERT TO journal DO INSTEAD NOTHING",
        "CREATE RULE more AS ON INSERT TO journal DO ALSO SELECT 1",
        "CREATE FUNCTION folded(name) RETURNS text LANGUAGE sql AS $$SELECT $1::text$$",
    ],
)
def test_guards_taken_away_or_changed_are_missed(store: PostgresStore, address: Address, sql: str) -> None:
    with by_hand(address) as hand:
        hand.execute(sql)
    with pytest.raises(Tampered, match="guards of the journal"):
        store.verify()
    with pytest.raises(Tampered, match="guards of the journal"):
        open_at(address)
    with by_hand(address) as hand:
        hand.execute("DROP RULE IF EXISTS more ON journal")
        hand.execute("DROP TRIGGER IF EXISTS more ON journal; DROP FUNCTION IF EXISTS folded(name)")
        hand.execute(statements(FUNCTIONS, TRIGGERS, address.schema))
        hand.execute("DROP FUNCTION IF EXISTS public.journal_link()")
    open_at(address).close()


@pytest.mark.parametrize("instead", ["NOTHING", "INSERT INTO migration(number, name) VALUES (9, NEW.id)"])
def test_what_the_journal_does_not_take_is_not_called_recorded(
    store: PostgresStore, address: Address, instead: str
) -> None:
    before = store.head(), store.rows()
    with by_hand(address) as hand:
        hand.execute(f"CREATE RULE more AS ON INSERT TO journal DO INSTEAD {instead}")
    with pytest.raises(Tampered, match=r"did not take what was recorded.*Your entry is NOT recorded"):
        store.append([note(expected=1)], actor="A. Worker", at=AT, rows=[row(owner="B. Chair")])
    assert (store.head(), store.rows()) == before
    with by_hand(address) as hand:
        hand.execute("DROP RULE more ON journal")
    assert record(store, note(expected=1))[0].seq == 2


@pytest.fixture
def login(address: Address, store: PostgresStore) -> Iterator[Address]:
    """The record as somebody with a login of their own reaches it."""
    del store
    name, schema = "siân lund", address.schema
    with by_hand(address) as hand:
        hand.execute(f"""CREATE ROLE "{name}" LOGIN; GRANT USAGE ON SCHEMA {schema} TO "{name}";
          GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA {schema} TO "{name}" """)
        yield address._replace(url=address.url.replace("postgres:@", "si%C3%A2n%20lund@"), login=name)
        hand.execute(f'DROP OWNED BY "{name}"; DROP ROLE "{name}"')


def test_everybody_records_under_the_name_they_log_in_with(login: Address, address: Address) -> None:
    with open_at(login, create=False) as store:
        assert store.login == "siân lund"
        with pytest.raises(Refused, match="under the name of whoever is logged in"):
            record(store, note(expected=1))
        [entry] = store.append([note(expected=1)], actor="siân lund", at=AT)
        assert store.verify() == entry.head
    with by_hand(login) as hand:
        forged = seal(note("kofi"), entry.head, actor="A. Worker", at=AT)
        own = seal(note("kofi"), entry.head, actor="siân lund", at=AT)
        with pytest.raises(psycopg.DatabaseError) as caught:
            hand.execute(PUT_ENTRY, own._replace(salt=None, body=None).stored())
        assert caught.value.sqlstate == NEXT
        hand.execute("CREATE TEMPORARY TABLE pg_class(oid oid, relowner oid)")
        with pytest.raises(psycopg.DatabaseError) as caught:
            hand.execute(PUT_ENTRY, forged.stored())
        assert caught.value.sqlstate == OWN_NAME
        for refused in ("DELETE FROM journal", "ALTER TABLE journal DISABLE TRIGGER ALL", "DROP TABLE journal"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                hand.execute(refused)
    with open_at(address) as store:
        assert store.head() == entry.head != START
