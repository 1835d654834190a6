"""What is done while the record is away: kept in the outbox, and sent when it is back, in order and once each.

Of one concern nothing overtakes: what is typed while something earlier on it waits, waits behind it. What is refused
when it is sent, or was done by somebody else meanwhile, stops the later ones on that concern until its person answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from duty_tui.desk.act import Act
from duty_tui.desk.drafts import bring_drafts, kept_draft
from duty_tui.domain.commands import Command
from duty_tui.errors import Conflict, DutyError, Refused, Unavailable, Waits

if TYPE_CHECKING:
    from datetime import datetime

    from duty_tui.desk.desk import Desk, Done
    from duty_tui.store.outbox import Outbox, Waiting

_EARLIER = "An earlier entry of yours on this concern waits to be sent."
_UNREADABLE = "This version of duty-tui cannot read it any more."


class Sent(NamedTuple):
    """What came of sending: what was recorded, in order, and why no more could be reached; empty when all could."""

    recorded: Sequence[Done]
    away: str = ""


def do(desk: Desk, act: Act) -> Done:
    """Record an act; where the record is away, keep it. Raises what `Desk.do` raises."""
    if desk.outbox is None or desk.store.read_only:
        return desk.record(act)
    typed = desk.clock()
    if _before(desk, act):
        send(desk, act.concern)
        if _before(desk, act):
            _refuse_elsewhere(desk.outbox)
            return _keep(desk, act, typed, Unavailable(_EARLIER))
    try:
        done = desk.record(act)
    except Unavailable as away:
        return _keep(desk, act, typed, away)
    if any(one.id == act.mark for one in waiting(desk)):
        _end(desk.outbox, act.mark)
    if act.draft is not None:
        with suppress(DutyError):  # a copy kept here while the record was away would come back as not recorded
            desk.outbox.drop_draft(act.draft)
    return done


def waiting(desk: Desk) -> list[Waiting]:
    """What waits of the person's, in the order it was typed; nothing where the outbox cannot be read.

    An outbox that is damaged must not keep anybody from recording; the list of what waits says that it is.
    """
    with suppress(DutyError):
        return desk.outbox.waiting(desk.actor) if desk.outbox else []
    return []


def _before(desk: Desk, act: Act) -> bool:
    """Whether something of this person's on the same concern waits and was typed before the act."""
    of_concern = [one.id for one in waiting(desk) if one.concern == act.concern]
    return bool(of_concern) and of_concern[0] != act.mark


def elsewhere(outbox: Outbox) -> str:
    """That what waits is for a record in another place than the one that is open, and both places; else empty."""
    if home := outbox.elsewhere:
        return f"Nothing is sent: what waits was typed for the record at {home}, and the one at {outbox.here} is open."
    return ""


def what_to_do_elsewhere(outbox: Outbox) -> str:
    """How what waits is recorded that was typed for another place."""
    return (
        f"Open {outbox.elsewhere} and it is recorded there. If that one was moved, or the one at {outbox.here} is the "
        "record now, `duty-tui outbox send --here` records it here."
    )


def _refuse_elsewhere(outbox: Outbox) -> None:
    if why := elsewhere(outbox):
        raise Unavailable(f"{_EARLIER} {why}", do=f"Your text is kept. {what_to_do_elsewhere(outbox)}")


