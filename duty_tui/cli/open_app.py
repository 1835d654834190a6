"""Opening the screens."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

from duty_tui.cli.record import is_practice, kept_rows
from duty_tui.clock import system_clock
from duty_tui.wiring import Opening, bare_desk, drop_textual_settings, look_back, open_store


def open_app(how: Opening, *, wall: bool = False) -> None:
    """Run the app on a record until it is left; ends the process with the app's status. Raises DutyError.

    With `wall` it is the board for a wall screen and nothing else.

    What keeps a record from being opened is said here, before the screen is taken over.
    """
    practice = how.practice
    if not practice:
        with open_store(how) as looked_at:
            look_back(how, looked_at)
            practice = is_practice(looked_at)
    settings = how.settings
    drop_textual_settings()  # before Textual is imported: it reads them then
    from duty_tui.app import DutyApp
    from duty_tui.desk.session import DeskSession

    if settings.keys:
        from duty_tui.screens.keymap import refuse_wrong_keys

        refuse_wrong_keys(settings.keys, how.places.settings_file)
    rows = cache(lambda: kept_rows(how))  # called on the desk's thread, which owns what it opens
    session = DeskSession(
        lambda: bare_desk(rows(), settings.name, system_clock),
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
        )
        app.run()
    finally:
        session.close()
    if app.return_code:
        sys.exit(app.return_code)


def _wall() -> Any:
    from duty_tui.screens.wall import WallScreen

    return WallScreen()
