"""The way of a record: who had which version of it when, what came back, and what cannot be said of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.circulation import Enclosed, Passing, Receiver, had_at, had_version, noted_address, passings_to
from duty_tui.domain.circulation_commands import Circulate
from duty_tui.domain.circulation_events import (
    KINDS,
    AddressNoted,
    Attached,
    CirculationEvent,
    RecordDrafted,
    RecordReceived,
    RecordSent,
    SendRefused,
    Whom,
)
from duty_tui.domain.commands import Withdraw
from duty_tui.domain.concern import Concern
from duty_tui.domain.history import read_event, write_event
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.errors import Refused
from tests.builders import a_concern, do
from tests.discussions import QUARTER_PAST, discussion, ended, held, siblings, signed

DI = Whom(name="Di Ray", agency="NHS Trust", contact="di.ray@nhs.net", ids=("entry-3",))
HALE = Whom(name="PC Hale", agency="Police")
LATER = QUARTER_PAST + timedelta(hours=1)
SHA = "a" * 64


def sent(to: Whom = DI, *children: int, **known: Any) -> RecordSent:
    told = {"to": to, "at": LATER, "children": children or (1, 2, 3), "version": 9, "route": "smtp", "message": "<m@x>"}
    return RecordSent(**{"discussion": 1, **told, **known})


def drafted(to: Whom = DI, *children: int, **known: Any) -> RecordDrafted:
    told = {"to": to, "at": LATER, "children": children or (1, 2, 3), "version": 9, "message": "<m@x>"}
    return RecordDrafted(**{"discussion": 1, **told, **known})


def got(to: Whom = DI, **known: Any) -> RecordReceived:
    return RecordReceived(**{"discussion": 1, "to": to, "at": LATER, "got": "read", **known})


def bounced(to: Whom = DI, **known: Any) -> SendRefused:
    return SendRefused(**{"discussion": 1, "to": to, "at": LATER, "why": "550 no such box", **known})


def after(*events: CirculationEvent, concern: Concern | None = None) -> Concern:
    """The discussion's concern after these steps, a minute apart."""
    concern = concern or held()
    for minute, event in enumerate(events):
        later = event.model_copy(update={"at": event.at + timedelta(minutes=minute)})
        concern = do(concern, Circulate(each=(later,)), at=LATER + timedelta(hours=1))
    return concern


def steps(concern: Concern, who: Whom = DI) -> list[Passing]:
    return passings_to(discussion(concern).circulation, who.receiver)


def refusal(event: CirculationEvent, concern: Concern | None = None) -> str:
    with pytest.raises(Refused) as refused:
        do(concern or held(), Circulate(each=(event,)), at=LATER + timedelta(hours=1))
    return refused.value.what


def test_everything_about_a_step_is_kept() -> None:
    concern = after(sent(DI, 1, documents=(Attached(name="C1.pdf", sha256=SHA),), corrected=False))
    [step] = steps(concern)
    assert step == Passing(
        step.id, "sent", DI.receiver, (1,), LATER, "ola", "smtp", "", (Enclosed("C1.pdf", SHA),), "<m@x>", 9
    )
    assert discussion(concern).circulation == (step,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Receiver("Di Ray", "NHS"), Receiver("DI RÁY", "nhs"), True),
        (Receiver("Di Ray", "NHS"), Receiver("Di Ray", "Police"), False),
        (Receiver("Di Ray", "NHS", "", ("a",)), Receiver("Diana Ray", "NHS Trust", "", ("a", "b")), True),
        (Receiver("Di Ray", "NHS", "", ("a",)), Receiver("Jo Webb", "NHS", "", ("b",)), False),
    ],
)
def test_a_person_is_known_by_the_entry_that_named_them_or_by_name_and_agency(
    one: Receiver, other: Receiver, same: bool
) -> None:
    assert one.is_same(other) is other.is_same(one) is same


