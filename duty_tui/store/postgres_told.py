"""What a PostgreSQL server answers, as sentences for the person at the desk; the server's own words may hold data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from duty_tui.errors import DutyError, Refused, Tampered, Unavailable, WrongDatabase
from duty_tui.store.address import Address
from duty_tui.store.postgres_guards import KEPT, NAMED, NEXT, OWN_NAME

_ASK = "Ask whoever runs the server."
_AGAIN = "Your text is kept; try again."
_WAIT = "Your text is kept; try again when it is back."
_NOT_RECORDED = "Your entry is NOT recorded; your text is kept."

#: What the library says when no connection comes about, by a word of its sentence: what a person is told, what to do.
_NOT_CONNECTED = (
    (
        "password authentication failed",
        "it does not know this name with this password",
        "Check both; they are not kept.",
    ),
    ("no password supplied", "it asks for a password", "Put it into a file only you may read (docs/deployment.md)."),
    ("no pg_hba.conf entry", "it lets nobody in from here under this name, or not without TLS", _ASK),
    ("is not permitted to log in", "this name may not log in", _ASK),
    (
        "certificate verify failed",
        "its certificate is not signed by anybody who counts here",
        "Do not go round it: ask.",
    ),
    ("root certificate file", "no file says whose certificates count", "Name it with sslrootcert=FILE in the address."),
    ("does not match host name", "its certificate is for another name", "Use the name the certificate has."),
    ("server does not support SSL", "it does not speak TLS", _ASK),
    ("too many clients", "too many people are connected", _AGAIN),
    ("too many connections", "too many people are connected", _AGAIN),
    ("remaining connection slots", "too many people are connected", _AGAIN),
    ("starting up", "it is starting", _WAIT),
    ("shutting down", "it is being stopped", _WAIT),
    ("could not translate host name", "no machine of that name is known here", "Check the address and the network."),
    ("failed to resolve", "no machine of that name is known here", "Check the address and the network."),
    ("does not exist", "there is no such database or name on it", "Check the address."),
    ("timeout", "it does not answer", _WAIT),
)
#: What the guards refuse, by their signs: what a person is told, what to do.
_REFUSED = (
    (
        (OWN_NAME,),
        "This record keeps every entry under the name of whoever is logged in to the server, and no other.",
        "Log in under your own name.",
    ),
    (
        (NAMED,),
        "The concern is restricted to named people, and you are not one of them.",
        "Ask whoever restricted it.",
    ),
    (
        (NEXT, KEPT),
        "The guards of the journal refused that: it is no new entry behind the last one.",
        "Try again; if it stays, run `duty-tui verify`.",
    ),
)
#: Of the five signs of an SQL error the first that fits: https://www.postgresql.org/docs/current/errcodes-appendix.html
_ANSWERED = (
    ("55P03", "somebody else has been writing for too long", _AGAIN),
    ("57014", "it took too long", _AGAIN),
    ("25006", "it can only be read at present", _WAIT),
    ("53100", "its disk is full", _ASK),
    ("53", "it has too much to do", _AGAIN),
    ("57", "it is being stopped or started", _WAIT),
    ("58", "its disk or its system failed", _ASK),
    ("40", "two things got in each other's way", _AGAIN),
)


def _guarded(code: str, address: Address) -> DutyError | None:
    """The sentence for what the guards of the journal raise."""
    if code == "23514":  # the one check a statement of the program can break (postgres_sql.py)
        lost = Tampered(
            f"{address.shown}: the journal did not take what was recorded: somebody changed how it takes entries.",
            seq=0,
            do="Have whoever owns the record on the server put it right.",
        )
        lost.entry = _NOT_RECORDED
        return lost
    for codes, why, do in _REFUSED:
        if code in codes:
            return Refused(why, entry=_NOT_RECORDED, do=do)
    return None


def told(error: psycopg.Error, address: Address) -> DutyError:
    """The sentence for an error of the library or the server."""
    code = error.sqlstate or ""
    if guarded := _guarded(code, address):
        return guarded
    if code == "42501":
        return Refused(
            f"{address.shown}: your login may not do that in this record.",
            entry="Nothing was recorded.",
            do=f"{_ASK[:-1]}: `duty-tui database grants` gives people their rights.",
        )
    if code in ("42P01", "3F000", "42703", "42883"):
        return WrongDatabase(f"There is no record of duty-tui at {address.shown}.", do="Check the address.")
    if isinstance(error, psycopg.DataError) and code in ("", "22021", "22P05"):
        return Refused(
            "The server cannot keep what was typed: there is a character in it that is no text.",
            entry=_NOT_RECORDED,
            do="Type it again by hand instead of pasting it.",
        )
    for begins, why, do in _ANSWERED:
        if code.startswith(begins):
            return Unavailable(f"{address.shown}: {why}.", do=do)
    if code and not isinstance(error, psycopg.OperationalError):
        return Unavailable(f"{address.shown}: the server answered with error {code}.", do=_ASK)
    what, do = _unreached(str(error), address)
    return Unavailable(what, do=do)


def _unreached(said: str, address: Address) -> tuple[str, str]:
    for words, why, do in _NOT_CONNECTED:
        if words in said:
            return f"{address.shown}: {why}.", do
    return f"{address.shown} cannot be reached.", _WAIT


@contextmanager
def telling(address: Address) -> Iterator[None]:
    """Say in words whatever the server or the way to it does wrong within."""
    try:
        yield
    except psycopg.Error as error:
        raise told(error, address) from error
