"""`duty-tui key`: what opens the record: which kind of key file, its passphrase, a new key, a code for an envelope."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from duty_tui.cli.output import as_json, narrate, say, say_object
from duty_tui.cli.passphrase import Passphrase, new_passphrase, somebody_there
from duty_tui.cli.record import opening_of
from duty_tui.clock import system_clock
from duty_tui.domain.times import iso_utc, london_date, moment_words
from duty_tui.errors import DutyError, Refused, WrongDatabase
from duty_tui.opening import Opening, key_of, next_key, open_store, outbox_of, take_next_key

_NOTHING = "Nothing was changed."
_NO_KEY = "What is on a server has no key of this program: whoever runs it keeps its disks encrypted."
_COPIES = "Copies of the key file made before still open the record: destroy them, or run `duty-tui key rotate`."


class Held(NamedTuple):
    """A record's key, opened, and what it was opened with."""

    how: Opening
    words: Passphrase
    kind: str
    name: str
    """Under which the keyring has it."""
    key: bytes


def _held(ctx: click.Context) -> Held:
    from duty_tui.store.keyfile import look_at

    words = Passphrase(Path(ctx.obj[2]) if ctx.obj[2] else None)
    how = replace(opening_of(ctx, asks=False), unlock=words)
    found = look_at(how.key_file)
    return Held(how, words, found.kind, found.name, key_of(how))


@click.group("key", epilog="Example: duty-tui key show")
def command() -> None:
    """What opens the record: a plain key file, a passphrase, or the system's keyring."""


@command.command(epilog="Example: duty-tui key show")
@as_json
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """Say which kind of key file there is, and since when; never the key."""
    from duty_tui.store.keyfile import look_at

    file = opening_of(ctx, asks=False).key_file
    found = look_at(file)
    if as_json:
        say_object({"file": str(file), "kind": found.kind, "since": iso_utc(found.since)})
        return
    say(f"key {file}", f"kind {found.kind}", f"since {moment_words(found.since)}")
    if found.kind == "file":
        narrate("Whoever can read this file and the record can read everything: `duty-tui key passphrase` mends that.")


@command.command(epilog="Example: duty-tui key passphrase")
@click.option("--remove", is_flag=True, help="Keep the key in a plain file again, readable by you alone.")
@click.option("--new-file", metavar="PATH", help="A file whose first line is the new passphrase.")
@click.pass_context
def passphrase(ctx: click.Context, remove: bool, new_file: str | None) -> None:
    """Set or change the passphrase the key opens with, or remove it.

    Asks on the terminal, for a new one twice. Without a terminal: the new one from --new-file or
    DUTY_TUI_NEW_PASSPHRASE; where there was none before, DUTY_TUI_PASSPHRASE will do.
    """
    from duty_tui.store.keyfile import as_file, as_passphrase, replace_key

    held = _held(ctx)
    if remove and held.kind == "file":
        raise Refused("The key has no passphrase.", entry=_NOTHING, do="`duty-tui key show` says what it has.")
    if remove:
        replace_key(held.how.key_file, as_file(held.key))
        say("The key is in a plain file again.")
    else:
        before = None if held.kind == "passphrase" else held.words.given()
        words = new_passphrase(Path(new_file) if new_file else None, before)
        replace_key(held.how.key_file, as_passphrase(held.key, words, system_clock()))
        say("The key opens with the new passphrase.")
        narrate(_COPIES, "Nobody can tell you the passphrase: keep a recovery code (`duty-tui key export-recovery`).")
    _out_of_keyring(held)


@command.command(epilog="Example: duty-tui key keyring")
@click.pass_context
def keyring(ctx: click.Context) -> None:
    """Keep the key in the operating system's keyring; needs the package keyring (pip install keyring)."""
    from duty_tui.store import system_keyring
    from duty_tui.store.keyfile import as_keyring, replace_key

    held = _held(ctx)
    name = os.urandom(8).hex()
    system_keyring.keep(name, held.key, system_keyring.PATIENCE if somebody_there() else system_keyring.ALONE)
    replace_key(held.how.key_file, as_keyring(name, system_clock()))
    say("The key is in the system keyring.")
    narrate(_COPIES)
    _out_of_keyring(held)


def _out_of_keyring(held: Held) -> None:
    if held.kind == "keyring":
        from duty_tui.store import system_keyring

        system_keyring.forget(held.name)


