"""What waits to be sent, as its person sees it, and what they say of it: send anyway, change, take back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from duty_tui.desk import outgoing, projection
from duty_tui.desk.destroying import refuse_destroyed
from duty_tui.desk.drafts import drop_draft, keep_draft
from duty_tui.desk.entries import foreseen, to_record
from duty_tui.desk.histories import history_of
from duty_tui.desk.outgoing import Sent, command_of
from duty_tui.desk.pending import Pending, Unsent
from duty_tui.desk.restricted import admit
from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.concern import Concern
from duty_tui.domain.history import fold, fold_on, withdrawn
from duty_tui.domain.times import london
from duty_tui.errors import DutyError, Refused, Unavailable
from duty_tui.store.outbox import Outbox, Waiting, others_of
from duty_tui.store.rows import ConcernRow, Draft

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk

#: The reference of a concern that gets its number when it is recorded.
NEW = "new"
_NOTHING = "Nothing was changed."


def unsent(desk: Desk) -> Pending:
    """What waits of the person's, first typed first; says what keeps the outbox from being read. Raises Tampered."""
    if desk.outbox is None:
        return Pending((), ())
    trouble = _under_another_key(desk.outbox)
    try:
        waits = desk.outbox.waiting(desk.actor)
        if held := outgoing.elsewhere(desk.outbox):
            trouble = " ".join(filter(None, (held, outgoing.what_to_do_elsewhere(desk.outbox), trouble)))
    except DutyError as error:
        return Pending((), (), error.what)
    lines, concerns, stopped = list[Unsent](), dict[str, Concern](), set[str]()
    known, numbers = _recorded(desk, waits)
    for number, one in enumerate(waits, 1):
        before = concerns.get(one.concern) or known.get(one.concern) or Concern(one.concern)
        concerns[one.concern], words = _after(desk, before, one)
        lines.append(
            Unsent(
                *(number, one.id, one.concern, _reference(one.concern, waits, numbers), one.typed, words, one.why),
                behind=one.concern in stopped,
                can_change=one.kept is not None,
            )
        )
        if one.why:
            stopped.add(one.concern)
    new = [concerns[name] for name in dict.fromkeys(line.concern for line in lines if line.reference == NEW)]
    return Pending(lines, [_row(desk, concern) for concern in new], trouble, held)


def _under_another_key(outbox: Outbox) -> str:
    """That there are outboxes of the record which the key in use does not open, and what does; empty without any."""
    files = ", ".join(str(file) for file in others_of(outbox.path))
    if not files:
        return ""
    keys = [str(file) for file in outbox.key_files_before]
    one = keys[0] if len(keys) == 1 else "OLD"
    which = f" OLD is the key file of that time: {', '.join(keys)}." if len(keys) > 1 else ""
    return (
        f"What waits under another key is NOT recorded: `duty-tui --key-file {one} outbox` lists it.{which} "
        f"Type it again, then delete {files}."
    )


def _recorded(desk: Desk, waits: Sequence[Waiting]) -> tuple[dict[str, Concern], dict[str, int]]:
    """The concerns about which something waits and their numbers, as far as they are recorded and can be read now.

    To ask a server that is away takes its time: it is asked once, not for each.
    """
    known, numbers = dict[str, Concern](), dict[str, int]()
    with suppress(Unavailable):
        for concern in dict.fromkeys(one.concern for one in waits):
            if row := desk.row(concern):
                numbers[concern] = row.number
                with suppress(Refused):  # restricted meanwhile, and not to this person
                    known[concern] = _unlooked(desk, concern)
    return known, numbers


def _unlooked(desk: Desk, concern_id: str) -> Concern:
    """A concern to say by what its person typed about it. Nothing else of it is shown, so it is no look at it.

    Raises Refused when they may not see it, or it was destroyed.
    """
    concern = fold(concern_id, history_of(desk.store, concern_id))
    refuse_destroyed(desk, concern)
    admit(desk, concern)
    return concern


def _after(desk: Desk, concern: Concern, one: Waiting) -> tuple[Concern, Sequence[str]]:
    """The concern as it would be with the act, and the entries it makes in words."""
    try:
        command = command_of(one)
        events = command.events(concern, one.typed)
    except Refused:  # not readable, or about a child of a concern that cannot be read now
        return concern, _texts(one.command)
    said = [event.words() for event in events]
    if isinstance(command, RaiseConcern):
        children = ", ".join(child.called for child in command.children)
        said[0] = "\n".join(filter(None, (said[0], children, command.what)))
    elif not concern.version:
        return concern, said
    entries = to_record(concern.id, concern.version, events, one.id)
    return fold_on(concern, foreseen(events, entries, one.typed, desk.actor)), said


def _texts(value: object) -> list[str]:
    """Every text in a command that cannot be said in words: nothing typed is out of reach."""
    match value:
        case str():
            return [value]
        case dict():
            return [text for part in value.values() for text in _texts(part)]
        case list():
            return [text for part in value for text in _texts(part)]
    return []


