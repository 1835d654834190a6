"""The record goes away in the middle of a call, a concern is taken meanwhile, and all is there once when it is back."""

from __future__ import annotations

from textual.pilot import Pilot

from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionAgreed, DiscussionStarted, PersonRecorded
from duty_tui.screens.call import CallScreen
from duty_tui.screens.intake import IntakeScreen
from duty_tui.screens.queue import QueueScreen
from duty_tui.screens.stale import StaleLine
from duty_tui.store.outbox import Outbox
from tests.desk.conftest import Hands, hands, make_desk
from tests.pilot import fast_pilot, screen_text, some_turns, until
from tests.screens.conftest import KEY, ME, Office, office, queue_of, said

__all__ = ["fast_pilot", "hands", "office"]

_NAMES = {" ": "space", "\n": "enter", "/": "slash", ".": "full_stop", ",": "comma"}


async def types(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*(_NAMES.get(letter, letter) for letter in text))
    await some_turns()


async def reads(pilot: Pilot[int], *words: str) -> None:
    await until(lambda: all(part in screen_text(pilot.app) for part in words))


def going_on(office: Office) -> str:
    """A concern with a discussion that has begun."""
    concern = office.family("Okafor")
    begun: tuple[DiscussionEvent, ...] = (
        DiscussionAgreed(discussion=1, format="telephone", reason="a bruise"),
        DiscussionStarted(discussion=1, at=office.hands.now, chair=ME, format="telephone", children=(1,)),
        PersonRecorded(
            discussion=1, name=ME, job="chair", agency="children's social care", role="sw_manager", standing="present"
        ),
    )
    office.other.do(concern, AllAtDiscussion(each=tuple(AtDiscussion(event=event) for event in begun)))
    return concern


async def test_a_call_and_a_telephone_concern_while_the_record_is_away(office: Office, hands: Hands) -> None:
    concern = going_on(office)
    async with office.at_work() as pilot:
        await pilot.press("c")
        await until(lambda: isinstance(pilot.app.screen, CallScreen) and pilot.app.screen.call is not None)
        await types(pilot, "The school saw the bruise.\n")
        await reads(pilot, "NOTE", "The school saw the bruise.", "recorded 18:05")
        # It goes in the middle of a line.
        await types(pilot, "Police: no ")
        office.goes_away()
        await types(pilot, "record of the family.")
        await reads(pilot, "kept on this machine")
        typed = hands.on(minutes=1)
        await types(pilot, "\n")
        await reads(pilot, "UNSENT", "NOT RECORDED: Police: no record of the family.", "NOT RECORDED 1")
        hands.on(minutes=1)
        await types(pilot, "/w DS Patel police\n")
        await reads(pilot, "NOT RECORDED 2")
        await types(pilot, "/a See the child, today\n")
        await reads(pilot, "NOT RECORDED 3")
        # A decision needs the record to answer first; its text stays.
        await types(pilot, "/d section 47, the bruise is unexplained\n")
        await reads(pilot, "It cannot wait on this machine")
        assert pilot.app.screen.query_one("CallEntry").value.startswith("/d section 47")  # type: ignore[attr-defined]
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, QueueScreen))
        await until(lambda: queue_of(pilot).query_one(StaleLine).is_stale)
        # A telephone concern.
        await pilot.press("n")
        await until(lambda: isinstance(pilot.app.screen, IntakeScreen))
        await types(pilot, "Ms Lund")
        await pilot.press("ctrl+down")
        await types(pilot, "Tia Lund 3/4/2021 f")
        await pilot.press("ctrl+down")
        await types(pilot, "A burn on the hand.")
        taken = hands.on(minutes=2)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(pilot.app.screen, QueueScreen))
        await reads(pilot, "NOT RECORDED 4", "UNSENT", "Tia Lund")
        # Back, half an hour later.
        hands.on(minutes=26)
        office.comes_back()
        await until(lambda: "4 entries typed while the record was away · recorded" in said(pilot))
        await until(lambda: "NOT RECORDED" not in screen_text(pilot.app))
    desk = make_desk(office.store, hands, ME)
    of_call = [item for item in desk.concern(concern).history if item.stamp.actor == ME]
    assert [item.event.kind for item in of_call if item.event] == [
        "line-noted",
        "line-noted",
        "person-recorded",
        "action-agreed",
    ]
    assert [item.stamp.sent is None for item in of_call] == [True, False, False, False]
    assert of_call[1].stamp.at == typed
    assert of_call[1].stamp.sent == hands.now
    [row] = [row for row in desk.rows() if row.family == "Tia Lund"]
    new = desk.concern(row.id)
    assert (row.number, new.raised_at, new.version) == (2, taken, 1)
    assert [draft.body["text"] for draft in office.store.drafts(ME)] == ["/d section 47, the bruise is unexplained"]
    outbox = Outbox(office.folder / "mine.outbox", KEY)
    assert outbox.is_empty
    outbox.close()
    assert office.store.verify() == office.store.head()
