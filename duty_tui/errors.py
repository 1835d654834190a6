"""What a person is told when something cannot be done: what happened, what became of their entry, what to do now."""

from __future__ import annotations


class DutyError(Exception):
    """An error written for the person at the desk.

    Every message answers three questions: what happened, whether their entry was recorded or NOT, and what to do.
    It never holds a child's name or any typed text: errors end up in logs and on other people's screens.
    """

    #: Exit status of a command that ends with this error (1 refused or found wanting, 2 usage).
    exit_code = 1

    def __init__(self, what: str, *, entry: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.entry = entry
        self.do = do

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.entry, self.do) if part)


class UsageError(DutyError):
    """The words of a command do not make sense; nothing was attempted."""

    exit_code = 2


class Refused(DutyError):
    """A rule of the desk says no to this act now; the reason is the message."""


class Conflict(DutyError):
    """Somebody recorded on this stream since it was read.

    `stream` is the stream's name, `expected` the version the writer had read, `current` the version now stored. `by`
    is who recorded about the same, where that is known, `what` in words that nobody typed, and `entries` the ids of
    everything others recorded about it, in order.
    """

    def __init__(
        self,
        stream: str,
        expected: int,
        current: int,
        *,
        by: str = "",
        what: str = "",
        entries: tuple[str, ...] = (),
    ) -> None:
        super().__init__(
            f"{by} recorded this while you were typing: {what}."
            if by
            else "Somebody else recorded on this concern while you were typing.",
            entry="Your entry is NOT recorded; your text is kept.",
            do="Look at what they wrote, then record yours again.",
        )
        self.stream, self.expected, self.current, self.by = stream, expected, current, by
        self.entries = entries


class Tampered(DutyError):
    """The record is not the one that was sealed, or its end is missing; `seq` is the first entry in doubt."""

    def __init__(self, what: str, *, seq: int, do: str = "") -> None:
        super().__init__(
            what, do=do or "Stop recording here, keep the file as it is, and call whoever holds the backups."
        )
        self.seq = seq


class Unavailable(DutyError):
    """Not recorded, for now: locked, disk full, read-only, file moved. Keep the entry and try again."""

    def __init__(self, what: str, *, do: str = "Your text is kept; try again.") -> None:
        super().__init__(what, entry="Your entry is NOT recorded.", do=do)


class Waits(Unavailable):
    """Not recorded yet, and kept: it waits on this machine, and is sent when the record is back.

    `why` is what keeps it: the record is away, or an earlier entry on the same concern waits.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why, do="It waits on this machine and is sent when the record is back.")
        self.entry = "Your entry is NOT RECORDED."

    def __str__(self) -> str:
        """What became of the entry first: a short line cuts off why, and the path in it."""
        return " ".join((self.entry, self.do, self.what))


class WrongDatabase(DutyError):
    """The file is not a duty-tui database this program can open: another key, another version, or another thing."""


class BadFile(DutyError):
    """A file that was to be read is broken, hostile or too large; `problems` are lines naming the row or key."""

    def __init__(self, what: str, *, problems: tuple[str, ...] = (), entry: str = "", do: str = "") -> None:
        super().__init__(what, entry=entry, do=do)
        self.problems = problems
