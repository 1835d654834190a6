"""Reading the whole record for a screen, a part at a time, with a line that says how far it is."""

from __future__ import annotations

from time import monotonic
from typing import Any

from duty_tui.desk.past import Past
from duty_tui.screens.desk_screen import AtTheDesk
from duty_tui.widgets.statusline import StatusLine

#: Seconds after which a person wants to know how far it is.
PATIENCE = 1.0


async def read_past(screen: AtTheDesk, past: Past[Any]) -> None:
    """Bring `past` up to date, letting everybody else's questions to the desk in between. Raises DutyError."""
    begun, line, shown = monotonic(), screen.query_one(StatusLine), ""
    await screen.session.ask(past.begin)
    done, total = 0, 1
    while done < total:
        done, total = await screen.session.ask(past.go_on)
        if done < total and monotonic() - begun > PATIENCE:
            shown = f"Read {done:,} of {total:,} concerns …"
            line.say(shown)
    if shown:
        line.say(f"All {total:,} concerns are read.")
