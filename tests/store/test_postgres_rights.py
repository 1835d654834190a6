"""Giving people their rights on the server, and saying who has which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest

from duty_tui.errors import Refused, Tampered, WrongDatabase
from duty_tui.store import postgres_check
from duty_tui.store.address import Address
from duty_tui.store.postgres_alike import changed
from duty_tui.store.postgres_check import check
from duty_tui.store.postgres_line import connect
from duty_tui.store.postgres_rights import bring_up, grant, group_of, said
from tests.postgres import as_login, by_hand, fresh, open_at


@pytest.fixture
def address() -> Iterator[Address]:
    address = fresh()
    open_at(address).close()
    yield address
    with by_hand(address) as hand:
        hand.execute(f'DROP SCHEMA {address.schema} CASCADE; DROP ROLE IF EXISTS "o\'neill", eve, boss')


def wrong(address: Address) -> list[str]:
    return [one.what for one in check(address) if not one.right]


def test_a_login_is_made_let_in_and_let_out(address: Address) -> None:
    grant(address, ["o'neill"], [])
    grant(address, ["o'neill"], [])
    neill = as_login(address, "o'neill")
    with open_at(neill, create=False) as store:
        assert store.login == "o'neill"
        assert not store.read_only
    assert wrong(address) == wrong(neill) == []
    assert "may record: o'neill" in [one.what for one in check(neill)]
    grant(address, [], ["o'neill"])
    with pytest.raises(WrongDatabase, match="no record"):
        open_at(neill, create=False)
    assert "may record: nobody else" in [one.what for one in check(address)]


@pytest.fixture
def let_in_by_the_boss(address: Address) -> Address:
    """A record whose group Eve was let into by somebody else who may do so."""
    grant(address, ["eve"], ["eve"])
    group = group_of(address)
    with by_hand(address) as hand:
        hand.execute(f"CREATE ROLE boss CREATEROLE; GRANT {group} TO boss WITH ADMIN OPTION; SET ROLE boss")
        hand.execute(f"GRANT {group} TO eve")
    return address


def test_whom_somebody_else_let_in_is_still_in_and_so_it_is_said(let_in_by_the_boss: Address) -> None:
    address = let_in_by_the_boss
    with pytest.raises(Refused, match=r"eve was let in by somebody.*still in\. Nothing was changed.*runs the server"):
        grant(address, ["o'neill"], ["eve"])
    assert "may record: eve" in [one.what for one in check(address)]
    with by_hand(address) as hand:
        *statements, last = said(address, [], ["eve"])
        for statement in statements:
            hand.execute(statement)
        with pytest.raises(psycopg.errors.RaiseException, match="eve was let in by somebody else"):
            hand.execute(last)
        hand.execute(f"REVOKE {group_of(address)} FROM eve GRANTED BY boss")
        hand.execute(last)
    assert grant(address, [], ["eve"]) == ["eve"]


def test_who_may_do_everything_anyway_is_let_out_too(address: Address) -> None:
    grant(address, ["eve"], [])
    with by_hand(address) as hand:
        hand.execute("ALTER ROLE eve SUPERUSER")
    assert grant(address, [], ["eve"]) == []
    assert grant(address, [], ["eve"]) == ["eve"], "who was not in is said"


def test_what_is_printed_can_be_run_by_somebody_else(address: Address) -> None:
    with by_hand(address) as hand:
        for statement in said(address, ["o'neill"], []):
            hand.execute(statement)
    with open_at(as_login(address, "o'neill"), create=False) as store:
        store.set_meta("practice", "no")


def test_who_may_not_give_rights_is_told_what_to_do(address: Address) -> None:
    grant(address, ["o'neill"], [])
    with pytest.raises(Refused, match="grants --print"):
        grant(as_login(address, "o'neill"), ["eve"], [])
    with pytest.raises(Refused, match="no login on the server"):
        grant(address, [], ["nobody here"])
    with pytest.raises(WrongDatabase, match="no record"):
        grant(fresh(), [], [])


def test_who_may_only_look_opens_a_record_that_can_only_be_read(address: Address) -> None:
    grant(address, [], [])
    with by_hand(address) as hand:
        hand.execute("CREATE ROLE eve LOGIN")
        hand.execute(f"GRANT USAGE ON SCHEMA {address.schema} TO eve")
        hand.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {address.schema} TO eve")
    with open_at(as_login(address, "eve"), create=False) as store:
        assert store.read_only


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("GRANT DELETE ON journal TO {group}", "the group {group} has DELETE on journal"),
        ("GRANT SELECT ON journal TO {group}", "the group {group} has SELECT on journal"),
        ("GRANT UPDATE ON restriction TO {group}", "the group {group} has UPDATE on restriction"),
        ("GRANT SELECT ON journal TO PUBLIC", "everybody has SELECT on journal, past the group"),
        ("CREATE ROLE eve LOGIN; GRANT UPDATE ON concern TO eve", "eve has UPDATE on concern, past the group"),
        ("CREATE ROLE eve LOGIN; GRANT SELECT (body) ON journal TO eve", "eve has SELECT (body) on journal, past the"),
        ("GRANT UPDATE (name) ON meta TO PUBLIC", "everybody has UPDATE (name) on meta, past the group"),
        ("GRANT SELECT (body) ON journal TO {group}", "the group {group} has SELECT (body) on journal"),
        ("GRANT UPDATE (hash) ON journal TO {group}", "the group {group} has UPDATE (hash) on journal"),
        ("GRANT REFERENCES (id) ON concern TO {group}", "the group {group} has REFERENCES (id) on concern"),
        ("GRANT CREATE ON SCHEMA {schema} TO PUBLIC", "everybody may make things in the schema"),
        ("GRANT CREATE ON SCHEMA {schema} TO {group}", "{group} may make things in the schema"),
        ("ALTER TABLE journal DISABLE TRIGGER journal_link", "the guards of the journal were changed or taken away"),
        ("CREATE RULE r AS ON INSERT TO journal DO INSTEAD NOTHING", "the guards of the journal were changed or taken"),
        ("ALTER TABLE draft DISABLE ROW LEVEL SECURITY", "not kept from anybody any more in draft"),
        (
            "CREATE OR REPLACE VIEW hidden WITH (security_barrier) AS SELECT stream FROM restriction WHERE false",
            "hidden is not as this program makes it",
        ),
        (
            "ALTER POLICY draft_seen ON draft USING (true)",
            "draft, draft_seen is not as this program makes it: it may show what is restricted",
        ),
        ("INSERT INTO migration VALUES (99, 'later')", "is of version"),
    ],
)
def test_what_is_wrong_is_said(address: Address, sql: str, sentence: str) -> None:
    grant(address, [], [])
    assert wrong(address) == []
    group = group_of(address)
    with by_hand(address) as hand:
        hand.execute(sql.format(group=group, schema=address.schema))
    [found] = wrong(address)
    assert sentence.format(group=group) in found


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("CREATE POLICY more ON concern USING (true)", "concern"),
        ("CREATE POLICY more ON draft AS RESTRICTIVE USING (true)", "draft"),
        ("CREATE POLICY more ON contact USING (true)", "contact"),
        ("ALTER POLICY draft_seen ON draft TO postgres", "draft"),
        ("ALTER POLICY draft_seen ON draft RENAME TO more", "draft"),
        ("DROP POLICY draft_seen ON draft; CREATE POLICY draft_seen ON draft FOR SELECT USING (true)", "draft"),
        ("DROP POLICY draft_seen ON draft; CREATE POLICY draft_seen ON draft AS RESTRICTIVE USING (true)", "draft"),
    ],
)
def test_another_policy_is_refused_at_opening_too(address: Address, sql: LiteralString, table: str) -> None:
    grant(address, [], [])
    with by_hand(address) as hand:
        hand.execute(sql)
    with pytest.raises(Tampered, match=f"not kept from anybody any more in {table}"):
        open_at(address, create=False)
    opening, *policies = wrong(address)
    assert f"any more in {table}" in opening
    assert policies
    assert {one.partition(" is not as this program makes it")[0].partition(", ")[0] for one in policies} == {table}


def test_a_column_of_what_the_group_has_whole_is_nothing_more(address: Address) -> None:
    grant(address, [], [])
    with by_hand(address) as hand:
        hand.execute(f"GRANT SELECT (id) ON concern TO {group_of(address)}")
    assert wrong(address) == []


def test_where_nothing_can_be_made_for_a_moment_it_is_said_that_views_are_not_compared(address: Address) -> None:
    with connect(address, 5) as line:
        line.execute("SET default_transaction_read_only = on")
        assert changed(line) is None
        line.execute("SET default_transaction_read_only = off")
        assert changed(line) == []
    words = "cannot be seen whether views and policies are as this program makes them"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgres_check, "changed", lambda _connection: None)
        assert any(words in one.what for one in check(address) if one.right)


def test_a_record_of_this_version_needs_no_migration(address: Address) -> None:
    assert bring_up(address) == []
    with pytest.raises(WrongDatabase, match="no record"):
        bring_up(fresh())
