"""Invitations to a discussion as iCalendar files, their updates and cancellations, and the answers to them.

RFC 5545 (the file) and RFC 5546 (who asks, who answers). Times are UTC. The one built here is small enough to need no
library: one event, one person asked.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from duty_tui.domain.email_address import is_address
from duty_tui.domain.text import strip_controls
from duty_tui.errors import BadFile

_MOST_BYTES = 1_000_000
#: Octets of a line before it is folded (RFC 5545, 3.1).
_FOLD = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_COMING = {"ACCEPTED": True, "DECLINED": False}


class Invitation(NamedTuple):
    """One person asked to one discussion; the summary holds no child's name, for calendars are seen by many."""

    uid: str
    #: Rises with every change; a file with a lower one is out of date.
    sequence: int
    starts: datetime
    lasts: timedelta
    summary: str
    place: str
    name: str
    address: str
    #: Who asks; empty where the mail program knows.
    sender: str = ""
    cancelled: bool = False


class Answer(NamedTuple):
    """What somebody answered; `coming` is None while they are not sure."""

    uid: str
    sequence: int
    address: str
    coming: bool | None


def calendar_file(invitation: Invitation, at: datetime) -> bytes:
    """The invitation, or its cancellation, as an .ics file made at `at`. ValueError where the address is none."""
    if not is_address(invitation.address):
        raise ValueError("not an address an invitation can be sent to")
    name = _quoted(invitation.name)
    asked = "RSVP=TRUE;PARTSTAT=NEEDS-ACTION;" if not invitation.cancelled else ""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//duty-tui//strategy discussions//EN",
        f"METHOD:{'CANCEL' if invitation.cancelled else 'REQUEST'}",
        "BEGIN:VEVENT",
        f"UID:{_text(invitation.uid)}",
        f"SEQUENCE:{invitation.sequence}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(invitation.starts)}",
        f"DTEND:{_utc(invitation.starts + invitation.lasts)}",
        f"SUMMARY:{_text(invitation.summary)}",
        *([f"LOCATION:{_text(invitation.place)}"] if invitation.place else []),
        f"STATUS:{'CANCELLED' if invitation.cancelled else 'CONFIRMED'}",
        *([f"ORGANIZER:mailto:{invitation.sender}"] if is_address(invitation.sender) else []),
        f'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;{asked}CN="{name}":mailto:{invitation.address}',
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _utc(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return strip_controls(text, lines=True).translate(_ESCAPES)


def _quoted(text: str) -> str:
    """A parameter's value: quotes cannot stand in it at all."""
    return " ".join(strip_controls(text).replace('"', "'").split())


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, no character cut in two."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode("utf-8")
        if len(piece) + len(octets) > _FOLD:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def answers_in(data: bytes) -> list[Answer]:
    """What people answered, from an .ics file, or from the email it came in. Raises BadFile where it is no answer."""
    if len(data) > _MOST_BYTES:
        raise _no_answer("The file is too large for an answer.")
    text = _calendar_in(data.decode("utf-8", "replace"), data)
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    if not any(line.strip().upper() == "METHOD:REPLY" for line in lines):
        raise _no_answer("The file is no answer to an invitation.")
    known: dict[str, str] = {}
    found: list[Answer] = []
    for line in lines:
        key, value = _property(line)
        name, *parameters = key.upper().split(";")
        if name in ("UID", "SEQUENCE"):
            known[name] = value.strip()
        elif name == "ATTENDEE":
            status = next((one.partition("=")[2] for one in parameters if one.startswith("PARTSTAT=")), "")
            address = re.sub("^mailto:", "", value.strip(), flags=re.IGNORECASE).lower()
            found.append(Answer("", 0, address, _COMING.get(status)))
    sequence = known.get("SEQUENCE", "0")
    number = int(sequence) if re.fullmatch("[0-9]{1,9}", sequence) else 0
    return [
        answer._replace(uid=known.get("UID", ""), sequence=number) for answer in found if is_address(answer.address)
    ]


def _property(line: str) -> tuple[str, str]:
    """Name with its parameters, and value: split at the first colon outside quotes; the quoted values are left out."""
    bare = re.sub('"[^"]*"', lambda quoted: "_" * len(quoted[0]), line)
    at = bare.find(":")
    return (bare[:at], line[at + 1 :]) if at >= 0 else (bare, "")


def _calendar_in(text: str, data: bytes) -> str:
    if text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCALENDAR"):
        return text
    from duty_tui.documents.email_file import parts_of

    try:
        for part in parts_of(data):
            if part.get_content_type() == "text/calendar":
                body = part.get_payload(decode=True)
                return body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
    except (AttributeError, IndexError, LookupError, TypeError, ValueError):
        # The library trips over some broken mail only when it is asked what stands in it.
        raise _no_answer("The file is a broken email.") from None
    return ""


def _no_answer(what: str) -> BadFile:
    return BadFile(what, entry="Nothing was recorded from it.", do="Save the answer itself, as .ics or .eml.")
