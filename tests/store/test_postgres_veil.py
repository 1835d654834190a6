"""Whom the server shows a restricted concern and a draft, also outside this program."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duty_tui.domain.kinds import DESTROYED, LIFTED, RESTRICTED
from duty_tui.domain.text import fold
from duty_tui.errors import Refused, Tampered, WrongDatabase
from duty_tui.store.address import Address
from duty_tui.store.journal import NewEntry
from duty_tui.store.postgres import PostgresStore
from duty_tui.store.postgres_rights import RIGHTS, grant
from duty_tui.store.presence import Presence
from duty_tui.store.rows import Projection
from tests.postgres import as_login, by_hand, fresh, open_at
from tests.store.examples import AT, NHS, UPN, action, contact, draft, note, row

#: Told to nobody but those named.
MARKER = "Zqbruise"


@pytest.fixture
def address() -> Iterator[Address]:
    """A record with two concerns, the first restricted to Ann, as its owner reaches it."""
    address = fresh()
    open_at(address).close()
    grant(address, ["Ann Osei", "bo lind"], [])
    with login(address, "Ann Osei") as ann:
        for name in ("amara", "kofi"):
            ann.append(
                [note(name, text=MARKER if name == "amara" else "A call.")],
                actor="Ann Osei",
                at=AT,
                rows=[row(name, search=MARKER if name == "amara" else "", restricted=name == "amara")],
                identities={name: [NHS if name == "amara" else UPN]},
                actions={name: [action(name, what=MARKER)]},
            )
        ann.set_meta("projection_key", "one")
        ann.append([restricting("amara", 1, "ann  OSEI", "Jo Park")], actor="Ann Osei", at=AT)
        ann.save_draft(draft("hers", actor="Ann Osei", concern="amara", body={"text": MARKER}))
    yield address
    with by_hand(address) as hand:
        hand.execute(f'DROP SCHEMA {address.schema} CASCADE; DROP OWNED BY "Ann Osei", "bo lind"')


def login(address: Address, name: str) -> PostgresStore:
    return open_at(as_login(address, name), create=False)


def restricting(stream: str, version: int, *names: str) -> NewEntry:
    return NewEntry(stream, version, RESTRICTED, {"names": list(names), "reason": MARKER})


def test_those_named_see_everything(address: Address) -> None:
    with login(address, "Ann Osei") as ann, open_at(address) as owner:
        assert ann.hidden() == owner.hidden() == set()
        assert ann.since(0) == owner.since(0)
        assert ann.rows() == owner.rows()
        assert ann.verify() == owner.verify() == ann.head()


def test_others_see_a_number_and_the_links(address: Address) -> None:
    with login(address, "bo lind") as bo, open_at(address) as owner:
        assert bo.hidden() == {"amara"}
        whole = owner.since(0)
        assert bo.since(0) == [one._replace(salt=None, body=None) if one.stream == "amara" else one for one in whole]
        assert bo.stream("amara") == [one for one in bo.since(0) if one.stream == "amara"]
        assert bo.rows() == [owner.rows()[0].emptied(), owner.rows()[1]]
        assert bo.row("amara") == bo.row_by_number(1) == bo.rows()[0]
        assert (bo.counts(), bo.matching_ids("")) == (owner.counts(), ["amara", "kofi"])
        assert [one.concern for one in bo.actions()] == ["kofi"]
        assert [(one.id, one.number, one.kind) for one in bo.duplicates_of("new", [NHS])] == [("amara", 1, "nhs")]
        assert bo.drafts() == []
        assert bo.verify() == owner.head(), "the chain is for everybody to verify"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM journal",
        "SELECT body FROM journal",
        "SELECT salt FROM journal WHERE stream = 'kofi'",
        "SELECT * FROM restriction",
        "UPDATE restriction SET names = ARRAY['bo lind']",
        "DELETE FROM restriction",
        "CREATE VIEW mine AS SELECT 1",
        "ALTER TABLE concern DISABLE ROW LEVEL SECURITY",
        "DROP POLICY draft_seen ON draft",
        'SET ROLE "Ann Osei"',
        'SET SESSION AUTHORIZATION "Ann Osei"',
        "SET session_replication_role = replica",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "COPY journal TO STDOUT",
    ],
)
def test_what_a_login_of_the_group_may_not_do_by_hand(address: Address, sql: str) -> None:
    with by_hand(as_login(address, "bo lind")) as hand, pytest.raises(psycopg.errors.InsufficientPrivilege):
        hand.execute(sql)


def test_nothing_of_it_is_found_by_hand(address: Address) -> None:
    with by_hand(as_login(address, "bo lind")) as hand:
        hand.execute("SET search_path = pg_temp, " + address.schema)
        for table in RIGHTS.keys() - {"journal"}:
            said = str(hand.execute(f"SELECT * FROM {address.schema}.{table}").fetchall())  # noqa: S608 - names
            assert "Bruise to the arm" not in said or table in ("concern", "seen_concern")
            assert said.count(MARKER) == (1 if table == "owed_action" else 0), table
        for changed in ("DELETE FROM concern WHERE id = 'amara'", "UPDATE draft SET actor = 'bo lind'"):
            assert hand.execute(changed).rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hand.execute("INSERT INTO draft VALUES ('x', 'note', 'kofi', 'Ann Osei', 'm', '', '{}')")


def test_another_authority_is_out_of_reach(address: Address) -> None:
    other = fresh()
    open_at(other).close()
    grant(other, [], [])
    with by_hand(as_login(address, "bo lind")) as hand:
        for sql in ("SELECT * FROM {}.entry", "INSERT INTO {}.meta VALUES ('a', 'b')", "SELECT FROM {}.pen FOR UPDATE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                hand.execute(sql.format(other.schema))
    with pytest.raises(WrongDatabase, match="no record"):
        login(other, "bo lind")


def test_only_those_named_record_on_it(address: Address) -> None:
    with login(address, "bo lind") as bo:
        with pytest.raises(Refused, match="restricted to named people"):
            bo.append([note("amara", 2)], actor="bo lind", at=AT)
        bo.append([note("kofi", 1)], actor="bo lind", at=AT, rows=[row("kofi", 2)])
        with pytest.raises(Refused, match="restricted to named people"):
            bo.append([NewEntry("amara", 2, LIFTED, {})], actor="bo lind", at=AT)
    with login(address, "Ann Osei") as ann:
        ann.append([note("amara", 2)], actor="Ann Osei", at=AT, rows=[row("amara", 3, restricted=True)])
        ann.append([restricting("amara", 3, "Ann Osei", "BÓ LIND")], actor="Ann Osei", at=AT)
        with login(address, "bo lind") as bo:
            assert bo.hidden() == set()
            assert bo.stream("amara") == ann.stream("amara")
        ann.append([restricting("amara", 4, "Ann Osei")], actor="Ann Osei", at=AT)
        with login(address, "bo lind") as bo:
            assert bo.hidden() == {"amara"}
        ann.append([NewEntry("amara", 5, LIFTED, {"reason": "Over"})], actor="Ann Osei", at=AT)
    with login(address, "bo lind") as bo:
        assert bo.hidden() == set()
        assert bo.stream("amara")[0].data["text"] == MARKER


def test_a_row_made_anew_by_somebody_else_stays_until_somebody_named_makes_it(address: Address) -> None:
    with login(address, "bo lind") as bo, login(address, "Ann Osei") as ann:
        kofi = Projection(row("kofi", deadline="Sooner"), [UPN], [], [contact()])
        bo.reproject([Projection(row("amara", deadline="Nonsense")), kofi], "two")
        assert (bo.meta("projection_key"), ann.meta("projection_key")) == ("two", "one")
        assert [one.deadline for one in ann.rows()] == ["Strategy discussion", "Sooner"]
        assert [one.number for one in ann.rows()] == [1, 2]
        assert [one.concern for one in ann.actions()] == ["amara"]
        ann.reproject([Projection(row("amara", deadline="Sooner", restricted=True)), kofi], "two")
        assert ann.meta("projection_key") == bo.meta("projection_key") == "two"
        assert [one.deadline for one in ann.rows()] == ["Sooner", "Sooner"]


def test_who_restricted_it_under_another_key_is_told_apart(address: Address) -> None:
    with login(address, "bo lind") as bo, login(address, "Ann Osei") as ann:
        bo.reproject([], "two")
        ann.append([restricting("amara", 2, "Ann Osei")], actor="Ann Osei", at=AT)
        assert ann.meta("projection_key") == "one", "other names make no newer row"


def test_a_new_concern_is_numbered_behind_those_not_seen(address: Address) -> None:
    with login(address, "Ann Osei") as ann:
        ann.append([note("zoe")], actor="Ann Osei", at=AT, rows=[row("zoe", restricted=True)])
        ann.append([restricting("zoe", 1, "Ann Osei")], actor="Ann Osei", at=AT)
    with login(address, "bo lind") as bo:
        bo.append([note("new")], actor="bo lind", at=AT, rows=[row("new")])
        assert [one.number for one in bo.rows()] == [1, 2, 3, 4]
        bo.reproject([Projection(row("newer")), Projection(row("new")), Projection(row("kofi"))], "two")
        assert [(one.id, one.number) for one in bo.rows()] == [
            ("amara", 1),
            ("kofi", 2),
            ("zoe", 3),
            ("new", 4),
            ("newer", 5),
        ]


def test_destroying_forgets_who_was_named_and_everybodys_drafts(address: Address) -> None:
    with login(address, "bo lind") as bo:
        bo.save_draft(draft("his", actor="bo lind", concern="amara"))
        with login(address, "Ann Osei") as ann:
            assert [one.id for one in ann.drafts()] == ["hers"]
            ann.append([NewEntry("amara", 2, DESTROYED, {"versions": [2]})], actor="Ann Osei", at=AT)
            assert ann.hidden() == {"amara"}, "the gate stays shut, for everybody"
        assert bo.drafts() == []
        assert bo.verify().seq == 4


def test_a_draft_is_its_authors(address: Address) -> None:
    with login(address, "bo lind") as bo:
        bo.drop_draft("hers")
        assert bo.draft("hers") is None
    with login(address, "Ann Osei") as ann:
        assert ann.drafts() == ann.drafts("Ann Osei") == [ann.draft("hers")]


def test_who_has_it_open_is_for_those_named(address: Address) -> None:
    with login(address, "Ann Osei") as ann, login(address, "bo lind") as bo:
        ann.be_present(Presence("t1", "Ann Osei", "desk-1", "amara", "concern", AT), AT)
        bo.be_present(Presence("t2", "bo lind", "desk-2", "kofi", "concern", AT), AT)
        assert [one.terminal for one in ann.present("amara", AT)] == ["t1"]
        assert bo.present("amara", AT) == []
        assert [one.terminal for one in bo.present("kofi", AT)] == ["t2"]
        with pytest.raises(Refused, match="may not do that"):
            bo.be_present(Presence("t3", "Ann Osei", "desk-2", "kofi", "concern", AT), AT)


def test_a_policy_taken_away_is_shown(address: Address) -> None:
    for sql, table in (
        ("ALTER TABLE concern DISABLE ROW LEVEL SECURITY", "concern"),
        ("DROP POLICY draft_seen ON draft", "concern, draft"),
    ):
        with by_hand(address) as hand:
            hand.execute(sql)
        with pytest.raises(Tampered, match=f"not kept from anybody any more in {table}"):
            login(address, "bo lind")


def test_the_record_keeps_its_id(address: Address) -> None:
    with by_hand(as_login(address, "bo lind")) as hand:
        with pytest.raises(psycopg.DatabaseError, match="keeps its id"):
            hand.execute("UPDATE meta SET value = 'x' WHERE name = 'database'")
        with pytest.raises(psycopg.DatabaseError, match="keeps its id"):
            hand.execute("UPDATE meta SET name = 'database' WHERE name = 'projection_key'")


NAMES = st.text(st.sampled_from("aA éÉŁłøæß'-’Ж  \u0301"), max_size=8)


def test_the_server_takes_no_two_for_the_same_whom_the_program_tells_apart(address: Address) -> None:
    with by_hand(address) as hand:

        @settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
        @given(NAMES, NAMES)
        def never_looser(one: str, other: str) -> None:
            [(mine, theirs)] = hand.execute("SELECT folded(%s), folded(%s)", (one, other)).fetchall()
            assert mine != theirs or fold(one) == fold(other)

        never_looser()
        for one, other in (
            ("Siân  Lund", "sian lund"),
            ("O'Neill", "ONEILL"),
            ("Zoë-Mae", "zoe mae"),
            ("Łukasz", "lukasz"),
        ):
            assert hand.execute("SELECT folded(%s) = folded(%s)", (one, other)).fetchone() == (True,)