def test_somebody_has_a_record_from_the_first_time_it_was_sent_to_them() -> None:
    concern = after(sent(DI, 1), sent(DI, 1, 2), sent(HALE, 3))
    assert [had_at(steps(concern), child) for child in (1, 2, 3)] == [LATER, LATER + timedelta(minutes=1), None]


def test_a_draft_is_not_sent_until_somebody_says_so_or_a_receipt_shows_it() -> None:
    concern = after(drafted(DI, 1, 2))
    assert (had_at(steps(concern), 1), had_version(steps(concern), 1)) == (None, None)
    read = after(got(at=LATER + timedelta(minutes=5)), concern=concern)
    assert had_at(steps(read), 2) == LATER + timedelta(minutes=5)
    assert had_version(steps(read), 2) == 9
    assert (had_at(steps(read), 3), had_version(steps(read), 3)) == (None, None)
    said = after(sent(DI, 1, 2, route="draft"), concern=concern)
    assert had_at(steps(said), 1) == LATER


def test_what_came_back_was_never_had_and_what_goes_out_again_is() -> None:
    concern = after(sent(), bounced(message="<m@x>"))
    assert (had_at(steps(concern), 1), had_version(steps(concern), 1)) == (None, None)
    assert had_at(steps(after(sent(at=LATER + timedelta(hours=1)), concern=concern)), 1) == LATER + timedelta(hours=1)


def test_what_was_not_taken_takes_nothing_away_that_somebody_has() -> None:
    assert had_at(steps(after(sent(), bounced())), 1) == LATER
    assert had_at(steps(after(bounced(), sent())), 1) == LATER + timedelta(minutes=1)


def test_the_version_somebody_has_is_the_last_that_arrived() -> None:
    concern = after(sent(DI, 1, version=9), drafted(DI, 1, version=12))
    assert had_version(steps(concern), 1) == 9
    assert had_version(steps(after(got(), concern=concern)), 1) == 12
    assert had_version(steps(after(sent(DI, 1, version=12, route="draft"), got(), concern=concern)), 1) == 12


@given(st.permutations([sent(DI, 1), sent(DI, 2), sent(HALE, 1), bounced(HALE), drafted(HALE, 3)]))
def test_the_steps_of_one_person_say_nothing_of_another(events: list[CirculationEvent]) -> None:
    concern = after(*events)
    alone = after(*(event for event in events if event.to == DI))
    assert [had_version(steps(concern), child) for child in (1, 2, 3)] == [9, 9, None]
    assert [had_version(steps(alone), child) for child in (1, 2, 3)] == [9, 9, None]
    assert had_at(steps(concern, HALE), 3) is None


def test_it_can_be_said_of_signed_records_too() -> None:
    concern = signed(held(), 1, 2, 3)
    assert len(steps(after(sent(at=LATER + timedelta(minutes=1)), concern=concern))) == 1


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (sent(at=LATER + timedelta(days=1)), "That time is in the future."),
        (sent(at=QUARTER_PAST - timedelta(minutes=1)), "That is before the discussion began."),
        (sent(DI, 9), "There is no child 9 on this concern."),
        (sent(route="by hand"), "It is not said how they got it."),
        (sent(corrected=True), "They never had the earlier version."),
        (got(), "Nothing was sent to them that they could have received."),
        (sent(discussion=4), "There is no such discussion."),
        (sent(discussion=2), "That discussion has not begun, so it has no record."),
    ],
)
def test_what_cannot_be_so_is_refused(event: CirculationEvent, said: str) -> None:
    assert refusal(event) == said


def test_a_child_the_discussion_was_not_about_has_no_record_of_it() -> None:
    assert refusal(sent(DI, 3), held(children=(1, 2))) == "That child has no record of this discussion."


def test_a_correction_goes_to_whoever_had_the_old_one() -> None:
    concern = after(sent(DI, 1), sent(DI, 1, version=12, corrected=True))
    assert had_version(steps(concern), 1) == 12
    assert refusal(sent(HALE, 1, corrected=True), concern) == "They never had the earlier version."


