"""`duty-tui circulate`, `invite` and `service mail`: the board, drafts, a real relay, receipts, by hand."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from duty_tui.clock import system_clock
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.decision_events import RecordAddedTo, RecordSigned
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionBooked
from duty_tui.errors import Unavailable
from duty_tui.opening import opening
from duty_tui.wiring import open_desk
from tests.cli.conftest import Run
from tests.desk.circulated import PEOPLE, asked
from tests.discussions import CONCERN, person, siblings
from tests.documents.test_invitation import reply
from tests.documents.test_receipt import HEAD, HEADERS, delivery, report
from tests.documents.test_relay import Box, free_port, serving


@pytest.fixture(autouse=True)
def _held(desk: Run) -> None:
    """A discussion was held about two children of a concern, and their records signed; Kaur's address is known too."""
    kaur = asked("Sam Kaur", "hospital_clinician", agency="NHS Trust", contact="s.kaur@trust.nhs.uk")
    ann = asked("Ann Osei", "sw_manager", agency="Children's social care", contact="ann@north.gov.uk")
    lund = asked("P. Lund", "education", agency="Hollin School", contact="lund@hollin.gov.uk")
    signed = (RecordSigned(discussion=1, child=1), RecordSigned(discussion=1, child=2))
    record(siblings(), kaur, ann, lund, *PEOPLE, person("Mrs Okoye", "family", job="Mother"), *signed)


def record(*acts: RaiseConcern | DiscussionEvent) -> None:
    with desk_here() as (found):
        for act in acts:
            found.do(CONCERN, act if isinstance(act, RaiseConcern) else AtDiscussion(event=act))


class desk_here:  # noqa: N801 - reads as a place
    """The desk of this home."""

    def __enter__(self) -> Desk:
        self.desk = open_desk(opening(None, None, system_clock()))
        return self.desk

    def __exit__(self, *_: object) -> None:
        self.desk.store.close()


def people(run: Run) -> dict[str, Any]:
    told = run("circulate", "C4", "--json")
    assert told.status == 0, told.err
    return {one["name"]: one for one in told.json["people"]}


def states(run: Run) -> dict[str, str]:
    return {name: one["state"] for name, one in people(run).items()}


def test_the_board_says_who_must_have_it_and_who_never(desk: Run) -> None:
    shown = desk("circulate", "C4", "--status")
    assert shown.lines[1] == "Record of discussion 1: 0 of 6 who must have it have it"
    assert shown.lines[2:4] == [
        "OWED         Sam Kaur, NHS Trust (invited, took part)",
        "             not sent yet",
    ]
    assert "not sent yet · address outside the secure domains" in shown.out
    assert shown.lines[-2].startswith("never        Mrs Okoye, ")
    assert "The family: what they are told is a decision" in shown.lines[-1]
    told = desk("circulate", "C4", "--json").json
    assert (told["reference"], told["children"], told["unsigned"], told["circulated"]) == ("C4", [1, 2], [], None)
    assert people(desk)["Jo Webb"] == {
        "name": "Jo Webb",
        "agency": "Hollin School",
        "title": "School, nursery or education service",
        "parts": ["invited"],
        "must": True,
        "barred": None,
        "state": "owed",
        "said": "not sent yet",
        "address": "office@hollin.example",
        "outside": True,
        "owed": [1, 2],
        "old": [],
        "had": None,
    } | {"title": people(desk)["Jo Webb"]["title"]}
    assert states(desk)["Mrs Okoye"] == "barred"


