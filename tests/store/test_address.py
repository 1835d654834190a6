from __future__ import annotations

import getpass

import pytest

from duty_tui.errors import UsageError
from duty_tui.store.address import is_address, read_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgresql://h/d", True),
        ("postgres://h/d", True),
        ("desk.db", False),
        ("postgresql", False),
        ("C:/desk.db", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_a_path(text: str, expected: bool) -> None:
    assert is_address(text) is expected


def test_an_address_is_taken_apart() -> None:
    found = read_address(
        "postgresql://si%C3%A2n:s%40cret@db.example:5433/duty?connect_timeout=3&schema=camden&password=two", {}
    )
    assert found.schema == "camden"
    assert found.url == "postgresql://si%C3%A2n:s%40cret@db.example:5433/duty?connect_timeout=3&password=two"
    assert found.shown == "postgresql://si%C3%A2n@db.example:5433/duty?schema=camden"
    assert (found.login, found.strict) == ("siân", True)
    assert "cret" not in repr(found)
    assert "two" not in repr(found)


def test_what_an_address_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_address("postgres://h/d", {}).schema == "duty"
    assert read_address("postgres://h/d?user=ann", {}).login == "ann"
    assert read_address("postgres://h/d", {"PGUSER": "bo"}).login == "bo"
    assert read_address("postgres://h/d", {}).login == getpass.getuser()

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(UsageError, match="names nobody"):
        read_address("postgres://h/d", {})


@pytest.mark.parametrize("schema", ["", "A", "pg_x", "public", "information_schema", "1a", "a-b", 'a"b', "a" * 49])
def test_a_schema_is_a_plain_word(schema: str) -> None:
    with pytest.raises(UsageError, match="no schema of duty-tui"):
        read_address(f"postgresql://h/d?schema={schema}", {})


def test_what_is_no_address() -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_address("postgresql://[::1/d", {})


HERE = [
    "postgresql:///d",
    "postgresql://localhost/d",
    "postgresql://127.0.0.1:5433/d",
    "postgresql://[::1]:5433/d",
    "postgresql://%2Frun%2Fpostgresql/d",
    "postgresql:///d?host=/run/postgresql",
    "postgresql://ann@/d?host=/run/postgresql,localhost",
    "postgresql://localhost:1,127.0.0.2:2/d",
]
ELSEWHERE = [
    "postgresql://db.example/d",
    "postgresql://localhost,db.example/d",
    "postgresql://localhost/d?hostaddr=192.0.2.1",
    "postgresql://192.0.2.1/d",
    "postgresql://[2001:db8::1]/d",
    "postgresql:///d?host=db.example",
    "postgresql:///d?host=%64b.example",
    "postgresql:///d?h%6Fst=db.example",
    "postgresql:///d?service=duty",
]


@pytest.mark.parametrize("text", HERE)
def test_what_stays_on_this_machine_may_say_how(text: str) -> None:
    assert not read_address(text, {}).strict
    assert not read_address(f"{text}{'&' if '?' in text else '?'}sslmode=disable", {}).strict


@pytest.mark.parametrize("text", ELSEWHERE)
@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca", "verify%2Dfull", ""])
def test_what_leaves_it_is_checked_in_full(text: str, mode: str) -> None:
    assert read_address(text, {}).strict
    more = "&" if "?" in text else "?"
    assert read_address(f"{text}{more}sslmode=verify-full", {}).strict
    with pytest.raises(UsageError, match="does not have to prove which one it is") as caught:
        read_address(f"{text}{more}sslmode={mode}", {})
    assert caught.value.entry == "Nothing was sent."


@pytest.mark.parametrize(
    ("environ", "strict"),
    [
        ({"PGHOST": "db.example"}, True),
        ({"PGHOST": "/run/postgresql"}, False),
        ({"PGHOSTADDR": "192.0.2.1"}, True),
        ({"PGSERVICE": "duty"}, True),
    ],
)
def test_what_the_library_fills_in_counts(environ: dict[str, str], strict: bool) -> None:
    assert read_address("postgresql:///d", environ).strict is strict
    assert not read_address("postgresql://localhost/d", {"PGHOST": "db.example"}).strict


@pytest.mark.parametrize("environ", [{"PGHOSTADDR": "192.0.2.1"}, {"PGSERVICE": "duty"}])
def test_what_takes_a_named_host_elsewhere_counts(environ: dict[str, str]) -> None:
    assert read_address("postgresql://localhost/d", environ).strict
    assert not read_address("postgresql://localhost/d?hostaddr=127.0.0.1", {"PGHOSTADDR": "192.0.2.1"}).strict


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ann:pa/ss@db.example/d",
        "postgresql://ann:pa?ss@db.example/d",
        "postgresql://ann:pa#ss@db.example/d",
        "postgresql://ann:pa@ss@db.example/d",
        "postgresql://localhost#@db.example/d",
        "postgresql://localhost?host=@db.example/d",
    ],
)
def test_a_sign_that_means_something_else_is_refused_and_no_password_said(text: str) -> None:
    with pytest.raises(UsageError, match="within a name, a password or a value") as caught:
        read_address(text, {})
    assert "pa" not in str(caught.value).replace("password", "")
    assert caught.value.entry == "Nothing was sent."
