"""The board of a discussion's records: who must have them, who may not, and how it stands with each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from duty_tui.desk.circulation_situation import circulated_at
from duty_tui.desk.desk import Desk
from duty_tui.desk.directory import people_like
from duty_tui.desk.document_record import last_held
from duty_tui.desk.reading import title_of
from duty_tui.desk.receivers import receivers_of
from duty_tui.domain.circulation import RECEIPTS, Passing, arrived, had_at, had_version, noted_address, passings_to
from duty_tui.domain.circulation_events import CirculationEvent
from duty_tui.domain.concern import Concern
from duty_tui.domain.decision_events import RecordAddedTo, RecordSigned
from duty_tui.domain.discussion import Discussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.email_address import addresses_in, is_secure
from duty_tui.domain.events import EntryWithdrawn, Event
from duty_tui.domain.text import fold
from duty_tui.domain.times import moment_words
from duty_tui.errors import Refused
from duty_tui.views.circulation import Board, BoardLine, Part, Receiving, State

_PART_WORDS: dict[Part, str] = {"invited": "invited", "attended": "took part", "contributed": "sent a report"}
_RECEIPT_WORDS = {"delivered": "delivered", "read": "read", "by hand": "received"}
_ROUTE_WORDS = {"draft": "sent by email", "smtp": "sent through the relay", "by hand": "by hand"}


def board_of(desk: Desk, concern_id: str, at: datetime, number: int | None = None) -> Board:
    """How it stands with everybody of discussion `number`, the last one held without it; ages as of `at`.

    Raises Refused when there is no such concern or discussion, it has not begun, or the concern is not for this person.
    """
    concern = desk.concern(concern_id, how="circulate")
    discussion = concern.discussion(number or last_held(concern))
    if discussion is None or discussion.started is None:
        raise Refused("That discussion has not begun, so it has no record.", do="Choose one that was held.")
    row = desk.row(concern.id)
    children = tuple(sorted(discussion.children))
    changed = {child: changed_at(concern, discussion, child) for child in children}
    secure = desk.books.service.mail.secure
    lines = [
        _line(discussion, one, changed, address_of(desk, discussion, one), secure)
        for one in receivers_of(concern, discussion, desk.rulebook)
    ]
    return Board(
        concern=concern.id,
        reference=f"C{row.number}" if row else concern.id[:8],
        version=concern.version,
        title=title_of(concern, at),
        discussion=discussion.number,
        children=children,
        unsigned=tuple(child for child in children if not discussion.is_signed(child)),
        lines=tuple(sorted(lines, key=_order)),
        circulated=circulated_at(concern, discussion, desk.rulebook) if discussion.circulation else None,
        restricted=concern.restricted_to is not None,
    )


def changed_at(concern: Concern, discussion: Discussion, child: int) -> int:
    """The version of the concern that last changed a child's record of a discussion.

    A signed record changes by its signature and what is added to it; one that is not signed by whatever is recorded
    at the discussion. An undo changes it as what it undoes had.
    """
    signed = discussion.is_signed(child)
    changing = [
        item for item in concern.history if item.event is not None and _changes(item.event, discussion, child, signed)
    ]
    entries = {item.stamp.entry for item in changing}
    undone = [
        item.stamp.version
        for item in concern.history
        if isinstance(item.event, EntryWithdrawn) and item.event.entry in entries
    ]
    return max((*undone, *(item.stamp.version for item in changing)), default=0)


def _changes(event: Event, discussion: Discussion, child: int, signed: bool) -> bool:
    if not isinstance(event, DiscussionEvent) or event.discussion != discussion.number:
        return False
    if signed:
        return isinstance(event, (RecordSigned, RecordAddedTo)) and event.child == child
    return not isinstance(event, CirculationEvent) and child in (event.touches() or (child,))


def address_of(desk: Desk, discussion: Discussion, one: Receiving) -> str:
    """The one email address known of somebody: as noted or given at the discussion, else as last seen elsewhere."""
    found = addresses_in(noted_address(discussion.circulation, one.who) or one.who.contact)
    if not found:
        key = fold(one.who.name), fold(one.who.agency)
        seen = [other for other in people_like(desk, one.who.name) if (other.name_key, other.agency_key) == key]
        found = [address for other in seen for address in addresses_in(other.contact)]
    return found[0] if len(found) == 1 else ""


def _line(
    discussion: Discussion, one: Receiving, changed: dict[int, int], address: str, secure: Sequence[str]
) -> BoardLine:
    passings = passings_to(discussion.circulation, one.who)
    had = {child: had_at(passings, child) for child in changed}
    owed = tuple(child for child, at in had.items() if at is None)
    last = {child: had_version(passings, child) for child in changed}
    old = tuple(child for child, version in last.items() if version is not None and version < changed[child])
    state = _state(one, passings, owed, old)
    return BoardLine(
        receiving=one,
        why=", ".join(_PART_WORDS[part] for part in one.parts),
        state=state,
        said=one.barred or _said(state, passings, owed, old),
        address=address,
        outside=bool(address) and not is_secure(address, secure),
        owed=owed,
        old=old,
        messages=tuple(dict.fromkeys(one.message for one in passings if one.message)),
        had=None if owed else max((at for at in had.values() if at), default=None),
    )


def _state(one: Receiving, passings: list[Passing], owed: tuple[int, ...], old: tuple[int, ...]) -> State:
    if one.barred:
        return "barred"
    if passings and passings[-1].what == "refused":
        return "refused"
    if passings and passings[-1].what == "drafted":
        return "drafted"
    if old:
        return "old"
    if owed:
        return "owed" if one.must else "may"
    return "received" if any(step.what in RECEIPTS for step in _since_sent(passings)) else "sent"


def _since_sent(passings: list[Passing]) -> list[Passing]:
    """What came after the last time it was sent."""
    sent = [at for at, one in enumerate(passings) if one.what == "sent"]
    return passings[sent[-1] :] if sent else passings


def _said(state: State, passings: list[Passing], owed: tuple[int, ...], old: tuple[int, ...]) -> str:
    return "; ".join(_parts(state, passings, owed, old)) or "not sent yet"


def _parts(state: State, passings: list[Passing], owed: tuple[int, ...], old: tuple[int, ...]) -> Iterator[str]:
    if state == "refused":
        yield f"not taken {moment_words(passings[-1].at)}: {passings[-1].words}"
    elif state == "drafted":
        yield f"email drafted {moment_words(passings[-1].at)}, not said to be sent"
    sent = [one for one in arrived(passings) if one.what == "sent"]
    if sent and sent[-1].route is not None:
        how = f": {sent[-1].words}" if sent[-1].words else ""
        yield f"{_ROUTE_WORDS[sent[-1].route]} {moment_words(sent[-1].at)}{how}"
    got = {one.what: one for one in _since_sent(passings) if one.what in RECEIPTS}
    yield from (f"{_RECEIPT_WORDS[what]} {moment_words(one.at)}" for what, one in got.items())
    if old:
        yield f"the record of {_children(old)} has changed since"
    if sent and owed:
        yield f"not yet that of {_children(owed)}"


def _children(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"child {number}" for number in numbers)


#: What asks for something stands first.
_ORDER: tuple[State, ...] = ("refused", "owed", "old", "drafted", "may", "sent", "received", "barred")


def _order(line: BoardLine) -> int:
    return _ORDER.index(line.state)