def test_the_same_receipt_is_recorded_once() -> None:
    concern = after(sent(), got(message="<m@x>"))
    assert refusal(got(message="<m@x>"), concern) == "That receipt is recorded already."
    assert len(steps(after(got(message="<m@x>", got="delivered"), got(), got(), concern=concern))) == 5
    back = after(sent(), bounced(message="<m@x>"))
    assert refusal(bounced(message="<m@x>"), back) == "That receipt is recorded already."
    assert len(steps(after(sent(), bounced(message="<m@x>"), bounced(), concern=back))) == 5


def test_a_restricted_concern_goes_to_nobody_it_does_not_name() -> None:
    concern = do(held(), RestrictConcern(names=("ola", "di ray"), reason="Staff"), at=LATER)
    assert len(steps(after(sent(), drafted(), concern=concern))) == 2
    for event in (sent(HALE), drafted(HALE)):
        assert "is not among those named" in refusal(event, concern)
    assert len(steps(after(bounced(HALE), concern=concern), HALE)) == 1


def test_what_went_through_the_relay_is_not_undone_and_a_slip_of_the_pen_is() -> None:
    smtp, hand = after(sent()), after(sent(route="by hand", how="on paper"))
    with pytest.raises(Refused, match="cannot be called back"):
        do(smtp, Withdraw(entry=steps(smtp)[0].id, reason="x"), at=LATER)
    assert steps(do(hand, Withdraw(entry=steps(hand)[0].id, reason="x"), at=LATER)) == []


@pytest.mark.parametrize("contact", ["", "0161 496 0000", "di at nhs", "a@x.uk, b@x.uk"])
def test_an_address_is_noted_at_any_time_and_only_where_it_is_one(contact: str) -> None:
    def noted(address: str) -> AddressNoted:
        return AddressNoted(discussion=1, to=DI.model_copy(update={"contact": address}), at=LATER)

    with pytest.raises(Refused, match="no email address a message can be sent to"):
        after(noted(contact))
    concern = after(noted("a@x.uk"), sent(), noted("b@x.uk"))
    passed = discussion(concern).circulation
    assert noted_address(passed, DI.receiver) == "b@x.uk"
    assert noted_address(passed, HALE.receiver) == ""
    assert [one.what for one in passings_to(passed, DI.receiver)] == ["sent"]


def test_two_people_at_once_say_the_same_of_the_same_person_only() -> None:
    assert sent().same(sent(DI, 1, route="draft"))
    assert not sent().same(sent(HALE))
    assert not sent().same(drafted())
    assert not sent().same(sent(discussion=2))
    assert not sent().same(ended())
    assert got().same(got())
    assert not got().same(got(got="delivered"))
    assert not got().same(sent())
    assert sent().about() == "record sent"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (sent(), "Record of children 1, 2 and 3 sent to Di Ray by email through the service's relay, Fri 20 Nov 2026"),
        (sent(DI, 1, route="draft", corrected=True), "Corrected record of child 1 sent to Di Ray by email, "),
        (sent(DI, 1, route="by hand", how="on paper"), "Record of child 1 sent to Di Ray by hand, Fri 20 Nov"),
        (drafted(DI, 1), "Record of child 1: email to Di Ray drafted"),
        (bounced(), "Record not taken for Di Ray: 550 no such box"),
        (
            AddressNoted(discussion=1, to=DI.model_copy(update={"contact": "d@x.uk"}), at=LATER),
            "Address of Di Ray: d@x.uk",
        ),
        (got(), "Record read by Di Ray, Fri 20 Nov 2026 19:15"),
        (got(got="delivered"), "Record delivered to Di Ray, "),
        (got(got="by hand"), "Record received by hand by Di Ray, "),
    ],
)
def test_each_says_itself_and_is_read_back(event: CirculationEvent, words: str) -> None:
    assert event.words().startswith(words)
    assert KINDS[event.kind] is type(event)
    assert read_event(event.kind, write_event(event)) == event


def test_a_discussion_of_which_nothing_went_keeps_nothing() -> None:
    assert discussion(held()).circulation == ()
    assert a_concern(raised=siblings()).discussions == ()
