"""The board of a record: refused, owed, drafted, sent, received; who has a version that has changed since."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from duty_tui.desk.circulating import (
    address_noted,
    by_hand,
    chosen,
    drafted,
    drafts_sent,
    got_by_hand,
    line_named,
    received,
    received_new,
    refuse_unless_allowed,
    refused,
    sent,
    write_drafts,
)
from duty_tui.desk.circulation import board_of
from duty_tui.desk.desk import Desk
from duty_tui.desk.discussing import discussion_view
from duty_tui.desk.obligations import obligations_of
from duty_tui.desk.packing import letter, parcels
from duty_tui.documents.mail import written
from duty_tui.documents.receipt import Receipt
from duty_tui.documents.saving import NotWritten
from duty_tui.domain.commands import Withdraw
from duty_tui.domain.decision_events import RecordAddedTo, RecordSigned
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionAgreed, LineNoted
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service import PolicyAdopted
from duty_tui.domain.service_people import LetterheadSet, MailSet, PersonListed
from duty_tui.errors import Refused
from duty_tui.store.memory import MemoryStore
from duty_tui.views.circulation import Board
from tests.desk.circulated import SIX, asked, board, met, took
from tests.desk.conftest import Hands, make_desk
from tests.discussions import CONCERN, QUARTER_PAST, at_desk, began, person, siblings

NOTE = AtDiscussion(event=LineNoted(discussion=1, text="Not about this family"))


def states(found: Board) -> dict[str, str]:
    return {line.name: line.state for line in found.lines}


def everybody(desk: Desk, found: Board, *, corrected: bool = False, **known: Any) -> Board:
    """The record goes to everybody it goes to now, through the relay."""
    lines = chosen(found, **known, corrected=corrected)
    packed = parcels(desk, found, lines, desk.clock(), form="txt", corrected=corrected)
    return took(desk, *(sent(found, one, desk.clock(), "smtp") for one in packed))


def test_before_anything_is_sent_all_are_owed_with_why_and_where(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    assert set(states(found).values()) == {"owed"}
    assert sorted(line.name for line in found.waiting) == sorted(SIX)
    assert found.circulated is None
    assert (found.reference, found.discussion, found.children, found.unsigned) == ("C1", 1, (1, 2), ())
    lines = {line.name: line for line in found.lines}
    assert lines["PC Hale"].why == "invited, took part"
    assert lines["P. Lund"].why == "sent a report"
    assert lines["PC Hale"].address == "pc.hale@north.police.uk"
    assert lines["Jo Webb"].address == "office@hollin.example"
    assert {name: line.outside for name, line in lines.items() if line.address} == {
        "Di Ray": False,
        "Jo Webb": True,
        "PC Hale": False,
    }
    assert lines["Sam Kaur"].address == ""
    assert lines["Sam Kaur"].said == "not sent yet"


def test_an_address_is_found_where_the_person_was_met_elsewhere(desk: Desk, hands: Hands) -> None:
    met(desk, hands)
    other = "d" * 32
    desk.do(other, siblings(1))
    kaur = asked("Sam Kaur", "hospital_clinician", agency="NHS Trust", contact="s.kaur@trust.nhs.uk")
    at_desk(desk, kaur, asked("Sam Kaur", agency="GP", contact="sam@gp.nhs.uk"), concern=other)
    assert line_named(board(desk), "Sam Kaur").address == "s.kaur@trust.nhs.uk"


def test_of_two_addresses_none_is_chosen(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands, asked("Lee Fox", "police", agency="Police", contact="a@x.gov.uk, b@x.gov.uk"))
    assert line_named(found, "Lee Fox").address == ""


def test_sent_to_everybody_it_is_circulated(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    hands.on(minutes=10)
    done = everybody(desk, found)
    assert set(states(done).values()) == {"sent"}
    assert done.circulated == hands.now
    assert done.waiting == ()
    assert done.lines[0].said == "sent through the relay Fri 20 Nov 2026 18:55"
    assert chosen(done) == []


def test_some_have_it_some_refused_some_drafted(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    ray, webb, hale, lund = (line_named(found, name) for name in ("Di Ray", "Jo Webb", "PC Hale", "P. Lund"))
    now = hands.on(minutes=5)
    [parcel] = parcels(desk, found, [ray], now, form="txt")
    found = took(
        desk,
        refused(found, webb, now, "550 no such box"),
        by_hand(found, hale, now, "on paper, at the station"),
        drafted(found, parcel, now),
        refused(found, lund, now, ""),
    )
    assert states(found) == {
        "Ann Osei": "owed",
        "Di Ray": "drafted",
        "Jo Webb": "refused",
        "P. Lund": "refused",
        "PC Hale": "sent",
        "Sam Kaur": "owed",
    }
    said = {line.name: line.said for line in found.lines}
    assert said["Jo Webb"] == "not taken Fri 20 Nov 2026 18:50: 550 no such box"
    assert said["P. Lund"].endswith("no reason given")
    assert said["PC Hale"] == "by hand Fri 20 Nov 2026 18:50: on paper, at the station"
    assert said["Di Ray"] == "email drafted Fri 20 Nov 2026 18:50, not said to be sent"
    assert [line.state for line in found.lines] == ["refused", "refused", "owed", "owed", "drafted", "sent"]
    assert len(found.waiting) == 5
    hands.on(minutes=1)
    desk.do(CONCERN, drafts_sent(desk, found, [], hands.now))
    assert line_named(board(desk), "Di Ray").said == "sent by email Fri 20 Nov 2026 18:51"
    for names in ([], ["Di Ray"], ["Ann Osei"]):
        with pytest.raises(Refused, match="No email was drafted to them"):
            drafts_sent(desk, board(desk), names, hands.now)


def test_of_many_receipts_what_is_new_is_taken_and_the_others_are_counted(desk: Desk, hands: Hands) -> None:
    found = everybody(desk, met(desk, hands))
    [message] = line_named(found, "Di Ray").messages
    at = hands.on(hours=1)
    many = [
        Receipt("delivered", "", message, at),
        Receipt("delivered", "", message, at),
        Receipt("refused", "pc.hale@north.police.uk", "", at, "550 full"),
        Receipt("read", "a@x.org", "<other@x>", at),
    ]
    came = received_new(desk, found, many, at)
    assert (len(came.events), came.known, came.strangers) == (2, 1, 1)
    assert came.words(3) == "2 new, 1 known already, 4 not about these records"
    took(desk, *came.events)
    again = received_new(desk, board(desk), many[:1], at)
    assert again.words(0) == "0 new, 1 known already"


def test_where_the_records_went_is_no_line_of_the_discussion(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    before = discussion_view(desk, CONCERN, 1, hands.now).log
    [parcel, *_] = parcels(desk, found, chosen(found, ["Di Ray"]), hands.now, form="txt")
    ray = parcel.line
    took(desk, address_noted(found, ray, hands.now, "a@nhs.net"), drafted(found, parcel, hands.now))
    took(desk, sent(found, parcel, hands.now, "smtp"), got_by_hand(board(desk), ray, hands.now))
    took(desk, refused(found, ray, hands.now, "550 no"))
    assert discussion_view(desk, CONCERN, 1, hands.now).log == before


def test_an_address_noted_is_used_kept_for_the_next_time_and_changes_nothing_else(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    lund = line_named(found, "P. Lund")
    found = took(desk, address_noted(found, lund, hands.now, " lund@hollin.gov.uk "))
    line = line_named(found, "P. Lund")
    assert (line.address, line.outside, line.state, line.owed) == ("lund@hollin.gov.uk", False, "owed", (1, 2))
    assert found.circulated is None
    other = "d" * 32
    desk.do(other, siblings(1))
    at_desk(desk, asked("P. Lund", "education", agency="Hollin School"), began((1,)), concern=other)
    assert line_named(board_of(desk, other, hands.now), "P. Lund").address == "lund@hollin.gov.uk"
    found = took(desk, refused(found, line, hands.now, "550 no"))
    found = took(desk, address_noted(found, line, hands.now, "p@hollin.gov.uk"))
    assert line_named(found, "P. Lund").state == "refused"


def test_a_receipt_says_that_it_was_received(desk: Desk, hands: Hands) -> None:
    found = everybody(desk, met(desk, hands))
    [message] = line_named(found, "Di Ray").messages
    at = hands.on(hours=1)
    took(desk, received(found, Receipt("delivered", "", message, at), at))
    assert (
        states(took(desk, received(found, Receipt("read", "elsewhere@x.org", message, None), at)))["Di Ray"]
        == "received"
    )
    assert line_named(board(desk), "Di Ray").said == (
        "sent through the relay Fri 20 Nov 2026 18:45; delivered Fri 20 Nov 2026 19:45; read Fri 20 Nov 2026 19:45"
    )
    by_address = received(found, Receipt("read", "pc.hale@north.police.uk", "<other@x>", at + timedelta(days=9)), at)
    assert (by_address.to.name, by_address.at) == ("PC Hale", at)
    assert by_address.message == line_named(found, "PC Hale").messages[-1]


def test_what_came_back_is_owed_again(desk: Desk, hands: Hands) -> None:
    found = everybody(desk, met(desk, hands))
    [message] = line_named(found, "Di Ray").messages
    back = received(found, Receipt("refused", "", message, None), hands.on(hours=1))
    found = took(desk, back)
    assert found.circulated is None
    assert [line.name for line in found.waiting] == ["Di Ray"]
    assert line_named(found, "Di Ray").said == "not taken Fri 20 Nov 2026 19:45: it came back"
    assert everybody(desk, found).circulated == hands.now


@pytest.mark.parametrize("receipt", [Receipt("read", "", "", None), Receipt("read", "a@x.org", "<n@x>", None)])
def test_a_receipt_of_something_else_is_refused(desk: Desk, hands: Hands, receipt: Receipt) -> None:
    found = everybody(desk, met(desk, hands))
    with pytest.raises(Refused, match="about no message of this discussion"):
        received(found, receipt, hands.now)
    with pytest.raises(Refused):
        received(met_again(desk), Receipt("read", "di.ray@nhs.net", "", None), hands.now)


def met_again(desk: Desk) -> Board:
    """The board of a second discussion, of which nothing went."""
    at_desk(desk, DiscussionAgreed(discussion=2, format="virtual", reason="x"))
    at_desk(desk, began((1, 2), 2), person("Di Ray", "health", discussion=2, agency="NHS Trust"))
    return board(desk)


# ------------------------------------------------------------------------------------------------------- corrections
def test_a_correction_goes_to_exactly_those_who_had_the_old_one(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    found = everybody(desk, found, names=["Di Ray", "PC Hale"])
    assert found.outdated == ()
    hands.on(hours=1)
    at_desk(desk, RecordAddedTo(discussion=1, child=2, text="The school was Hollin Road."))
    found = board(desk)
    assert sorted(line.name for line in chosen(found, corrected=True)) == ["Di Ray", "PC Hale"]
    assert line_named(found, "Di Ray").old == (2,)
    assert line_named(found, "Di Ray").state == "old"
    assert line_named(found, "Di Ray").said.endswith("; the record of child 2 has changed since")
    packed = parcels(desk, found, chosen(found, corrected=True), hands.now, form="txt", corrected=True)
    assert {one.children for one in packed} == {(2,)}
    assert b"Hollin Road" in packed[0].enclosures[0].data
    done = took(desk, *(sent(found, one, hands.now, "smtp") for one in packed))
    assert done.outdated == ()
    assert chosen(done, corrected=True) == []
    assert [line.name for line in done.waiting] == [line.name for line in found.waiting]
    [webb] = parcels(desk, done, chosen(done, ["Jo Webb"]), hands.now, form="txt")
    assert b"Hollin Road" in webb.enclosures[1].data


def test_a_correction_goes_to_nobody_who_never_had_it(desk: Desk, hands: Hands) -> None:
    found = everybody(desk, met(desk, hands), names=["Di Ray"])
    with pytest.raises(Refused, match="has no earlier version"):
        chosen(found, ["Jo Webb"], corrected=True)


def test_one_that_was_not_signed_is_old_once_it_is(desk: Desk, hands: Hands) -> None:
    found = everybody(desk, met(desk, hands, sign=False))
    assert found.unsigned == (1, 2)
    assert found.outdated == ()
    at_desk(desk, RecordSigned(discussion=1, child=1))
    assert {line.old for line in board(desk).outdated} == {(1,)}
    at_desk(desk, LineNoted(discussion=1, text="One more thing"))
    assert {line.old for line in board(desk).outdated} == {(1, 2)}


def test_an_undo_changes_the_record_too(desk: Desk, hands: Hands) -> None:
    met(desk, hands, sign=False)
    note = desk.do(CONCERN, NOTE).entries[0]
    found = everybody(desk, board(desk))
    desk.do(CONCERN, Withdraw(entry=note, reason="Somebody else's"))
    assert len(board(desk).outdated) == len(found.lines)


def test_what_is_not_the_record_changes_nothing(desk: Desk, hands: Hands) -> None:
    everybody(desk, met(desk, hands))
    desk.do(CONCERN, RestrictConcern(names=("Ann Osei", "Di Ray"), reason="Staff"))
    assert board(desk).outdated == ()


def test_by_hand_a_correction_is_one_too(desk: Desk, hands: Hands) -> None:
    found = everybody(desk, met(desk, hands), names=["Di Ray"])
    at_desk(desk, RecordAddedTo(discussion=1, child=1, text="More"))
    found = board(desk)
    event = by_hand(found, line_named(found, "Di Ray"), hands.now, "on paper")
    assert (event.corrected, event.children) == (True, (1,))
    assert states(took(desk, event))["Di Ray"] == "sent"
    again = by_hand(board(desk), line_named(board(desk), "Di Ray"), hands.now, "once more")
    assert (again.corrected, again.children) == (False, (1, 2))


def test_a_record_of_which_one_child_s_went_still_owes_the_other(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    event = by_hand(found, line_named(found, "Di Ray"), hands.now, "on paper").model_copy(update={"children": (1,)})
    line = line_named(took(desk, event), "Di Ray")
    assert (line.state, line.owed) == ("owed", (2,))
    assert line.said.endswith("; not yet that of child 2")


# ------------------------------------------------------------------------------------------------------ who may not
def test_the_family_is_shown_with_why_and_never_sent_to(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands, person("Mrs Okoye", "family", job="Mother", agency=""))
    line = next(line for line in found.lines if line.name == "Mrs Okoye")
    assert (line.state, found.lines[-1]) == ("barred", line)
    assert line.said.startswith("The family:")
    assert line not in chosen(found)
    with pytest.raises(Refused, match="may not go to somebody who was named"):
        chosen(found, ["Mrs Okoye"])
    with pytest.raises(Refused, match="may not go to somebody on the board"):
        parcels(desk, found, [line], hands.now, form="txt")


def test_a_restricted_concern_goes_to_those_it_names(desk: Desk, hands: Hands) -> None:
    met(desk, hands)
    desk.do(CONCERN, RestrictConcern(names=("Ann Osei", "Di Ray"), reason="Staff"))
    found = board(desk)
    assert found.restricted
    assert sorted(line.name for line in chosen(found)) == ["Ann Osei", "Di Ray"]
    stranger = make_desk(desk.store, hands, "Tom Reid")
    with pytest.raises(Refused, match="restricted to named people"):
        board_of(stranger, CONCERN, hands.now)


def test_whoever_may_not_circulate_is_told_who_may(store: MemoryStore, desk: Desk, hands: Hands) -> None:
    refuse_unless_allowed(desk)
    met(desk, hands)
    desk.decide(
        [PersonListed(name="Ann Osei", roles=("team_manager",)), PersonListed(name="Jay", roles=("read_only",))]
    )
    with pytest.raises(Refused, match="Circulating a record is for the duty manager, chair, team manager"):
        refuse_unless_allowed(make_desk(store, hands, "Jay"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("Nobody", "Nobody of that name"), ("Lee Fox", "Several people of that name")],
)
def test_a_name_that_is_nobody_s_or_two_people_s_is_asked_about(desk: Desk, hands: Hands, name: str, said: str) -> None:
    found = met(desk, hands, person("Lee Fox"), person("Lee Fox", "education", agency="Hollin School"))
    with pytest.raises(Refused, match=said):
        chosen(found, [name])
    assert chosen(found, ["lee fox, HOLLIN school"])[0].receiving.who.agency == "Hollin School"


def test_without_a_discussion_there_is_no_board(desk: Desk) -> None:
    desk.do(CONCERN, siblings())
    with pytest.raises(Refused, match="there is no record"):
        board_of(desk, CONCERN, QUARTER_PAST)
    at_desk(desk, DiscussionAgreed(discussion=1, format="virtual", reason="x"))
    for number in (1, 7):
        with pytest.raises(Refused, match="has not begun"):
            board_of(desk, CONCERN, QUARTER_PAST, number)


# ------------------------------------------------------------------------------------------------------ what is written
def test_a_letter_names_no_child_anywhere_but_in_the_documents(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands, sign=False)
    desk.decide([MailSet(sender="duty@north.gov.uk"), LetterheadSet(name="Northshire")])
    [parcel] = parcels(desk, found, chosen(found, ["Di Ray"]), hands.now, form="txt")
    made = letter(desk, found, parcel)
    assert made.subject == "[secure] Record of strategy discussion C1, discussion 1"
    assert "It is not signed yet." in made.text
    assert (made.address, made.name, made.sender) == ("di.ray@nhs.net", "Di Ray", "duty@north.gov.uk")
    names = [one.name for one in parcel.enclosures]
    assert names == ["C1-discussion-1-child-1-record-DRAFT.txt", "C1-discussion-1-child-2-record-DRAFT.txt"]
    message = written(made._replace(enclosures=()), hands.now).as_string()
    for name in ("Amara", "Kofi", "Okoye"):
        assert name not in message
        assert not any(name in one for one in names)
        assert name.encode() in b"".join(one.data for one in parcel.enclosures)


def test_a_correction_says_that_it_takes_the_place_of_the_other(desk: Desk, hands: Hands) -> None:
    found = everybody(desk, met(desk, hands))
    at_desk(desk, RecordAddedTo(discussion=1, child=1, text="More"))
    desk.decide([MailSet(prefix="")])
    found = board(desk)
    packed = parcels(desk, found, found.outdated, hands.now, form="txt", corrected=True)
    made = letter(desk, found, packed[0])
    assert made.subject == "Corrected record of strategy discussion C1, discussion 1"
    assert "please destroy that" in made.text
    assert "not signed" not in made.text
    assert len({one.message for one in packed}) == len(packed)
    assert len({id(one.enclosures[0].data) for one in packed}) == 1


def test_the_records_are_pdf_unless_another_form_is_named(desk: Desk, hands: Hands) -> None:
    found = met(desk, hands)
    [parcel] = parcels(desk, found, chosen(found, ["Di Ray"]), hands.now)
    assert [one.media_type for one in parcel.enclosures] == ["application/pdf"] * 2
    [step] = took(desk, sent(found, parcel, hands.now, "smtp")).lines[-1:]
    assert step.name == "Di Ray"
    discussion = desk.concern(CONCERN).discussion(1)
    assert discussion is not None
    assert [one.sha256 for one in discussion.circulation[0].enclosed] == [one.sha256 for one in parcel.enclosures]


def test_drafts_are_files_and_recorded_once_written(desk: Desk, hands: Hands, tmp_path: Path) -> None:
    found = met(desk, hands)
    packed = parcels(desk, found, chosen(found, ["Di Ray", "PC Hale"]), hands.now, form="txt")
    done = write_drafts(desk, found, packed, tmp_path)
    assert [line.name for _, line in done] == ["Di Ray", "PC Hale"]
    assert all(place.name.startswith("C1-discussion-1-email-") for place, _ in done)
    assert states(board(desk))["Di Ray"] == "drafted"
    with pytest.raises(NotWritten, match="is there already"):
        write_drafts(desk, found, packed[:1], tmp_path)
    assert write_drafts(desk, found, packed[:1], tmp_path, replace=True)[0][0] == done[0][0]


def test_somebody_says_that_it_arrived_however_it_went(desk: Desk, hands: Hands) -> None:
    found = everybody(desk, met(desk, hands), names=["Di Ray"])
    ray = line_named(found, "Di Ray")
    assert got_by_hand(found, ray, hands.now).message == ray.messages[-1]
    found = took(desk, by_hand(found, line_named(found, "PC Hale"), hands.now, "on paper"))
    event = got_by_hand(found, line_named(found, "PC Hale"), hands.now)
    assert (event.got, event.message) == ("by hand", "")
    assert states(took(desk, event))["PC Hale"] == "received"


def test_the_working_day_runs_until_the_last_of_them_has_it(desk: Desk, hands: Hands) -> None:
    hands.now = QUARTER_PAST
    desk.decide([PolicyAdopted(pack="seven-minute-briefing", from_day=QUARTER_PAST.date() - timedelta(days=9))])

    def owed() -> tuple[str, bool]:
        lines = obligations_of(desk, CONCERN, hands.now).lines
        [line] = [line for line in lines if line.rule == "seven-minute-briefing/circulate"]
        assert line.place == "circulate"
        return line.standing, line.late

    found = everybody(desk, met(desk, hands), names=SIX[:-1])
    assert owed() == ("owed", False)
    hands.on(days=3)
    assert owed() == ("owed", False)
    hands.on(hours=6)  # past the Monday after that Friday
    assert owed() == ("owed", True)
    everybody(desk, found, names=SIX[-1:])
    assert owed() == ("met", True)