def test_drafts_are_written_one_for_each_and_count_once_they_are_said_to_be_sent(desk: Run, tmp_path: Path) -> None:
    ended = desk("circulate", "C4", "--drafts", "-o", tmp_path)
    assert ended.status == 0, ended.err
    assert "hollin.example is none of the service's secure domains. Nothing goes there" in ended.err
    files = sorted(tmp_path.glob("*.eml"))
    read = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    assert sorted(str(message["To"].addresses[0].addr_spec) for message in read) == [
        "ann@north.gov.uk",
        "di.ray@nhs.net",
        "lund@hollin.gov.uk",
        "pc.hale@north.police.uk",
        "s.kaur@trust.nhs.uk",
    ]
    for file, message in zip(files, read, strict=True):
        assert message["X-Unsent"] == "1"
        assert message["Subject"] == "[secure] Record of strategy discussion C4, discussion 1"
        names = [part.get_filename() for part in message.iter_attachments()]
        assert names == [f"C4-discussion-1-child-{child}-record.pdf" for child in (1, 2)]
        assert not any(child in file.name + str(message["Subject"]) for child in ("Amara", "Kofi", "Okoye"))
    assert states(desk)["Di Ray"] == "drafted"
    assert desk("circulate", "C4", "--json").json["circulated"] is None
    assert desk("circulate", "C4", "--sent", "--to", "Di Ray").status == 0
    assert (states(desk)["Di Ray"], states(desk)["PC Hale"]) == ("sent", "drafted")
    assert desk("circulate", "C4", "--sent").status == 0
    assert desk("circulate", "C4", "--by-hand", "Jo Webb", "--how", "on paper").status == 0
    assert desk("circulate", "C4", "--json").json["circulated"] is not None
    assert "Record of discussion 1: circulated " in desk("circulate", "C4").out
    assert desk("circulate", "C4", "--drafts", "-o", tmp_path).status == 1


def test_with_yes_addresses_outside_are_written_to(desk: Run, tmp_path: Path) -> None:
    assert desk("circulate", "C4", "--drafts", "--yes", "--to", "Jo Webb", "-o", tmp_path).status == 0
    assert states(desk)["Jo Webb"] == "drafted"


