"""Circulating a record: to whom, what is written, and the events of each step. Nothing here sends anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.packing import NOTHING, Parcel, letter
from duty_tui.documents.mail import draft, enclosure
from duty_tui.documents.receipt import Receipt
from duty_tui.documents.rendering import Rendered
from duty_tui.documents.saving import save
from duty_tui.domain.circulation import Route
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.circulation_events import (
    AddressNoted,
    Attached,
    RecordDrafted,
    RecordReceived,
    RecordSent,
    SendRefused,
    Whom,
)
from duty_tui.domain.text import fold
from duty_tui.errors import Refused
from duty_tui.views.circulation import Board, BoardLine

ACT = "circulate"


def refuse_unless_allowed(desk: Desk) -> None:
    """Raises Refused, which says which roles may, when whoever works here may not circulate a record."""
    if reason := desk.may(ACT):
        raise Refused(reason, entry=NOTHING, do="Ask one of them to do it.")


def chosen(board: Board, names: Iterable[str] = (), *, corrected: bool = False) -> list[BoardLine]:
    """Those it goes to now: everybody who must have it and has not; those named; or all who have an earlier version.

    With `corrected` and names only those of them who have one. Raises Refused for a name that is not on the board, that
    two have, or to whom it may not go.
    """
    wanted = list(names)
    if not wanted:
        return list(board.outdated if corrected else board.waiting)
    lines = [line_named(board, name) for name in wanted]
    if corrected and not all(line.old for line in lines):
        raise Refused(
            "Somebody named has no earlier version of the record.",
            entry=NOTHING,
            do="A correction goes to exactly those who had the old one: leave the names out.",
        )
    return lines


def line_named(board: Board, name: str) -> BoardLine:
    """The line of the person called so; an agency may follow, as in `Di Ray, NHS Trust`. Raises Refused."""
    key = fold(name)
    said = [line for line in board.lines if key in (fold(line.name), fold(f"{line.name}, {line.receiving.who.agency}"))]
    if len(said) != 1:
        raise Refused(
            "Several people of that name are to have the record."
            if said
            else "Nobody of that name was there or asked.",
            entry=NOTHING,
            do="`duty-tui circulate ID --status` lists them; write the agency behind the name, after a comma.",
        )
    if said[0].receiving.barred:
        raise Refused("The record may not go to somebody who was named.", entry=NOTHING, do=said[0].receiving.barred)
    return said[0]


def drafted(board: Board, parcel: Parcel, at: datetime) -> RecordDrafted:
    """That an email to somebody was written, and waits to be sent."""
    return RecordDrafted(
        discussion=board.discussion,
        to=whom(parcel.line),
        at=at,
        children=parcel.children,
        documents=tuple(Attached(name=one.name, sha256=one.sha256) for one in parcel.enclosures),
        message=parcel.message,
        version=parcel.version,
        corrected=parcel.corrected,
    )


def write_drafts(
    desk: Desk, board: Board, parcels: Iterable[Parcel], folder: Path, *, replace: bool = False
) -> list[tuple[Path, BoardLine]]:
    """An email to each as an .eml file, recorded as drafted once it is written; where they went, in order.

    Raises NotWritten where a file cannot be; those written before it are recorded.
    """
    return [(write_draft(desk, board, parcel, folder, replace=replace), parcel.line) for parcel in parcels]


def write_draft(desk: Desk, board: Board, parcel: Parcel, folder: Path, *, replace: bool = False) -> Path:
    """One of them."""
    at = desk.clock()
    name = f"{board.reference}-discussion-{board.discussion}-email-{parcel.message[1:9]}.eml"
    made = enclosure(name, draft(letter(desk, board, parcel), at))
    place = save(Rendered(made.name, made.data, made.sha256), folder, replace=replace)
    desk.do(board.concern, Circulate(each=(drafted(board, parcel, at),)))
    return place


def sent(board: Board, parcel: Parcel, at: datetime, route: Route) -> RecordSent:
    """That it went to somebody by email."""
    return RecordSent(**{**dict(drafted(board, parcel, at)), "route": route})


def by_hand(board: Board, line: BoardLine, at: datetime, how: str) -> RecordSent:
    """That somebody got it in another way: on paper, through a portal; a correction, where they have the old one."""
    old = bool(line.old) and not line.owed
    return RecordSent(
        discussion=board.discussion,
        to=whom(line),
        at=at,
        children=line.owed or line.old or board.children,
        version=board.version,
        route="by hand",
        how=how,
        corrected=old,
    )


def got_by_hand(board: Board, line: BoardLine, at: datetime) -> RecordReceived:
    """That somebody said that what was sent has arrived."""
    message = line.messages[-1] if line.messages else ""
    return RecordReceived(discussion=board.discussion, to=whom(line), at=at, got="by hand", message=message)


def address_noted(board: Board, line: BoardLine, at: datetime, address: str) -> AddressNoted:
    """That somebody is written to at this address from here on."""
    to = whom(line).model_copy(update={"contact": address.strip()})
    return AddressNoted(discussion=board.discussion, to=to, at=at)


def refused(board: Board, line: BoardLine, at: datetime, why: str) -> SendRefused:
    """That it was not taken for somebody."""
    return SendRefused(discussion=board.discussion, to=whom(line), at=at, why=why or "no reason given")


def whom(line: BoardLine) -> Whom:
    """Somebody of the board, as recorded; with the address that was used, where one is known."""
    who = line.receiving.who
    return Whom(name=who.name, agency=who.agency, contact=line.address or who.contact, ids=who.ids)


def drafts_sent(desk: Desk, board: Board, names: Iterable[str], at: datetime) -> Circulate:
    """That the emails drafted to these people were sent, or all drafted ones. Raises Refused where there is none."""
    lines = [line_named(board, name) for name in names] or [line for line in board.lines if line.state == "drafted"]
    discussion = desk.concern(board.concern).discussion(board.discussion)
    waiting = []
    for line in lines:
        steps = [one for one in (discussion.circulation if discussion else ()) if one.to.is_same(line.receiving.who)]
        last = next((one for one in reversed(steps) if one.what == "drafted"), None)
        if last is None or line.state != "drafted":
            continue
        waiting.append(
            RecordSent(
                discussion=board.discussion,
                to=whom(line),
                at=at,
                children=last.children,
                documents=tuple(Attached(name=one.name, sha256=one.sha256) for one in last.enclosed),
                message=last.message,
                version=last.version,
                corrected=last.corrected,
                route="draft",
            )
        )
    if not waiting:
        raise Refused("No email was drafted to them that still waits.", entry=NOTHING, do="Write drafts first.")
    return Circulate(each=tuple(waiting))


class Came(NamedTuple):
    """What a folder of receipts says that is new, how many are known already, and how many are about something else."""

    events: list[RecordReceived | SendRefused]
    known: int
    strangers: int

    def words(self, others: int) -> str:
        """How many of what, `others` files being no receipts at all."""
        said = f"{len(self.events)} new, {self.known} known already"
        left = self.strangers + others
        return said + (f", {left} not about these records" if left else "")


def received_new(desk: Desk, board: Board, receipts: Iterable[Receipt], now: datetime) -> Came:
    """What of many receipts is about these records and not recorded yet."""
    discussion = desk.concern(board.concern).discussion(board.discussion)
    events: list[RecordReceived | SendRefused] = []
    known = strangers = 0
    for one in receipts:
        try:
            event = received(board, one, now)
        except Refused:
            strangers += 1
            continue
        if event in events or discussion is None or event.refusal(discussion, now) is not None:
            known += 1
        else:
            events.append(event)
    return Came(events, known, strangers)


def received(board: Board, receipt: Receipt, now: datetime) -> RecordReceived | SendRefused:
    """What a receipt says, as an event; known by the message it is about, else by the address.

    A receipt dated in the future counts as of `now`. Raises Refused where it is about nobody of the board.
    """
    lines = [line for line in board.lines if receipt.message and receipt.message in line.messages]
    lines = lines or [line for line in board.lines if receipt.address and line.address.lower() == receipt.address]
    lines = [line for line in lines if line.messages]
    if len(lines) != 1:
        raise Refused(
            "The receipt is about no message of this discussion.",
            entry="Nothing was recorded from it.",
            do="Name the discussion it belongs to (--discussion N).",
        )
    [line] = lines
    at = min(receipt.at or now, now)
    message = receipt.message if receipt.message in line.messages else line.messages[-1]
    if receipt.what == "refused":
        return SendRefused(
            discussion=board.discussion, to=whom(line), at=at, why=receipt.why or "it came back", message=message
        )
    return RecordReceived(discussion=board.discussion, to=whom(line), at=at, got=receipt.what, message=message)
