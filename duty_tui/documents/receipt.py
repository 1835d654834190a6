"""Receipts that came by email, from the .eml files they were saved as: delivered, not delivered, read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Literal, NamedTuple

from duty_tui.documents.email_file import header, parts_of
from duty_tui.domain.email_address import addresses_in
from duty_tui.errors import BadFile

#: A receipt with the whole message returned in it is not longer than this.
_MOST_BYTES = 40_000_000
_LONGEST = 200
_DELIVERED = frozenset({"delivered", "relayed", "expanded"})


class Receipt(NamedTuple):
    """What a mail program or relay said of one message to one address; `message` is the Message-ID of ours."""

    what: Literal["delivered", "read", "refused"]
    address: str
    message: str
    #: When the receipt was made (UTC); None where it does not say.
    at: datetime | None
    why: str = ""


def receipts_in(data: bytes) -> list[Receipt]:
    """What the receipt says, for each address it is about; delays, which settle nothing, are left out.

    RFC 3464 (delivery) and RFC 8098 (reading). Raises BadFile where the bytes are no receipt.
    """
    if len(data) > _MOST_BYTES:
        raise _none("The file is too large for a receipt.")
    try:
        parts = parts_of(data)
        ours = _ours(parts)
        found = [one for part in parts for one in _of_part(part, ours, _date(parts[0]))]
        about = any(_kind(part) in _READERS for part in parts)
    except (AttributeError, IndexError, LookupError, TypeError, ValueError):
        # The library trips over some broken mail only when it is asked what stands in it.
        raise _none("The file is a broken email.") from None
    if not about:
        raise _none("The file is no delivery or read receipt.")
    return found


def _none(what: str) -> BadFile:
    return BadFile(
        what, entry="Nothing was recorded from it.", do="Save the receipt itself as .eml, and name that file."
    )


def _of_part(part: Message, ours: str, at: datetime | None) -> Iterator[Receipt]:
    reader = _READERS.get(_kind(part))
    if reader is not None:
        yield from reader(part, ours, at)


def _delivery(part: Message, ours: str, at: datetime | None) -> Iterator[Receipt]:
    for fields in _fields(part):
        action = header(fields, "Action").lower()
        address = _address(fields)
        if action in _DELIVERED:
            yield Receipt("delivered", address, ours, at)
        elif action == "failed":
            said = header(fields, "Diagnostic-Code").partition(";")[2] or header(fields, "Status")
            yield Receipt("refused", address, ours, at, said.strip()[:_LONGEST] or "it could not be delivered")


def _reading(part: Message, ours: str, at: datetime | None) -> Iterator[Receipt]:
    for fields in _fields(part):
        if "Disposition" not in fields:
            continue
        shown = header(fields, "Disposition").partition(";")[2].strip().lower()
        message = header(fields, "Original-Message-ID") or ours
        if shown.startswith("displayed"):
            yield Receipt("read", _address(fields), message, at)


_READERS = {"message/delivery-status": _delivery, "message/disposition-notification": _reading}


def _kind(part: Message) -> str:
    return part.get_content_type()


def _fields(part: Message) -> list[Message]:
    """The blocks of fields of a report's machine-readable part."""
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _address(fields: Message) -> str:
    """Whom it is about: `rfc822; name@example.org`, the one first written to before the one it was forwarded to."""
    for name in ("Original-Recipient", "Final-Recipient"):
        found = addresses_in(header(fields, name).partition(";")[2])
        if found:
            return found[0].lower()
    return ""


def _ours(parts: Sequence[Message]) -> str:
    """Message-ID of the message the report returns, whole or its headers alone; empty where it returns none."""
    returned = [inner for part in parts[1:] if _kind(part) == "message/rfc822" for inner in _fields(part)]
    bare = [part.get_payload(decode=True) for part in parts[1:] if _kind(part) == "text/rfc822-headers"]
    returned += [parts_of(headers)[0] for headers in bare if isinstance(headers, bytes)]
    return header(returned[0], "Message-ID") if returned else ""


def _date(message: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(header(message, "Date"))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
