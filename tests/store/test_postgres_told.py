from __future__ import annotations

import psycopg
import pytest

from duty_tui.errors import DutyError, Refused, Tampered, Unavailable, WrongDatabase
from duty_tui.store.address import read_address
from duty_tui.store.postgres_guards import KEPT, NEXT, OWN_NAME
from duty_tui.store.postgres_told import telling, told

WHERE = read_address("postgresql://ann:secret@db.example/duty?schema=camden", {})

ANSWERED = [
    (OWN_NAME, Refused, "under the name of whoever is logged in"),
    (NEXT, Refused, "guards of the journal refused"),
    (KEPT, Refused, "guards of the journal refused"),
    ("23514", Tampered, "did not take what was recorded.*NOT recorded"),
    ("42501", Refused, "your login may not do that.*database grants"),
    ("42P01", WrongDatabase, "no record of duty-tui at"),
    ("3F000", WrongDatabase, "no record of duty-tui at"),
    ("22021", Refused, "a character in it that is no text"),
    ("22012", Unavailable, "answered with error 22012"),
    ("55P03", Unavailable, "somebody else has been writing for too long"),
    ("57014", Unavailable, "it took too long"),
    ("57P01", Unavailable, "being stopped or started"),
    ("25006", Unavailable, "can only be read at present"),
    ("53100", Unavailable, "its disk is full"),
    ("53300", Unavailable, "too much to do"),
    ("58030", Unavailable, "its disk or its system failed"),
    ("40P01", Unavailable, "in each other's way"),
    ("XX000", Unavailable, "answered with error XX000"),
    ("23505", Unavailable, "answered with error 23505"),
]
NOT_CONNECTED = [
    ('FATAL:  password authentication failed for user "ann"', "does not know this name with this password"),
    ("fe_sendauth: no password supplied", "asks for a password"),
    ("FATAL:  no pg_hba.conf entry for host", "lets nobody in from here under this name, or not without TLS"),
    ('FATAL: role "ann" is not permitted to log in', "this name may not log in"),
    ("SSL error: certificate verify failed", "not signed by anybody who counts here"),
    ('root certificate file "root.crt" does not exist', "no file says whose certificates count"),
    ('server certificate for "a" does not match host name "b"', "its certificate is for another name"),
    ("server does not support SSL, but SSL was required", "does not speak TLS"),
    ("FATAL:  sorry, too many clients already", "too many people are connected"),
    ("FATAL:  the database system is starting up", "it is starting"),
    ("FATAL:  the database system is shutting down", "it is being stopped"),
    ("could not translate host name", "no machine of that name is known here"),
    ("[Errno -2] failed to resolve host", "no machine of that name is known here"),
    ('FATAL:  database "duty" does not exist', "no such database or name on it"),
    ("connection timeout expired", "it does not answer"),
    ("something with a password: secret", "cannot be reached"),
]


def answered(code: str) -> psycopg.Error:
    try:
        kind = psycopg.errors.lookup(code)
    except KeyError:
        kind = type("Other", (psycopg.DatabaseError,), {"sqlstate": code})
    return kind("the server's own words, with Amara in them")


@pytest.mark.parametrize(("code", "kind", "sentence"), ANSWERED)
def test_what_the_server_answers_is_a_sentence(code: str, kind: type[DutyError], sentence: str) -> None:
    with pytest.raises(kind, match=sentence) as caught, telling(WHERE):
        raise answered(code)
    assert caught.value.do
    assert "Amara" not in str(caught.value)


@pytest.mark.parametrize(("said", "sentence"), NOT_CONNECTED)
def test_why_there_is_no_connection_is_a_sentence(said: str, sentence: str) -> None:
    error = told(psycopg.OperationalError(said), WHERE)
    assert isinstance(error, Unavailable)
    assert sentence in error.what
    assert error.what.startswith("postgresql://ann@db.example/duty?schema=camden")
    assert "secret" not in str(error)


def test_what_the_library_cannot_send_is_no_text() -> None:
    assert isinstance(told(psycopg.DataError("cannot contain NUL"), WHERE), Refused)
    assert isinstance(told(psycopg.InterfaceError("the connection is closed"), WHERE), Unavailable)