@command.command(epilog="Example: duty-tui key rotate")
@click.pass_context
def rotate(ctx: click.Context) -> None:
    """Put the record under a new data key.

    A copy under the new key is written beside, verified entry by entry, and takes the record's place. Others who have
    the record open must start again; those with a key file of their own need the new key (key recover). The key file
    of before is kept beside the new one.
    """
    from duty_tui.store.copies import rekey
    from duty_tui.store.wrapping import LENGTH

    opening_of(ctx, asks=False).file(_NO_KEY)
    held = _held_by_now(ctx)
    how, now, fresh = replace(held.how, key=held.key), system_clock(), os.urandom(LENGTH)
    with _nothing_waiting(how):
        head = rekey(how.database, held.key, fresh, lambda: _keep(held, fresh, next_key(how.key_file), now))
        kept = take_next_key(how.key_file)
    say("The record is under a new key.", f"entries {head.seq}", f"head {head.hash}", f"key-before {kept}")
    practice = how.places.practice(london_date(now))
    if practice.exists() and practice != how.database:
        try:
            rekey(practice, held.key, fresh, lambda: None)
        except DutyError as error:
            narrate(f"Today's practice desk does not open any more: {error.what}")
    narrate(
        "The key file of before is kept beside the new one.",
        "Backups and other records made before still need it: keep it as long as you keep them. What somebody types in",
        "a window that was open meanwhile may wait under it: `duty-tui outbox` says so.",
        "Destroy it when neither is left.",
        "Recovery codes and checkpoints made before belong to the old key: make new ones.",
    )


def _held_by_now(ctx: click.Context) -> Held:
    """The record's key, once a change of it that was cut short is brought to its end."""
    held = _held(ctx)
    if not next_key(held.how.key_file).exists():
        return held
    open_store(replace(held.how, key=held.key)).close()
    return _held(ctx)


@contextmanager
def _nothing_waiting(how: Opening) -> Iterator[None]:
    """While this lasts nothing can be put into the outbox of the record; its file is taken away at the end.

    Who cannot record meanwhile is told that what they typed is not kept either, and has it in its form still. Raises
    Refused where something waits.
    """
    with open_store(how) as store:
        outbox = outbox_of(how, store)
    with closing(outbox), outbox.put_away() as empty:
        if not empty:
            raise Refused(
                "What was typed while the record was away waits on this machine, under the key it has now.",
                entry=_NOTHING,
                do="Run `duty-tui outbox send` first, as each person whose entries wait.",
            )
        yield


def _keep(held: Held, key: bytes, place: Path, now: datetime) -> None:
    """Leave a key at `place`, kept as the one before it was."""
    from duty_tui.store import system_keyring
    from duty_tui.store.keyfile import as_file, as_keyring, as_passphrase, replace_key

    if held.kind == "keyring":
        name = os.urandom(8).hex()
        system_keyring.keep(name, key)
        replace_key(place, as_keyring(name, now))
    elif held.words.known is not None and held.kind == "passphrase":
        replace_key(place, as_passphrase(key, held.words.known, now))
    else:
        replace_key(place, as_file(key))


@command.command("export-recovery", epilog="Example: duty-tui key export-recovery")
@click.pass_context
def export_recovery(ctx: click.Context) -> None:
    """Print the recovery code of the record, for a sealed envelope: with it and the record everything can be read."""
    from duty_tui.store.recovery import recovery_code

    opening_of(ctx, asks=False).file(_NO_KEY)
    held = _held(ctx)
    if held.how.database.exists():
        _opened(held.how.database, held.key)  # a code of another key would be found wrong when it is too late
    say(recovery_code(held.key))
    narrate(
        "Whoever has this code and the record can read everything, whatever the passphrase. Print it once, seal it,",
        "keep it apart from the record and its backups, and clear the screen. `duty-tui key recover` reads it.",
    )


@command.command(epilog="Example: duty-tui key recover")
@click.option(
    "--replace", "instead", is_flag=True, help="Where there is a key file, keep it beside and make a new one."
)
@click.pass_context
def recover(ctx: click.Context, instead: bool) -> None:
    """Make the key file anew from a recovery code, asked for on the terminal, else read from standard input.

    The new one is a plain file: `duty-tui key passphrase` gives it a passphrase.
    """
    from duty_tui.store.keyfile import as_file, name_before, replace_key
    from duty_tui.store.recovery import read_recovery_code

    how = opening_of(ctx, asks=False)
    file = how.key_file
    if os.path.lexists(file) and not instead:
        raise Refused(f"There is a key file at {file}.", entry=_NOTHING, do="Add --replace to make it anew.")
    if somebody_there():
        click.echo("Recovery code: ", nl=False, err=True)
    key = read_recovery_code(sys.stdin.readline())
    if how.database.exists():
        _refuse_other(how.database, key)
    if os.path.lexists(file):
        kept = name_before(file, system_clock())
        file.rename(kept)
        narrate(f"The key file that was there is kept as {kept}.")
    replace_key(file, as_file(key))
    say(f"key {file}", "kind file")


def _opened(database: Path, key: bytes) -> None:
    """Raise WrongDatabase unless the key opens the record."""
    from duty_tui.store.cipher import connect

    connect(database, key, patience=1.0, read_only=True).close()


def _refuse_other(database: Path, key: bytes) -> None:
    try:
        _opened(database, key)
    except WrongDatabase:
        raise Refused(
            f"The code is well typed, but it opens another record than {database}.",
            entry=_NOTHING,
            do="Name the record it belongs to with --database, or look for the newer code.",
        ) from None
