"""Receipts that came by email: delivered, read, not delivered; whatever else is in a file ends in a sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.documents.mail import draft
from duty_tui.documents.receipt import Receipt, receipts_in
from duty_tui.errors import BadFile
from tests.builders import FRIDAY_SIX
from tests.documents.test_mail import a_letter

SIX = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
HEAD = "Date: Fri, 20 Nov 2026 18:00:00 +0000\r\nSubject: Report\r\nMIME-Version: 1.0\r\n"
OURS = "<m1@duty-tui.invalid>"


def report(kind: str, fields: str, *returned: str, head: str = HEAD) -> bytes:
    parts = ["Content-Type: text/plain\r\n\r\nFor people.", f"Content-Type: message/{kind}\r\n\r\n{fields}", *returned]
    body = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return f'{head}Content-Type: multipart/report; report-type={kind}; boundary="b"\r\n\r\n{body}--b--\r\n'.encode()


HEADERS = f"Content-Type: text/rfc822-headers\r\n\r\nSubject: Record\r\nMessage-ID: {OURS}\r\n"
WHOLE = f"Content-Type: message/rfc822\r\n\r\nSubject: Record\r\nMessage-ID: {OURS}\r\n\r\nText\r\n"
MTA = "Reporting-MTA: dns; mail.north.gov.uk\r\n\r\n"


def delivery(action: str, recipient: str = "di.ray@nhs.net", more: str = "") -> str:
    return f"{MTA}Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: 5.1.1\r\n{more}\r\n"


@pytest.mark.parametrize("returned", [HEADERS, WHOLE])
def test_a_delivery_says_to_whom_of_which_message(returned: str) -> None:
    assert receipts_in(report("delivery-status", delivery("delivered"), returned)) == [
        Receipt("delivered", "di.ray@nhs.net", OURS, SIX)
    ]


def test_a_failure_says_why() -> None:
    why = "Diagnostic-Code: smtp; 550 5.1.1 no such box\x1b[2J\r\n"
    [found] = receipts_in(report("delivery-status", delivery("failed", more=why), HEADERS))
    assert (found.what, found.message) == ("refused", OURS)
    assert found.why.startswith("550 5.1.1 no such box")
    assert "\x1b" not in found.why
    [bare] = receipts_in(report("delivery-status", delivery("Failed")))
    assert (bare.why, bare.message) == ("5.1.1", "")
    nothing = f"{MTA}Final-Recipient: rfc822; a@x.org\r\nAction: failed\r\n"
    assert receipts_in(report("delivery-status", nothing))[0].why == "it could not be delivered"


def test_one_report_is_about_several_people_and_a_delay_about_nobody() -> None:
    fields = delivery("relayed") + delivery("delayed", "b@x.org").replace(MTA, "") + delivery("failed", "C@X.org")
    found = receipts_in(report("delivery-status", fields, HEADERS))
    assert [(one.what, one.address) for one in found] == [("delivered", "di.ray@nhs.net"), ("refused", "c@x.org")]
    assert receipts_in(report("delivery-status", delivery("delayed"))) == []


def test_the_first_address_counts_where_it_was_forwarded() -> None:
    fields = delivery("delivered", "box@elsewhere.org", "Original-Recipient: rfc822; di.ray@nhs.net\r\n")
    assert receipts_in(report("delivery-status", fields))[0].address == "di.ray@nhs.net"


def reading(disposition: str, more: str = f"Original-Message-ID: {OURS}\r\n") -> bytes:
    fields = f"Reporting-UA: x\r\nFinal-Recipient: rfc822; Di.Ray@nhs.net\r\n{more}Disposition: {disposition}\r\n"
    return report("disposition-notification", fields)


def test_a_read_receipt_says_who_read_which() -> None:
    data = reading("manual-action/MDN-sent-manually; displayed")
    assert receipts_in(data) == [Receipt("read", "di.ray@nhs.net", OURS, SIX)]
    assert receipts_in(reading("automatic-action/MDN-sent-automatically; displayed", ""))[0].message == ""


def test_deleted_without_being_read_is_not_read() -> None:
    assert receipts_in(reading("manual-action/MDN-sent-manually; deleted")) == []
    assert receipts_in(report("disposition-notification", "Reporting-UA: x\r\n")) == []


@pytest.mark.parametrize(
    ("date", "at"),
    [("Date: nonsense\r\n", None), ("", None), ("Date: Fri, 20 Nov 2026 18:00:00 -0000\r\n", SIX)],
)
def test_a_date_that_cannot_be_read_is_not_made_up(date: str, at: datetime | None) -> None:
    data = report("delivery-status", delivery("delivered"), head=date + "MIME-Version: 1.0\r\n")
    assert receipts_in(data)[0].at == at


def test_a_receipt_forwarded_as_an_attachment_is_one() -> None:
    inner = report("delivery-status", delivery("delivered"), HEADERS).decode()
    data = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="z"\r\n\r\n--z\r\n'
        f"Content-Type: message/rfc822\r\n\r\n{inner}\r\n--z--\r\n"
    ).encode()
    assert receipts_in(data)[0].what == "delivered"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not an email",
        b"\x00\xff" * 500,
        b"%PDF-1.7",
        draft(a_letter(), FRIDAY_SIX),
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nnothing\r\n--b--\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 400,
        b"x" * 40_000_001,
    ],
)
def test_what_is_no_receipt_is_said_in_a_sentence(data: bytes) -> None:
    with pytest.raises(BadFile, match=r"^The file is (no delivery or read receipt|too large)"):
        receipts_in(data)


def test_what_the_parser_trips_over_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def trips(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr("duty_tui.documents.receipt._ours", trips)
    with pytest.raises(BadFile, match="broken email"):
        receipts_in(b"Subject: x\r\n\r\n")


@given(st.binary(max_size=400), st.integers(0, 500))
def test_a_spoilt_receipt_is_read_or_refused(dirt: bytes, at: int) -> None:
    whole = report("delivery-status", delivery("failed"), WHOLE)
    with suppress(BadFile):
        receipts_in(whole[:at] + dirt + whole[at:])
