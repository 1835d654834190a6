"""Small builders of what tests talk about; children, callers and numbers are invented, NHS numbers in the 999 range."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from duty_tui.domain.commands import Command, RaiseConcern
from duty_tui.domain.concern import Concern
from duty_tui.domain.events import Event, Stamp
from duty_tui.domain.history import Recorded, fold
from duty_tui.domain.people import Caller, Child

#: A Friday in winter, at six in the evening in London.
FRIDAY_SIX = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)
#: A number in the range kept for tests whose check digit fits, and one whose check digit does not.
GOOD_NHS, BAD_NHS = "9990000018", "9990000019"

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def a_child(number: int = 1, **known: Any) -> Child:
    """A child of seven called Amara, with whatever else is `known`, or known differently."""
    return Child(**{"number": number, "name": "Amara Okoye", "born": date(2019, 3, 4), **known})


def a_caller(**known: Any) -> Caller:
    """A teacher who can be reached."""
    return Caller(**{"name": "Ms P. Lund", "role": "Head of year", "agency": "Hollin School", **known})


def raise_concern(*children: Child, **known: Any) -> RaiseConcern:
    """The command for a concern by telephone on Friday at six, about Amara where no child is given."""
    told = {"received": FRIDAY_SIX, "caller": a_caller(), "source": "School", "what": "A bruise seen on the arm."}
    return RaiseConcern(**{**told, "children": children or (a_child(),), **known})


def a_concern(*commands: Command, raised: RaiseConcern | None = None, at: datetime = FRIDAY_SIX) -> Concern:
    """A concern as it stands after it was raised and the commands were done, one minute apart, from `at` on."""
    concern = Concern("concern-1")
    for minute, command in enumerate((raised or raise_concern(), *commands)):
        concern = do(concern, command, at=at + timedelta(minutes=minute))
    return concern


def do(concern: Concern, command: Command, *, at: datetime = FRIDAY_SIX, actor: str = "ola") -> Concern:
    """The concern after one more command, recorded at `at` by `actor`."""
    return happened(concern, command.events(concern, at), at=at, actor=actor)


def happened(concern: Concern, events: Sequence[Event], *, at: datetime = FRIDAY_SIX, actor: str = "ola") -> Concern:
    """The concern after these events; entry n of its stream has the id `entry-n`."""
    new = [
        Recorded(Stamp(f"entry-{version}", version, at, actor), event)
        for version, event in enumerate(events, concern.version + 1)
    ]
    return fold(concern.id, [*concern.history, *new])


def nhs_number(serial: int) -> str:
    """A valid NHS number of the 999 range for a serial from 0 to 999,999: the next one whose check digit exists."""
    for number in range(serial, serial + 12):
        digits = f"999{number % 1_000_000:06}"
        check = -sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
    raise AssertionError(serial)


def upn(serial: int, last: str = "") -> str:
    """A valid UPN of authority 999 for a serial from 0; `last` is the letter a temporary one ends in."""
    body = f"999{serial % 10**8:08}" + (last or str(serial % 10))
    values = [*(int(digit) for digit in body[:11]), _UPN_LETTERS.index(last) if last else int(body[11])]
    return _UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, 2)) % 23] + body
