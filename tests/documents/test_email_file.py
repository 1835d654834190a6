"""Mail made to hang its reader is refused in words, soon; mail as mail programs write it is read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import perf_counter

import pytest

from duty_tui.documents.email_file import header, parts_of
from duty_tui.documents.invitation import answers_in
from duty_tui.documents.receipt import receipts_in
from duty_tui.errors import BadFile

MB = 1_000_000
REPORT = b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
FAILED = REPORT + b"Action: failed\r\n\r\n--b--"
ANSWER = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"
#: Much less than some of these took before there were limits: minutes. Much more than they take now.
SOON = 20.0

HOSTILE = {
    "messages within messages": b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    "parts within parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(900)
    ),
    "parameters without end": b"Content-Type: multipart/report; " + b"a*0=x;\r\n " * 100_000 + b"boundary=b\r\n\r\n",
    "parameters in one line": b"Content-Type: multipart/report; " + b"a*0=x; " * 200_000 + b"boundary=b\r\n\r\n",
    "comments within comments": b"Content-Type: " + b"(" * 9_000 + b"multipart/report; boundary=b\r\n\r\n--b\r\n",
    "a header without end": b"X: " + b"y" * 30 * MB,
    "lines without end": b"Subject: x\r\n" + b" y\r\n" * 5 * MB,
    "headers without end": b"X: y\n" * 7 * MB,
    "breaks of the other kind": b"X: y\r" * 7 * MB,
    "encoded words": b"Message-ID: " + b"=?utf-8?q?a?=\r\n " * 60_000 + b"\r\n" + FAILED,
    "brackets in a date": b"Date: " + b"(\r\n " * 60_000 + b"\r\n" + FAILED,
    "an address without end": REPORT + b"Action: failed\nFinal-Recipient: x; " + b"a@\r\n " * 60_000 + b"\n\n--b--",
    "quotation marks": ANSWER + b'"' * 900_000,
    "an address of dots": ANSWER + b"ATTENDEE:mailto:" + b"a." * 400_000 + b"@b.example\r\n",
    "folds": ANSWER + b"UID:x\r\n" + b" y\r\n" * 200_000,
    "answers without end": ANSWER + b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\r\n" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("read", [receipts_in, answers_in])
def test_it_is_read_or_refused_soon(read: Callable[[bytes], list[object]], data: bytes) -> None:
    begun = perf_counter()
    with suppress(BadFile):
        read(data)
    assert perf_counter() - begun < SOON


@pytest.mark.parametrize("name", ["messages within messages", "parts within parts", "parameters in one line"])
def test_what_no_mail_program_wrote_is_no_mail(name: str) -> None:
    with pytest.raises(ValueError, match=r"nested deeper|more lines, or longer|a header longer"):
        parts_of(HOSTILE[name])


@pytest.mark.parametrize("date", [b"Fri, 31 Dec 9999 23:59:59 -1400", b"Fri, 20 Nov 99999 18:00:00 +0000", b"x" * 900])
def test_a_date_outside_the_calendar_is_no_date(date: bytes) -> None:
    head = b"Date: " + date + b"\r\n" + REPORT
    [found] = receipts_in(head + b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n--b--")
    assert found.at is None


def test_a_header_is_one_clean_line_of_bounded_length() -> None:
    [message] = parts_of(b"Subject: a\r\n\tb\x1b[2J " + b"c" * 5_000 + b"\r\n\r\nText")
    assert header(message, "Subject").startswith("a b\ufffd[2J ccc")
    assert len(header(message, "Subject")) < 2_100
    assert header(message, "Date") == ""


def test_a_body_may_speak_of_boundaries() -> None:
    data = (
        REPORT
        + b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n--b\r\n\r\n"
        + b"a boundary\r\n" * 9
        + b"--b--"
    )
    assert receipts_in(data)[0].what == "refused"