def test_at_a_terminal_it_is_asked(desk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[str] = []

    def no(question: str) -> bool:
        asked_for.append(question)
        return False

    monkeypatch.setattr("duty_tui.cli.asked.agreed", no)
    ended = desk("circulate", "C4", "--drafts", "--to", "Jo Webb", "-o", tmp_path)
    assert (ended.status, list(tmp_path.glob("*.eml"))) == (1, [])
    assert asked_for[0].endswith("secure domains. Write there all the same?")


def relayed(run: Run, port: int, *more: str) -> None:
    words = ("--relay", "127.0.0.1", "--port", str(port), "--tls", "none", "--sender", "duty@north.gov.uk", *more)
    assert run("service", "mail", *words).err == "Recorded.\n"


def test_through_the_relay_to_six_of_whom_one_is_refused(desk: Run) -> None:
    box = Box(unknown=("s.kaur",))
    with serving(box) as relay:
        relayed(desk, relay.port)
        ended = desk("circulate", "C4", "--smtp", "--yes")
    assert ended.status == 1
    assert len(box.taken) == 5
    assert "Sam Kaur: 550 5.1.1 no such box" in ended.err
    assert "Record of discussion 1: 5 of 6 who must have it have it" in ended.out
    assert states(desk)["Sam Kaur"] == "refused"
    assert "550 5.1.1" in people(desk)["Sam Kaur"]["said"]
    assert all(b"okoye" not in content.lower().partition(b"\r\n\r\n")[0] for _, _, content in box.taken)
    with serving(Box()) as relay:
        relayed(desk, relay.port)
        again = desk("circulate", "C4", "--smtp", "--yes")
    assert (again.status, again.err.splitlines()[-1]) == (0, "Sam Kaur: sent")
    assert desk("circulate", "C4", "--json").json["circulated"] is not None


def test_half_are_refused_and_the_others_have_it(desk: Run) -> None:
    with serving(Box(unknown=("s.kaur", "ann", "office"))) as relay:
        relayed(desk, relay.port)
        assert desk("circulate", "C4", "--smtp", "--yes").status == 1
    assert sorted(name for name, state in states(desk).items() if state == "refused") == [
        "Ann Osei",
        "Jo Webb",
        "Sam Kaur",
    ]


def test_without_a_relay_or_with_one_that_is_down_nothing_is_sent_or_recorded(desk: Run) -> None:
    ended = desk("circulate", "C4", "--smtp")
    assert (ended.status, "The service has set no mail relay." in ended.err) == (1, True)
    relayed(desk, free_port())
    desk("service", "mail", "--sender", "")
    assert "has set no sender" in desk("circulate", "C4", "--smtp").err
    desk("service", "mail", "--sender", "duty@north.gov.uk")
    ended = desk("circulate", "C4", "--smtp")
    assert (ended.status, "cannot be reached" in ended.err) == (1, True)
    assert set(states(desk).values()) == {"owed", "barred"}


def test_what_was_sent_and_cannot_be_recorded_is_said(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unavailable("The disk is full.")

    box = Box()
    with serving(box) as relay:
        relayed(desk, relay.port)
        monkeypatch.setattr("duty_tui.cli.circulate._record", full)
        ended = desk("circulate", "C4", "--smtp")
    assert ended.status == 1
    assert len(box.taken) == 1
    assert "(SENT) could not be recorded: The disk is full." in ended.err


def test_from_the_practice_desk_nothing_goes_elsewhere(desk: Run) -> None:
    desk("service", "mail", "--relay", "mail.north.gov.uk", "--sender", "duty@north.gov.uk")
    with desk_here() as found:
        found.store.set_meta("practice", "yes")
    ended = desk("circulate", "C4", "--smtp")
    assert (ended.status, "From the practice desk nothing is sent" in ended.err) == (1, True)


def test_receipts_are_read_from_files(desk: Run, tmp_path: Path) -> None:
    with serving(Box()) as relay:
        relayed(desk, relay.port)
        desk("circulate", "C4", "--smtp", "--to", "Di Ray", "--to", "PC Hale")
    head = HEAD.replace("20 Nov", "21 Nov")
    hale = delivery("failed", "pc.hale@north.police.uk")
    (tmp_path / "read.eml").write_bytes(report("delivery-status", delivery("delivered"), head=head))
    (tmp_path / "back.eml").write_bytes(report("delivery-status", hale, head=head))
    (tmp_path / "slow.eml").write_bytes(report("delivery-status", delivery("delayed")))
    (tmp_path / "other.eml").write_bytes(report("delivery-status", delivery("failed", "a@x.org"), HEADERS))
    (tmp_path / "no.eml").write_bytes(b"hello")
    got = desk("circulate", "C4", "--received", tmp_path / "read.eml", "--received", tmp_path / "back.eml")
    assert got.status == 0, got.err
    assert (states(desk)["Di Ray"], states(desk)["PC Hale"]) == ("received", "refused")
    assert "settles nothing" in desk("circulate", "C4", "--received", tmp_path / "slow.eml").err
    for name, said in (
        ("other.eml", "about no message of this discussion"),
        ("no.eml", "no delivery or read receipt"),
        ("gone.eml", "cannot be read"),
    ):
        ended = desk("circulate", "C4", "--received", tmp_path / name)
        assert (ended.status, said in ended.err) == (1, True)


def test_a_folder_of_receipts_is_read_whole_and_again_adds_nothing(desk: Run, tmp_path: Path) -> None:
    with serving(Box()) as relay:
        relayed(desk, relay.port)
        desk("circulate", "C4", "--smtp", "--to", "Di Ray", "--to", "PC Hale")
    head = HEAD.replace("20 Nov", "21 Nov")
    (tmp_path / "a.eml").write_bytes(report("delivery-status", delivery("delivered"), head=head))
    (tmp_path / "b.EML").write_bytes(
        report("delivery-status", delivery("delivered", "pc.hale@north.police.uk"), head=head)
    )
    (tmp_path / "c.eml").write_bytes(report("delivery-status", delivery("failed", "a@x.org"), HEADERS))
    (tmp_path / "d.eml").write_bytes(b"hello")
    assert "2 new, 0 known already, 2 not about these records" in desk("circulate", "C4", "--received", tmp_path).err
    assert (states(desk)["Di Ray"], states(desk)["PC Hale"]) == ("received", "received")
    again = desk("circulate", "C4", "--received", tmp_path)
    assert (again.status, "0 new, 2 known already" in again.err) == (0, True)
    (tmp_path / "empty").mkdir()
    ended = desk("circulate", "C4", "--received", tmp_path / "empty")
    assert (ended.status, "has no files that end in .eml" in ended.err) == (1, True)


def test_an_address_is_noted_and_offered_at_the_next_discussion(desk: Run, tmp_path: Path) -> None:
    ended = desk("circulate", "C4", "--to", "P. Lund", "--address", "lund@north.gov.uk")
    assert ended.status == 0, ended.err
    assert people(desk)["P. Lund"]["address"] == "lund@north.gov.uk"
    assert "Address of P. Lund: lund@north.gov.uk" in desk("log", "C4").lines[-1]
    wrong = desk("circulate", "C4", "--to", "P. Lund", "--address", "lund at north")
    assert (wrong.status, "no email address a message can be sent to" in wrong.err) == (1, True)
    for words in (("--address", "a@x.uk"), ("--address", "a@x.uk", "--to", "P. Lund", "--to", "Di Ray")):
        assert desk("circulate", "C4", *words).status == 2
    record(DiscussionBooked(discussion=2, at=system_clock()), asked("P. Lund", agency="Hollin School", discussion=2))
    assert desk("invite", "C4", "--yes", "-o", tmp_path).status == 0
    [file] = tmp_path.glob("*.ics")
    assert b"lund@north.gov.uk" in file.read_bytes().replace(b"\r\n ", b"")


def test_a_correction_goes_to_those_who_had_the_old_one(desk: Run, tmp_path: Path) -> None:
    desk("circulate", "C4", "--by-hand", "di ray", "--how", "on paper")
    assert desk("circulate", "C4", "--drafts", "--corrected", "-o", tmp_path).status == 1
    record(RecordAddedTo(discussion=1, child=2, text="More"))
    assert states(desk)["Di Ray"] == "old"
    assert desk("circulate", "C4", "--drafts", "--corrected", "-o", tmp_path).status == 0
    [file] = tmp_path.glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert "Corrected record" in message["Subject"]
    assert [part.get_filename() for part in message.iter_attachments()] == ["C4-discussion-1-child-2-record.pdf"]


def test_by_hand_takes_how_and_when(desk: Run) -> None:
    ended = desk("circulate", "C4", "--by-hand", "Di Ray", "--how", "on paper", "--at", "2026-11-20T18:30Z")
    assert ended.status == 0, ended.err
    assert people(desk)["Di Ray"]["had"] == "2026-11-20T18:30:00Z"
    assert desk("circulate", "C4", "--by-hand", "Mrs Okoye", "--how", "on paper").status == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--drafts", "--smtp"), "Say one of"),
        (("--by-hand", "Di Ray"), "--how WORDS"),
        (("--by-hand", "Di Ray", "--how", " "), "--how WORDS"),
    ],
)
def test_what_makes_no_sense_is_told(desk: Run, words: tuple[str, ...], said: str) -> None:
    ended = desk("circulate", "C4", *words)
    assert (ended.status, said in ended.err) == (2, True)


