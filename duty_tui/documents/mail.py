"""One email to one person, with the documents attached: as a draft for a mail program, or for the service's relay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import NamedTuple

from duty_tui.domain.email_address import is_address
from duty_tui.domain.text import strip_controls

#: What a file is, by how its name ends.
_TYPES = {".pdf": "application/pdf", ".ics": "text/calendar"}
_ANYTHING = "application/octet-stream"


class Enclosure(NamedTuple):
    """A document that goes along: the name of its file, its bytes, what it is, their SHA-256."""

    name: str
    data: bytes
    media_type: str
    sha256: str


class Letter(NamedTuple):
    """What is written to one person. The subject holds no child's name: subjects are seen by everybody on the way."""

    #: Where it goes; must be an address (`is_address`).
    address: str
    #: Whom; shown beside the address.
    name: str
    subject: str
    text: str
    enclosures: Sequence[Enclosure]
    #: `<…@…>`, by which a receipt is known.
    message: str
    #: Whose answer and receipts it asks for; empty where the mail program knows.
    sender: str = ""


def enclosure(name: str, data: bytes) -> Enclosure:
    """A document as it goes along."""
    ending = name[name.rfind(".") :] if "." in name else ""
    return Enclosure(name, data, _TYPES.get(ending, _ANYTHING), sha256(data).hexdigest())


def written(letter: Letter, at: datetime) -> EmailMessage:
    """The letter as a message dated `at`; whatever was typed, it has the headers named here and no others.

    Raises ValueError when the address is none: those are to be found out before.
    """
    if not is_address(letter.address):
        raise ValueError("not an address a message can be sent to")
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(letter.subject)
    if is_address(letter.sender):
        message["From"] = letter.sender
        message["Disposition-Notification-To"] = letter.sender
    local, _, domain = letter.address.rpartition("@")
    message["To"] = Address(_line(letter.name), local, domain)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = letter.message
    message.set_content(strip_controls(letter.text, lines=True))
    for one in letter.enclosures:
        main, _, sub = one.media_type.partition("/")
        message.add_attachment(one.data, maintype=main, subtype=sub, filename=_line(one.name))
    return message


def draft(letter: Letter, at: datetime) -> bytes:
    """The letter as an .eml file that a mail program opens to be read through and sent (X-Unsent)."""
    message = written(letter, at)
    message["X-Unsent"] = "1"
    return message.as_bytes()


def _line(text: str) -> str:
    """One line without anything a header could break at; also not hidden in an encoded word (RFC 2047)."""
    return " ".join(strip_controls(text).split()).replace("=?", "= ?")
