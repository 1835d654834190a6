"""Something owed as it stands at a moment, in words."""

from __future__ import annotations

from datetime import datetime

from duty_tui.desk.owed import Owed, OwedOn
from duty_tui.domain.times import due_words, moment_words
from duty_tui.rules.words import wait_words
from duty_tui.views.obligation import ObligationLine, Standing

#: Still to be done (or asked).
_OPEN = ("owed", "unless")


def line_at(on: OwedOn, owed: Owed, number: int, at: datetime, *, open_only: bool = False) -> ObligationLine | None:
    """One line as it stands at `at`; None for what is not shown: a question never asked, what waited when closed.

    `open_only` leaves out what is not still to be done, before it costs a word.
    """
    standing = _standing(on, owed, at)
    if standing is None or (open_only and standing not in _OPEN):
        return None
    says, prompt = owed.says, owed.says.kind == "prompt"
    start = None if standing == "waiting" else _asked_from(owed) if prompt else owed.start
    return ObligationLine(
        concern=on.concern,
        reference=f"C{number}" if number else "",
        version=on.version,
        title=on.title,
        kind=says.kind,
        rule=says.rule,
        clock=says.clock,
        do=says.do,
        label=says.label,
        child=owed.child,
        whom=owed.whom,
        discussion=owed.discussion,
        owner=says.owner,
        also=says.also,
        strength=says.strength,
        standing=standing,
        start=start,
        due=None if prompt else owed.due,
        due_words=_words(on, owed, standing, at),
        latest=_latest(owed, at) if standing in _OPEN else "",
        late=_late(on, owed, at),
        met_at=owed.met_at,
        late_reason=owed.reason[0],
        late_safety=owed.reason[1],
        unless=owed.unless,
        met_by=says.met_by,
        place=says.place,
        form=says.form,
        asks=says.asks,
        provisional=owed.provisional,
        varied_by=says.varied_by,
        first_due=owed.first_due,
        cite=says.cite,
    )


def _latest(owed: Owed, at: datetime) -> str:
    if owed.last is None:
        return ""
    due, strength = owed.last
    return f"at the latest {due_words(due)} ({strength})" + (", passed" if due <= at else "")


def next_change(owed: Owed, at: datetime) -> datetime | None:
    """The next moment after `at` at which it stands otherwise by time alone: it begins, is asked, or falls due."""
    if owed.met_at is not None:
        return None
    last = owed.last[0] if owed.last else None
    moments = [moment for moment in (owed.start, owed.due, last) if moment is not None and moment > at]
    return min(moments, default=None)


def _standing(on: OwedOn, owed: Owed, at: datetime) -> Standing | None:
    prompt, begins = owed.says.kind == "prompt", _asked_from(owed)
    if owed.met_at is not None:
        return None if prompt and (begins is None or owed.met_at < begins) else "met"
    waiting = begins is None or begins > at
    if on.closed is not None and owed.says.kind != "action":
        return None if prompt or begins is None or begins > on.closed else "closed"
    if waiting and owed.says.kind != "action":
        return "waiting"
    return "unless" if owed.unless else "owed"


def _asked_from(owed: Owed) -> datetime | None:
    """From when it counts; a question with a time of its own is asked at that time."""
    return owed.due if owed.says.kind == "prompt" and owed.due is not None else owed.start


def _late(on: OwedOn, owed: Owed, at: datetime) -> bool:
    if owed.due is None or owed.says.kind == "prompt":
        return False
    if owed.met_at is not None:
        return owed.met_late
    ended = on.closed if on.closed is not None and owed.says.kind != "action" else at
    return ended >= owed.due


def _words(on: OwedOn, owed: Owed, standing: Standing, at: datetime) -> str:
    begins = _asked_from(owed)
    if owed.met_at is not None:
        return f"met {moment_words(owed.met_at)}{', late' if owed.met_late else ''}"
    if standing == "closed" and on.closed is not None:
        return f"not done when it was closed {moment_words(on.closed)}"
    if standing == "waiting":
        return _waits(owed)
    if owed.says.kind == "prompt" and begins is not None:
        return f"asked {moment_words(begins)}, for {wait_words(at - begins)}"
    if owed.due is not None:
        return due_words(owed.due)
    return f"{owed.says.promptly}, for {wait_words(at - begins)}" if begins is not None else owed.says.promptly


def _waits(owed: Owed) -> str:
    if owed.start is None:
        return f"waiting for: {owed.says.waits_for}"
    if owed.says.kind == "prompt" and owed.due is not None:
        return f"asked {moment_words(owed.due)} if it still stands then"
    return f"from {due_words(owed.start)} if that passes unmet"
