"""Opening the screens."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from duty_tui.cli.record import is_practice, kept_rows
from duty_tui.clock import system_clock
from duty_tui.errors import Refused, Unavailable, WrongDatabase
from duty_tui.opening import Opening, key_of, look_back, open_store, outbox_left, outbox_of
from duty_tui.wiring import bare_desk, drop_textual_settings


def open_app(how: Opening, *, wall: bool = False) -> None:
    """Run the app on a record until it is left; ends the process with the app's status. Raises DutyError.

    With `wall` it is the board for a wall screen and nothing else.

    What keeps a record from being opened is said here, before the screen is taken over.
    """
    opens = None if wall else unlocking(how)
    if how.key_file.exists():
        how = replace(how, key=key_of(how))  # nobody can be asked once the screen is taken over
    practice = how.practice or _look_first(how)
    settings = how.settings
    drop_textual_settings()  # before Textual is imported: it reads them then
    from duty_tui.app import DutyApp
    from duty_tui.desk.session import DeskSession
    from duty_tui.screens.locked import Lock

    if settings.keys:
        from duty_tui.screens.keymap import refuse_wrong_keys

        refuse_wrong_keys(settings.keys, how.places.settings_file)
    rows = cache(lambda: kept_rows(how))  # called on the desk's thread, which owns what it opens
    session = DeskSession(
        lambda: bare_desk(rows(), settings.name, system_clock, None if wall else outbox_of(how, rows())),
        rows,
        lambda store: look_back(how, store),
        "" if wall else settings.name,  # a wall has no name: restricted concerns are for nobody who walks past
    )
    try:
        app = DutyApp(
            session,
            settings=settings,
            practice=practice,
            clock=system_clock,
            incidents=how.places.incidents,
            first=_wall() if wall else None,
            lock=Lock(timedelta(minutes=settings.lock_after), opens) if opens else None,
        )
        app.run()
    finally:
        session.close()
    if app.return_code:
        sys.exit(app.return_code)


def _look_first(how: Opening) -> bool:
    """Whether a record that can be opened, and is as it was last seen, is one to practise on. Raises DutyError."""
    try:
        with open_store(how) as looked_at:
            look_back(how, looked_at)
            return is_practice(looked_at)
    except (Unavailable, WrongDatabase) as away:
        away.do = " ".join(filter(None, (away.do, _what_waits(how))))
        raise


def _what_waits(how: Opening) -> str:
    """That something waits on this machine for a record that cannot be opened; empty when nothing does."""
    outbox = outbox_left(how)
    if outbox is None:
        return ""
    with closing(outbox):
        many = len(outbox.waiting(how.settings.name))
    what = "1 entry of yours waits" if many == 1 else f"{many} entries of yours wait"
    return f"{what} on this machine, NOT RECORDED: `duty-tui outbox` lists them." if many else ""


def unlocking(how: Opening) -> Callable[[str], bool] | None:
    """What says whether a passphrase unlocks the screens; None when the settings never lock them.

    Raises Refused when they are to be locked and nothing could open them.
    """
    minutes = how.settings.lock_after
    if not minutes:
        return None
    from duty_tui.store.keyfile import WrongPassphrase, look_at, read_key

    def has_passphrase() -> bool:
        return how.key_file.exists() and look_at(how.key_file).kind == "passphrase"

    def opens(words: str) -> bool:
        if not has_passphrase():
            what = "The key has no passphrase any more."
            raise Refused(what, do="Leave with Ctrl+Q, which keeps what was typed, and start again.")
        try:
            read_key(how.key_file, lambda _, open_with: open_with(words))
        except WrongPassphrase:
            return False
        return True

    if not has_passphrase():
        raise Refused(
            f"The settings lock the screen after {minutes} minutes, and the key has no passphrase to unlock it with.",
            do=f"Run `duty-tui key passphrase`, or set lock_after = 0 in {how.places.settings_file}.",
        )
    return opens


def _wall() -> Any:
    from duty_tui.screens.wall import WallScreen

    return WallScreen()