def test_whoever_may_only_look_sees_the_board_and_sends_nothing(desk: Run, home: Path) -> None:
    assert desk("service", "person", "Ann Osei", "--role", "team_manager").status == 0
    (home / "config" / "settings.toml").write_text('name = "Jay"\n', "utf-8")
    assert desk("circulate", "C4").status == 0
    ended = desk("circulate", "C4", "--by-hand", "Di Ray", "--how", "x")
    assert (ended.status, "Circulating a record is for" in ended.err) == (1, True)


def test_a_record_nobody_was_at_and_one_that_is_not_signed_say_so(desk: Run) -> None:
    record(DiscussionBooked(discussion=2, at=system_clock()))
    from tests.discussions import began

    record(began((1, 2), 2, at=system_clock()))
    assert desk("circulate", "C4").lines[-2:] == ["Not signed: child 1, child 2", "Nobody was asked or there."]
    assert desk("circulate", "C4", "--discussion", "1").lines[1].startswith("Record of discussion 1")


# ---------------------------------------------------------------------------------------------------------- invitations
def test_invitations_are_files_and_answers_are_expected(desk: Run, tmp_path: Path) -> None:
    record(
        DiscussionBooked(discussion=2, at=system_clock()),
        asked("Di Ray", agency="NHS Trust", contact="di.ray@nhs.net", discussion=2),
        asked("Jo Webb", "education", agency="Hollin School", contact="office@hollin.example", discussion=2),
        asked("Lee Fox", "police", discussion=2),
    )
    ended = desk("invite", "C4", "-o", tmp_path)
    assert ended.status == 0
    assert "Lee Fox: No address" in ended.err
    assert "--yes writes it all the same" in ended.err
    [file] = tmp_path.glob("*.ics")
    [event] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert (event["ATTENDEE"], event["SUMMARY"]) == ("mailto:di.ray@nhs.net", "[secure] Strategy discussion C4")
    said = reply().replace(b"c1-1@duty-\r\n tui.invalid", str(event["UID"]).encode())
    (tmp_path / "yes.ics").write_bytes(said)
    assert desk("invite", "C4", "--answer", tmp_path / "yes.ics").err == "Recorded.\n"
    assert desk("invite", "C4", "--answer", tmp_path / "yes.ics").err == "Nothing new is said in it.\n"
    assert desk("invite", "C4", "--cancel", "--yes", "--replace", "-o", tmp_path).status == 0
    assert b"METHOD:CANCEL" in file.read_bytes()
    assert desk("invite", "C1", "-o", tmp_path).status == 1


