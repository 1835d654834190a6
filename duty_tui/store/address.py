"""Where a record on a PostgreSQL server is: the words of its address, checked before anything is sent anywhere."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from duty_tui.errors import UsageError

_SCHEMES = ("postgresql", "postgres")
#: One PostgreSQL schema holds one authority's record. Plain words, so that they need quotes nowhere.
_SCHEMA = re.compile(r"(?!pg_|public$|information_schema$)[a-z][a-z0-9_]{0,47}")
#: The schema of an address that names none.
PLAIN = "duty"
#: The only mode that proves which server answers.
STRICT = "verify-full"
_NOTHING_SENT = "Nothing was sent."


class Address(NamedTuple):
    """An address taken apart. Never print it whole: `url` may hold a password."""

    url: str
    """As PostgreSQL's own library reads it, without what is ours."""
    schema: str
    """The PostgreSQL schema that holds the record."""
    strict: bool
    """Whether the server must prove with a certificate that it is the one named."""
    login: str
    """The name that logs in, under which everything is recorded."""
    shown: str
    """For people to read: without the password."""

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"


def is_address(text: str) -> bool:
    """Whether this names a record on a server rather than a file."""
    return text.partition("://")[0] in _SCHEMES and "://" in text


def read_address(text: str, environ: Mapping[str, str] | None = None) -> Address:
    """Take an address apart. Raises UsageError when it cannot be one, or would send a record to nobody knows whom."""
    environ = os.environ if environ is None else environ
    try:
        parts = urlsplit(text)
        read = (piece.partition("=")[::2] for piece in parts.query.split("&") if piece)
        pieces = {unquote(name): value for name, value in read}
    except ValueError:
        what = "The address of the database cannot be read."
        raise UsageError(what, do="Write postgresql://NAME@SERVER/DATABASE?schema=AUTHORITY.") from None
    if parts.netloc.count("@") > 1 or "@" in parts.path + parts.query or parts.fragment:
        # Such a sign ends a name or password early, and not every reader then takes the same server for the one meant.
        raise UsageError(
            "The address of the database has an @, /, ? or # within a name, a password or a value.",
            entry=_NOTHING_SENT,
            do="Write %40 for @, %2F for /, %3F for ? and %23 for # there.",
        )
    schema = unquote(pieces.pop("schema", PLAIN))
    if not _SCHEMA.fullmatch(schema):
        raise UsageError(
            "schema= in the address of the database names no schema of duty-tui.",
            do="A schema has small letters, digits and _, begins with a letter, and has at most 48 of them.",
        )
    login, _, hosts = parts.netloc.rpartition("@")
    strict = not _stays_here(hosts, pieces, environ)
    mode = pieces.get("sslmode", STRICT)
    if strict and mode != STRICT:
        raise UsageError(
            f"sslmode={_plain(mode)} would send the record to a server that does not have to prove which one it is.",
            entry=_NOTHING_SENT,
            do=f"Leave it out, or write sslmode={STRICT}; sslrootcert=FILE names whose certificates count.",
        )
    query = "&".join(f"{quote(name)}={value}" for name, value in pieces.items())
    user = login.partition(":")[0] or pieces.get("user", "")
    shown = f"postgresql://{user + '@' if user else ''}{hosts}{parts.path}?schema={schema}"
    name = unquote(user) or environ.get("PGUSER") or _own_name()
    return Address(parts._replace(query=query).geturl(), schema, strict, name, shown)


def _own_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account nobody listed
        what = "The address of the database names nobody, and this account has no login name."
        raise UsageError(what, do="Write postgresql://NAME@SERVER/DATABASE.") from None


def _plain(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum() or letter in "-_")


def _stays_here(hosts: str, pieces: Mapping[str, str], environ: Mapping[str, str]) -> bool:
    """Whether all it may connect to is on this machine. What the library fills in by itself counts as named."""
    if "service" in pieces or "PGSERVICE" in environ:
        return False  # a file elsewhere says where to
    named = [_without_port(host) for host in unquote(hosts).split(",") if host]
    told = (
        unquote(pieces["host"]) if "host" in pieces else "" if named else environ.get("PGHOST", ""),
        # Where it is given the library connects there, whatever the host is called.
        unquote(pieces["hostaddr"]) if "hostaddr" in pieces else environ.get("PGHOSTADDR", ""),
    )
    return all(map(_is_here, [*named, *(host for hosts in told for host in hosts.split(",") if host)]))


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host if host.startswith("/") else host.partition(":")[0]


def _is_here(host: str) -> bool:
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
