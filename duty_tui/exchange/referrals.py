"""What a file of referrals holds once it is read: referrals, what is wrong, and what was noticed.

No sentence here or in the readers holds a value from the file: rows are named by number, columns by heading. What a
person reads on the screen, and what ends up in a log, can then name no child.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid5

from duty_tui.domain.commands import RaiseConcern
from duty_tui.errors import DutyError

#: Keys become identities of concerns in this namespace, for good: a second import of a file must find them again.
NAMESPACE = UUID("820c6ad8-b9ff-538e-8386-3dd3666d7fff")
#: A file may not hold more referrals than this: the largest authority has about a third of it in a year.
MAX_REFERRALS = 100_000

#: Told how far the reading is: so much done, of so much; the total is 0 where it is not known (standard input).
Progress = Callable[[int, int], None]


class Unreadable(DutyError):
    """One value of a file cannot be read; the reader turns it into a Problem with the row it stands in."""


class Problem(NamedTuple):
    """Why one referral could not be read: where it stands, what is wrong, what to do. Never a value from the file."""

    row: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.row}: {self.what} {self.do}".strip()


class Closure(NamedTuple):
    """The referral was closed elsewhere: on which London day, and why."""

    on: date
    reason: str


class Dated(NamedTuple):
    """An event of the policy vocabulary that took place on a London day; the time of day is not known."""

    event: str
    on: date
    #: The number of the child it is about; None for the whole concern.
    child: int | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral of a file, ready to be raised as a concern."""

    #: Where it stands in the file, for messages: `row 12`, `child 3, referral 2 (line 88)`.
    row: str
    #: What names it in the system it comes from; the same in every file that holds this referral.
    key: str
    command: RaiseConcern
    closed: Closure | None = None
    milestones: tuple[Dated, ...] = ()
    #: To be kept with the concern.
    notes: tuple[str, ...] = ()
    #: What looks wrong and hinders nothing; each is a fixed phrase, so that they can be counted.
    warnings: tuple[str, ...] = ()

    @property
    def concern_id(self) -> str:
        """The identity of its concern: the same key gives the same one, so importing again adds nothing."""
        return str(uuid5(NAMESPACE, self.key))


@dataclass(frozen=True, slots=True)
class ReferralFile:
    """A file of referrals, read whole. With problems in it, whether anything is imported is for the desk to decide."""

    #: The file's own name, without its folder, or "standard input".
    name: str
    #: "Children in Need census" or "table".
    kind: str
    referrals: tuple[Referral, ...]
    problems: tuple[Problem, ...] = ()
    #: What was noticed, each once, with how many referrals it concerns and where the first stands.
    warnings: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Referral, ...]:
        """The referrals that are not closed in the file."""
        return tuple(referral for referral in self.referrals if referral.closed is None)

    @property
    def children(self) -> int:
        """How many children the referrals name, counted once per referral."""
        return sum(len(referral.command.children) for referral in self.referrals)


def counted(referrals: Iterable[Referral]) -> tuple[str, ...]:
    """The warnings of all referrals, each phrase once: `… (402 referrals, the first: row 2)`."""
    rows: dict[str, list[str]] = defaultdict(list)
    for referral in referrals:
        for phrase in referral.warnings:
            rows[phrase].append(referral.row)
    return tuple(
        f"{phrase} ({len(found)} referrals, the first: {found[0]})" if len(found) > 1 else f"{phrase} ({found[0]})"
        for phrase, found in rows.items()
    )


def once_each(referrals: Iterable[Referral]) -> tuple[list[Referral], list[Problem], int]:
    """The referrals with every key once; what stands twice and differs is a problem; and how many were mere repeats."""
    first: dict[str, Referral] = {}
    problems: list[Problem] = []
    repeats = 0
    for referral in referrals:
        other = first.setdefault(referral.key, referral)
        if other is referral:
            continue
        if (other.command, other.closed, other.milestones) == (referral.command, referral.closed, referral.milestones):
            repeats += 1
        else:
            what = f"The same referral stands at {other.row}, and the two differ."
            problems.append(Problem(referral.row, what, "Leave the right one."))
    return list(first.values()), problems, repeats


def repeated(count: int) -> tuple[str, ...]:
    """The warning for referrals that stand in the file more than once, word for word."""
    return (f"Standing in the file more than once, taken once: {count}.",) if count else ()