def test_where_nobody_can_be_invited_that_is_said(desk: Run, tmp_path: Path) -> None:
    record(DiscussionBooked(discussion=2, at=system_clock()), asked("Lee Fox", "police", discussion=2))
    ended = desk("invite", "C4")
    assert (ended.status, "There is nobody to invite." in ended.err) == (1, True)


# --------------------------------------------------------------------------------------------------------- the settings
def test_email_is_set_part_by_part(desk: Run) -> None:
    assert "  Sent by the program: nothing" in desk("service", "show").lines
    assert desk("service", "mail", "--prefix", "", "--no-secure", "--lasts", "90m").status == 0
    relayed(desk, 2525, "--user", "duty")
    lines = desk("service", "show").lines
    assert "  From duty@north.gov.uk; subjects begin with nothing" in lines
    assert "  Secure domains: none" in lines
    assert "  Sent through 127.0.0.1, port 2525, TLS none, as duty" in lines
    assert "  An invitation says that it lasts 1h 30m" in lines
    assert desk("service", "mail", "--secure", "nhs.net", "--sender", "").status == 0
    assert desk("service", "show", "--json").json["mail"] == {
        "sender": "",
        "prefix": "",
        "secure": ["nhs.net"],
        "relay": "127.0.0.1",
        "port": 2525,
        "tls": "none",
        "user": "duty",
        "invitation_lasts_minutes": 90,
    }


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "Say what to set"),
        (("--sender", "duty"), 2, "no address"),
        (("--secure", "nhs.net", "--no-secure"), 2, "Say either"),
        (("--lasts", "long"), 2, "A length of time"),
        (("--port", "0"), 2, "--port"),
        (("--tls", "none", "--relay", "mail.north.gov.uk"), 1, "Without TLS"),
    ],
)
def test_what_email_cannot_be_is_told(desk: Run, words: tuple[str, ...], status: int, said: str) -> None:
    ended = desk("service", "mail", *words)
    assert (ended.status, said in ended.err) == (status, True)