def _keep(desk: Desk, act: Act, typed: datetime, away: Unavailable) -> Done:
    """Keep an act in the outbox, and say so. Raises Waits; Unavailable when it may not wait, or cannot be kept."""
    from duty_tui.desk.may_wait import why_not_wait
    from duty_tui.domain.written_commands import write_command
    from duty_tui.store.outbox import Waiting

    if why := why_not_wait(act.command):
        if away.entry != Unavailable("").entry:  # it may be recorded, and the engine says so
            raise away
        do = f"It cannot wait on this machine: {why}. Your text is kept; do it again when the record is back."
        raise Unavailable(away.what, do=do) from away
    outbox = desk.outbox
    assert outbox is not None  # noqa: S101 (asked before anything was done)
    kept = kept_draft(desk, act.draft)
    try:
        command = write_command(act.command)
        outbox.put(
            Waiting(
                *(act.mark, act.concern, desk.actor, typed, act.seen, command, act.draft), kept=kept, after=act.after
            )
        )
        if act.draft is not None:
            outbox.drop_draft(act.draft)
    except DutyError as full:
        # What matters first: on a short line two reasons with their paths would leave no room for it.
        both = Unavailable(away.what, do=f"{away.do} Kept on this machine it cannot be: {full.what}")
        both.entry = "Your entry is NOT recorded, nor kept on this machine."
        raise both from away
    raise Waits(away.what) from away


def command_of(act: Waiting) -> Command:
    """What waits, as a command. Raises Refused when this version of the program cannot read it."""
    from duty_tui.domain.written_commands import read_command

    try:
        return read_command(act.command)
    except (KeyError, TypeError, ValueError):
        raise Refused(_UNREADABLE, do="Read it in the list of what waits, and type it again.") from None


def send(desk: Desk, concern: str | None = None) -> Sent:
    """Record what waits, in order: of one concern, or of all with the drafts kept here.

    Two programs may send at once: each goes through what waits from its beginning, and what the other recorded already
    is recorded once, by its mark. Where what waits was typed for a record in another place, as when a backup is open,
    nothing is sent. Raises Tampered, and what else is wrong with the record or the outbox.
    """
    outbox, recorded, stopped = desk.outbox, list["Done"](), set[str]()
    if outbox is None:
        return Sent(recorded)
    try:
        if why := elsewhere(outbox):
            return Sent(recorded, why)
        for one in outbox.waiting(desk.actor):
            if one.concern not in stopped and concern in (None, one.concern):
                done = _send(desk, outbox, one)
                recorded += filter(None, [done])
                if done is None:
                    stopped.add(one.concern)
        if concern is None:
            bring_drafts(desk)
    except Unavailable as away:
        return Sent(recorded, away.what)
    return Sent(recorded)


def _send(desk: Desk, outbox: Outbox, one: Waiting) -> Done | None:
    """Record one that waits; None when it, and so the later ones on its concern, must wait on. Raises Unavailable."""
    if one.why:
        return None
    desk.store.known_ids([one.id])  # away: asked before an attempt begins, so that it can still be taken back
    if not outbox.begin(one.id):
        return None  # taken back, or sent, by another program at this moment
    try:
        done = _record(desk, one)
    except Conflict as faster:
        outbox.stop(one.id, faster.what if faster.by else "")  # only faster, time and again: the next time may do
        return None
    except Refused as no:
        outbox.stop(one.id, no.what)
        return None
    except Unavailable:
        _may_be_taken_back(desk, outbox, one)
        raise
    _end(outbox, one.id)
    return done


def _may_be_taken_back(desk: Desk, outbox: Outbox, one: Waiting) -> None:
    """The attempt is over. Where the record says that it lacks the act nothing is on its way any more.

    Taking it back asks the record once more. Where it cannot be asked, as before, nobody can say.
    """
    with suppress(DutyError):
        if not desk.store.known_ids([one.id]):
            outbox.stop(one.id, "")


def _record(desk: Desk, one: Waiting) -> Done:
    act = Act(one.concern, command_of(one), one.id, one.seen, one.draft, one.after)
    try:
        return desk.record(act, one.typed)
    except Conflict as faster:
        concern = desk.concern(one.concern, how="outbox")
        who = {item.stamp.actor for item in concern.history if item.stamp.entry in faster.entries}
        if not faster.by or who != {desk.actor}:
            raise
    return desk.record(act._replace(seen=None), one.typed)  # what they recorded themselves is no news to them


def _end(outbox: Outbox, act: str) -> None:
    """It is recorded. Where the outbox cannot be written it is sent once more, and its mark makes that harmless."""
    with suppress(DutyError):
        outbox.end(act)
