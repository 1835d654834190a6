"""Invitations, read back with a calendar library; answers of the mail programs people have."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from duty_tui.documents.invitation import Answer, Invitation, answers_in, calendar_file
from duty_tui.errors import BadFile
from tests.builders import FRIDAY_SIX

STARTS = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def invitation(**known: Any) -> Invitation:
    told = {"uid": "c1-1@duty-tui.invalid", "sequence": 0, "starts": STARTS, "lasts": timedelta(hours=1)}
    words = {"summary": "[secure] Strategy discussion C12", "place": "Room 2; the annexe", "name": "Di Ray"}
    return Invitation(**{**told, **words, "address": "di.ray@nhs.net", "sender": "duty@north.gov.uk", **known})


def event(data: bytes) -> tuple[Any, Any]:
    calendar = Calendar.from_ical(data)
    [found] = calendar.walk("VEVENT")
    return calendar, found


def test_an_invitation_is_read_back_by_a_calendar() -> None:
    data = calendar_file(invitation(), FRIDAY_SIX)
    calendar, found = event(data)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == ("c1-1@duty-tui.invalid", 0, "CONFIRMED")
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (STARTS, STARTS + timedelta(hours=1))
    assert found.decoded("DTSTAMP") == FRIDAY_SIX
    assert b"DTSTART:20261123T103000Z\r\n" in data
    assert found["SUMMARY"] == "[secure] Strategy discussion C12"
    assert found["LOCATION"] == "Room 2; the annexe"
    assert found["ORGANIZER"] == "mailto:duty@north.gov.uk"
    assert found["ATTENDEE"] == "mailto:di.ray@nhs.net"
    assert (found["ATTENDEE"].params["CN"], found["ATTENDEE"].params["RSVP"]) == ("Di Ray", "TRUE")


def test_a_change_and_a_cancellation_are_of_the_same_event() -> None:
    _, moved = event(calendar_file(invitation(sequence=2, starts=STARTS + timedelta(days=1), place=""), FRIDAY_SIX))
    assert (moved["UID"], moved["SEQUENCE"]) == ("c1-1@duty-tui.invalid", 2)
    assert "LOCATION" not in moved
    calendar, off = event(calendar_file(invitation(sequence=3, cancelled=True, sender=""), FRIDAY_SIX))
    assert (calendar["METHOD"], off["STATUS"], off["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)
    assert "ORGANIZER" not in off


HOSTILE = [
    'Di "Ray"\r\nATTENDEE:mailto:evil@example.org',
    "Di\nEND:VEVENT\nBEGIN:VEVENT",
    "Ray; Di, X: Y\\n",
    "Айша 李 نور " * 30,
    "Di\u2028\x00\u202eyaR",
    "",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_it_stays_one_event_with_one_person_asked(words: str) -> None:
    data = calendar_file(invitation(name=words, summary=words, place=words), FRIDAY_SIX)
    _, found = event(data)
    assert found["ATTENDEE"] == "mailto:di.ray@nhs.net"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.split(b"\r\n").count(b"BEGIN:VEVENT") == 1


@given(st.text(), st.text())
def test_no_text_breaks_out_of_its_line(name: str, place: str) -> None:
    data = calendar_file(invitation(name=name, place=place), FRIDAY_SIX)
    assert data.decode("utf-8")
    names = [line.partition(b":")[0].partition(b";")[0] for line in data.replace(b"\r\n ", b"").split(b"\r\n")]
    assert names.count(b"ATTENDEE") == names.count(b"UID") == names.count(b"DTSTART") == 1
    assert len(names) <= 20


def test_what_is_no_address_is_not_invited() -> None:
    with pytest.raises(ValueError, match="not an address"):
        calendar_file(invitation(address="di@nhs.net\r\nX:1"), FRIDAY_SIX)


# -------------------------------------------------------------------------------------------------------------- answers
def reply(status: str = "ACCEPTED", method: str = "REPLY", sequence: str = "SEQUENCE:2\r\n", who: str = "") -> bytes:
    who = who or f'ATTENDEE;CN="Ray; Di: NHS";PARTSTAT={status}:MAILTO:Di.Ray@nhs.net'
    return (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:c1-1@duty-\r\n tui.invalid\r\n{sequence}"
        f"{who}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("status", "coming"), [("ACCEPTED", True), ("DECLINED", False), ("TENTATIVE", None), ("declined", False)]
)
def test_an_answer_says_who_is_coming(status: str, coming: bool | None) -> None:
    assert answers_in(reply(status)) == [Answer("c1-1@duty-tui.invalid", 2, "di.ray@nhs.net", coming)]


def test_an_answer_comes_in_an_email_too() -> None:
    import base64

    coded = base64.b64encode(reply()).decode()
    data = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nYes.\r\n--b\r\n'
        f"Content-Type: text/calendar; method=REPLY\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n--b--\r\n"
    ).encode()
    assert answers_in(data)[0].coming is True


@pytest.mark.parametrize("sequence", ["", "SEQUENCE:x\r\n", "SEQUENCE:99999999999999\r\n", "SEQUENCE:-1\r\n"])
def test_an_answer_without_a_number_is_to_the_first_invitation(sequence: str) -> None:
    assert answers_in(reply(sequence=sequence))[0].sequence == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        reply(method="REQUEST"),
        calendar_file(invitation(), FRIDAY_SIX),
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nno\r\n--b--\r\n",
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/calendar; boundary=c\r\n\r\n--b--",
        b"\xff" * 100,
        b"x" * 1_000_001,
    ],
)
def test_what_is_no_answer_is_said_in_a_sentence(data: bytes) -> None:
    with pytest.raises(BadFile, match=r"^The file is (no answer to an invitation|too large)"):
        answers_in(data)


def test_an_answer_of_nobody_is_no_answer() -> None:
    assert answers_in(reply(who="ATTENDEE;PARTSTAT=ACCEPTED:urn:uuid:1")) == []
    assert answers_in(reply(who="COMMENT")) == []


def test_what_the_parser_trips_over_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def trips(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr("duty_tui.documents.email_file.message_from_bytes", trips)
    with pytest.raises(BadFile, match="broken email"):
        answers_in(b"Subject: x\r\n\r\n")


@given(st.binary(max_size=300), st.integers(0, 300))
def test_a_spoilt_answer_is_read_or_refused(dirt: bytes, at: int) -> None:
    whole = reply()
    with suppress(BadFile):
        answers_in(whole[:at] + dirt + whole[at:])
