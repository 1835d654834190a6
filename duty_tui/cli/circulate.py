"""`duty-tui circulate`: who must have a discussion's record, sending it to them, and what came back."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duty_tui.cli.asked import whom_outside
from duty_tui.cli.output import as_json, narrate, say, say_object
from duty_tui.cli.record import desk_of, is_practice, opening_of
from duty_tui.cli.times import MOMENT
from duty_tui.domain.times import iso_utc, moment_words
from duty_tui.errors import BadFile, DutyError, Refused, UsageError

if TYPE_CHECKING:
    from duty_tui.desk.desk import Desk
    from duty_tui.domain.circulation_events import CirculationEvent
    from duty_tui.views.circulation import Board, BoardLine

#: The password of the relay's user; never kept by the program.
PASSWORD = "DUTY_TUI_MAIL_PASSWORD"  # noqa: S105 - the name of a variable
_STATE_CELLS = 13
#: One more than the longest file that is read as an email or an answer.
_MOST_BYTES = 40_000_001
_STATES = {
    "owed": "OWED",
    "drafted": "DRAFTED",
    "refused": "REFUSED",
    "sent": "sent",
    "received": "received",
    "old": "OLD ONE",
    "barred": "never",
    "may": "may have it",
}


@click.command("circulate", epilog="Example: duty-tui circulate C12 --drafts -o drafts")
@click.argument("concern")
@click.option("--discussion", type=click.IntRange(1), metavar="N", help="Of this one; else of the last one held.")
@click.option("--status", is_flag=True, help="Only show how it stands; so also without any of the following.")
@click.option("--drafts", is_flag=True, help="Write an email to each as an .eml file that a mail program opens.")
@click.option("--sent", is_flag=True, help="Record that the drafted emails were sent.")
@click.option("--smtp", is_flag=True, help="Send it to each through the service's mail relay.")
@click.option("--by-hand", metavar="NAME", help="Record that this person got it another way; say --how.")
@click.option("--how", metavar="WORDS", help="How it was handed over.")
@click.option("--received", metavar="FILE", multiple=True, help="Read a delivery or read receipt (.eml).")
@click.option("--to", "names", multiple=True, metavar="NAME", help="Only to this person; may be repeated.")
@click.option("--corrected", is_flag=True, help="To exactly those who have a version that has changed since.")
@click.option("--yes", is_flag=True, help="Write to addresses outside the secure domains without being asked.")
@click.option("-o", "--output", metavar="FOLDER", help="Where drafts go; must exist. Else the folder of your settings.")
@click.option("--replace", is_flag=True, help="Replace drafts of the same name.")
@click.option("--at", type=MOMENT, help="When it was handed over or sent; now, without it.")
@as_json
@click.pass_context
def command(ctx: click.Context, /, *, concern: str, discussion: int | None, **how: Any) -> None:
    """Show who must have the record of CONCERN's discussion, or get it to them: drafts, relay, or by hand.

    It goes to everybody who must have it and has not, one message each; never to the family, and of a restricted
    concern only to those it names.
    """
    from duty_tui.desk.circulation import board_of

    way = _way(how)
    desk = desk_of(ctx)
    board = board_of(desk, desk.find(concern).id, desk.clock(), discussion)
    if way != "status":
        from duty_tui.desk.circulating import refuse_unless_allowed

        refuse_unless_allowed(desk)
        _WAYS[way](ctx, desk, board, how)
        board = board_of(desk, board.concern, desk.clock(), board.discussion)
    if how["as_json"]:
        say_object(as_object(board))
    else:
        say(*_text(board))
    if way == "smtp" and any(line.state == "refused" for line in board.lines):
        ctx.exit(1)


def _way(how: dict[str, Any]) -> str:
    ways = [name for name in ("status", "drafts", "sent", "smtp", "by_hand", "received") if how[name]]
    if len(ways) > 1:
        raise UsageError("Say one of --status, --drafts, --sent, --smtp, --by-hand and --received.")
    if how["by_hand"] and not (how["how"] or "").strip():
        raise UsageError("Say how it was handed over: --how WORDS.")
    return ways[0] if ways else "status"


def _drafts(ctx: click.Context, desk: Desk, board: Board, how: dict[str, Any]) -> None:
    from duty_tui.desk.circulating import write_drafts

    folder = Path(how["output"]) if how["output"] is not None else opening_of(ctx).settings.folder
    lines = _to(board, how)
    done = write_drafts(desk, board, lines, folder, corrected=how["corrected"], replace=how["replace"])
    narrate(*(f"{place}  to {line.name} <{line.address}>" for place, line in done))
    narrate("Open each in your mail program and send it; then: duty-tui circulate … --sent.")


def _sent(_ctx: click.Context, desk: Desk, board: Board, how: dict[str, Any]) -> None:
    from duty_tui.desk.circulating import drafts_sent

    desk.do(board.concern, drafts_sent(desk, board, how["names"], how["at"] or desk.clock()))


def _smtp(_ctx: click.Context, desk: Desk, board: Board, how: dict[str, Any]) -> None:
    from duty_tui.desk.circulating import letter, parcels, refused, sent
    from duty_tui.documents.relay import Relay, hand_in, is_this_machine, refuse_unless_safe

    mail = desk.books.service.mail
    relay = Relay(mail.relay, mail.port, mail.tls, mail.user, os.environ.get(PASSWORD, ""))
    refuse_unless_safe(relay)
    if not mail.sender:
        do = "Set one: duty-tui service mail --sender ADDRESS."
        raise Refused(
            "The service has set no sender, to whom what comes back would go.", entry="Nothing was sent.", do=do
        )
    if is_practice(desk.store) and not is_this_machine(relay.host):
        raise Refused("From the practice desk nothing is sent to a relay elsewhere.", entry="Nothing was sent.")
    packed = parcels(desk, board, _to(board, how), desk.clock(), corrected=how["corrected"])
    letters = [letter(desk, board, parcel) for parcel in packed]
    for parcel, done in zip(packed, hand_in(relay, letters, desk.clock()), strict=True):
        at = desk.clock()
        event = refused(board, parcel.line, at, done.refused) if done.refused else sent(board, parcel, at, "smtp")
        narrate(f"{parcel.line.name}: {done.refused or 'sent'}")
        try:
            _record(desk, board, [event])
        except DutyError as error:
            raise DutyError(
                f"What became of the last message ({'refused' if done.refused else 'SENT'}) could not be recorded: "
                f"{error.what}",
                entry="What was recorded before stays recorded; nothing more was sent.",
                do="Record it by hand once the record can be written again.",
            ) from None


def _by_hand(_ctx: click.Context, desk: Desk, board: Board, how: dict[str, Any]) -> None:
    from duty_tui.desk.circulating import by_hand, line_named

    line = line_named(board, how["by_hand"])
    _record(desk, board, [by_hand(board, line, how["at"] or desk.clock(), how["how"])])


def _received(_ctx: click.Context, desk: Desk, board: Board, how: dict[str, Any]) -> None:
    from duty_tui.desk.circulating import received
    from duty_tui.documents.receipt import receipts_in

    receipts = [one for name in how["received"] for one in receipts_in(bytes_of(name))]
    _record(desk, board, [received(board, one, desk.clock()) for one in receipts])
    if not receipts:
        narrate("They settle nothing: a delay, or a message that was deleted unread.")


_WAYS = {"drafts": _drafts, "sent": _sent, "smtp": _smtp, "by_hand": _by_hand, "received": _received}


def bytes_of(name: str) -> bytes:
    """What a file holds, cut behind what no email has. Raises BadFile when it cannot be read."""
    try:
        with Path(name).open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError as error:
        raise BadFile(f"{name} cannot be read: {error.strerror}.", entry="Nothing was recorded.") from None


def _record(desk: Desk, board: Board, events: Sequence[CirculationEvent]) -> None:
    from duty_tui.domain.circulation_commands import Circulate

    if events:
        desk.do(board.concern, Circulate(each=tuple(events)))


def _to(board: Board, how: dict[str, Any]) -> list[BoardLine]:
    """Those an email goes to now. Raises Refused where that is nobody."""
    from duty_tui.desk.circulating import chosen

    lines = chosen(board, how["names"], corrected=how["corrected"])
    without = [line.name for line in lines if not line.address]
    if without:
        narrate(f"No address, or more than one, is known of {', '.join(without)}: hand it over, or note one address.")
    outside = whom_outside([line for line in lines if line.outside], yes=how["yes"])
    found = [line for line in lines if line.address and line not in outside]
    if not found:
        raise Refused(
            "There is nobody to write to.",
            entry="Nothing was sent, and nothing recorded.",
            do="`duty-tui circulate ID --status` shows how it stands.",
        )
    return found


def _text(board: Board) -> Iterator[str]:
    yield f"{board.reference}  {board.title}"
    yield f"Record of discussion {board.discussion}: {_summary(board)}"
    if board.unsigned:
        yield f"Not signed: {', '.join(f'child {child}' for child in board.unsigned)}"
    if not board.lines:
        yield "Nobody was asked or there."
        return
    for line in board.lines:
        who = ", ".join(filter(None, (line.name, line.receiving.who.agency)))
        yield f"{_STATES[line.state]:{_STATE_CELLS}}{who} ({line.why})"
        yield f"{'':{_STATE_CELLS}}{line.said}{_address(line)}"


def _address(line: BoardLine) -> str:
    return " · address outside the secure domains" if line.outside and line.owed and not line.receiving.barred else ""


def _summary(board: Board) -> str:
    if board.circulated:
        return f"circulated {moment_words(board.circulated)}"
    must = [line for line in board.lines if line.receiving.must]
    return f"{len(must) - len(board.waiting)} of {len(must)} who must have it have it"


def as_object(board: Board) -> dict[str, Any]:
    """The board as its stable JSON object."""
    return {
        "concern": board.concern,
        "reference": board.reference,
        "title": board.title,
        "discussion": board.discussion,
        "children": list(board.children),
        "unsigned": list(board.unsigned),
        "circulated": iso_utc(board.circulated) if board.circulated else None,
        "people": [_person(line) for line in board.lines],
    }


def _person(line: BoardLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "agency": line.receiving.who.agency,
        "title": line.receiving.title,
        "parts": list(line.receiving.parts),
        "must": line.receiving.must,
        "barred": line.receiving.barred or None,
        "state": line.state,
        "said": line.said,
        "address": line.address or None,
        "outside": line.outside,
        "owed": list(line.owed),
        "old": list(line.old),
        "had": iso_utc(line.had) if line.had else None,
    }
