"""An email to one person: what is in it, read back with the standard parser; nothing typed becomes a header."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.documents.mail import Letter, draft, enclosure, written
from tests.builders import FRIDAY_SIX

PDF = enclosure("C12-discussion-1-child-1-record.pdf", b"%PDF-1.7 invented")
HEADERS = {
    *("Subject", "From", "Disposition-Notification-To", "To", "Date", "Message-ID"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Unsent"),
}


def a_letter(**known: Any) -> Letter:
    told = {"address": "di.ray@nhs.net", "name": "Di Ray", "subject": "[secure] Record C12", "text": "Attached.\n"}
    return Letter(**{**told, "enclosures": (PDF,), "message": "<m1@duty-tui.invalid>", **known})


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_draft_is_read_back_as_it_was_written() -> None:
    message = read(draft(a_letter(sender="duty@north.gov.uk"), FRIDAY_SIX))
    assert set(message.keys()) == HEADERS - {"Content-Transfer-Encoding"}
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "[secure] Record C12"
    assert str(message["To"]) == "Di Ray <di.ray@nhs.net>"
    assert message["From"] == message["Disposition-Notification-To"] == "duty@north.gov.uk"
    assert message["Date"].datetime == FRIDAY_SIX
    assert message["Message-ID"] == "<m1@duty-tui.invalid>"
    body = message.get_body()
    assert body is not None
    assert body.get_content().split() == ["Attached."]
    [attached] = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", PDF.name)
    assert attached.get_payload(decode=True) == PDF.data
    assert PDF.sha256 == sha256(PDF.data).hexdigest()


def test_it_is_written_the_same_each_time_but_for_where_its_parts_begin() -> None:
    plain = a_letter(enclosures=())
    assert draft(plain, FRIDAY_SIX) == draft(plain, FRIDAY_SIX)


def test_without_a_sender_the_mail_program_says_who_writes() -> None:
    for sender in ("", "duty", "duty@north.gov.uk\r\nBcc: a@x.org"):
        message = read(draft(a_letter(sender=sender), FRIDAY_SIX))
        assert "From" not in message
        assert "Bcc" not in message


HOSTILE = [
    "Di\r\nBcc: everybody@example.org",
    "Di\nSubject: Amara",
    "Di\r\n\r\n<html>",
    'Di "Ray" <evil@example.org>',
    "Ray, Di; Webb: Jo <a@b>",
    "=?utf-8?q?Di=0D=0ABcc=3A_a=40x.org?=",
    "Di\u202eyaR\u2028Bcc: a@x.org\x00\x0b\x85",
    "Айша Магомедова 李 نور",
    "D" * 3000,
    "",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_somebody_is_called_the_message_goes_to_them_alone(name: str) -> None:
    message = read(draft(a_letter(name=name, subject=f"Record {name}", enclosures=()), FRIDAY_SIX))
    assert set(message.keys()) <= HEADERS
    assert [one.addr_spec for one in message["To"].addresses] == ["di.ray@nhs.net"]
    assert "\n" not in str(message["Subject"])


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_file_is_called_it_stays_one_attachment(name: str) -> None:
    message = read(draft(a_letter(enclosures=(enclosure(f"{name}.pdf", b"x"),)), FRIDAY_SIX))
    [attached] = message.iter_attachments()
    assert attached.get_payload(decode=True) == b"x"
    assert set(message.keys()) <= HEADERS


@given(st.text(), st.text(), st.text())
def test_no_text_makes_another_header_or_another_recipient(name: str, subject: str, text: str) -> None:
    message = read(draft(a_letter(name=name, subject=subject, text=text, enclosures=()), FRIDAY_SIX))
    assert set(message.keys()) <= HEADERS
    assert [one.addr_spec for one in message["To"].addresses] == ["di.ray@nhs.net"]


@pytest.mark.parametrize("address", ["", "di", "di@nhs.net\r\nBcc: a@x.org", "a@x.org, b@x.org", "dí@nhs.net"])
def test_what_is_no_address_is_not_written_to(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        written(a_letter(address=address), FRIDAY_SIX)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.pdf", "application/pdf"), ("a.ics", "text/calendar"), ("a.docx", "application/octet-stream"), ("a", None)],
)
def test_a_document_says_what_it_is(name: str, kind: str | None) -> None:
    assert enclosure(name, b"").media_type == (kind or "application/octet-stream")