def _reference(concern: str, waits: Sequence[Waiting], numbers: Mapping[str, int]) -> str:
    if concern in numbers:
        return f"C{numbers[concern]}"
    raised = any(one.concern == concern and one.command.get("name") == RaiseConcern.__name__ for one in waits)
    return NEW if raised else ""


def _row(desk: Desk, concern: Concern) -> ConcernRow:
    """The row of a concern that is in no record yet. Where its place cannot be worked out it stands in the first."""
    try:
        return projection.row_of(concern, desk.rulebook)
    except Unavailable:
        return projection.row_without_rules(concern)


# What its person says of it


def find(desk: Desk, act: str) -> Waiting:
    """The act that waits. Raises Refused when it waits no longer."""
    found = next((one for one in outgoing.waiting(desk) if one.id == act), None)
    if found is None:
        raise Refused("That entry does not wait any more.", do="Look whether it is recorded.")
    return found


class Meanwhile(NamedTuple):
    """What others recorded on a concern since its person looked, as it is shown to them: a line for each entry."""

    #: The version of the concern they have now seen; None where it is not recorded.
    seen: int | None
    entries: Sequence[str]
    lines: Sequence[str]


def beside(desk: Desk, act: str) -> Meanwhile:
    """What others recorded on its concern since the person looked, in order. Raises Unavailable, Refused."""
    one = find(desk, act)
    concern = desk.concern(one.concern, how="outbox") if desk.store.version(one.concern) else Concern(one.concern)
    gone = withdrawn(concern.history)
    others = [
        (item.stamp.entry, f"{london(item.stamp.recorded):%H:%M} {item.stamp.actor}: {item.event.words()}")
        for item in concern.history[one.seen or 0 :]
        if item.event is not None and item.stamp.actor != desk.actor and item.stamp.entry not in gone
    ]
    return Meanwhile(concern.version or None, [entry for entry, _ in others], [line for _, line in others])


def send_anyway(desk: Desk, act: str, shown: Meanwhile) -> Sent:
    """Send it, and all that waits, although others recorded what was `shown`. As `outgoing.send`.

    What they recorded after that is asked about again.
    """
    one = find(desk, act)
    assert desk.outbox is not None  # noqa: S101 (it was found in it)
    if why := outgoing.elsewhere(desk.outbox):
        return Sent([], why)  # what was shown is another record's
    desk.outbox.again(one.id, shown.seen, shown.entries)
    return outgoing.send(desk)


def change(desk: Desk, act: str) -> Draft:
    """Make a draft of it again, which its form finds, and send it no more. Raises Refused, Unavailable."""
    one = find(desk, act)
    assert desk.outbox is not None  # noqa: S101 (it was found in it)
    if why := outgoing.elsewhere(desk.outbox):
        raise Refused(why, entry=_NOTHING, do=outgoing.what_to_do_elsewhere(desk.outbox))
    if one.kept is None:
        raise Refused("Its form cannot be opened again.", entry=_NOTHING, do="Take it back, and type it anew.")
    later = _with(desk, one)[1:]
    if later:
        raise Refused(
            f"{_many(later)} on this new concern wait behind it.", entry=_NOTHING, do="Take those back first."
        )
    draft = one.kept._replace(updated=desk.clock())
    keep_draft(desk, draft)  # before it is taken out: killed in between, its text is in both and in no case in none
    try:
        _take_out(desk, one)
    except Refused:
        with suppress(Unavailable):
            drop_draft(desk, draft.id)
        raise
    return draft


def goes_with(desk: Desk, act: str) -> int:
    """How many later entries go with it when it is taken back: of a new concern, all that wait on it."""
    return len(_with(desk, find(desk, act))) - 1


def take_back(desk: Desk, act: str) -> int:
    """Send it no more, nor what needs it; how many were taken back. Raises Refused, Unavailable."""
    gone = _with(desk, find(desk, act))
    for one in reversed(gone):
        _take_out(desk, one)
    return len(gone)


def _with(desk: Desk, one: Waiting) -> list[Waiting]:
    if one.command.get("name") != RaiseConcern.__name__:
        return [one]
    return [other for other in outgoing.waiting(desk) if other.concern == one.concern]


def _take_out(desk: Desk, one: Waiting) -> None:
    outbox = desk.outbox
    assert outbox is not None  # noqa: S101 (it was found in it)
    with suppress(Unavailable):
        if desk.store.known_ids([one.id]):
            outbox.end(one.id)
            raise Refused("It is recorded already.", entry=_NOTHING, do="Undo it in the timeline of its concern.")
    if not outbox.take_back(one.id):
        raise Refused(
            "It was being sent when the record went away, and may be recorded.",
            entry=_NOTHING,
            do="Look again when the record is back.",
        )


def _many(acts: Sequence[Waiting]) -> str:
    return "1 entry" if len(acts) == 1 else f"{len(acts)} entries"
