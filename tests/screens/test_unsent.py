"""While the record is away: how old the queue is, what is NOT RECORDED, the list of what waits, and its return."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from duty_tui.desk.desk import Desk
from duty_tui.desk.restricting import why_restrict
from duty_tui.desk.session import Changes, DeskSession
from duty_tui.domain.commands import AddNote, AnswerQuestions, Command
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_events import DiscussionStarted, LineNoted
from duty_tui.errors import Unavailable, Waits
from duty_tui.screens.call import CallScreen
from duty_tui.screens.intake import IntakeScreen
from duty_tui.screens.queue_unsent import _AGAIN
from duty_tui.screens.stale import StaleLine
from duty_tui.screens.unsent import UnsentScreen
from duty_tui.store.outbox import Outbox
from duty_tui.store.sqlite import SqliteStore
from tests.builders import raise_concern
from tests.pilot import screen_text, until
from tests.screens.conftest import KEY, ME, Office, queue_of, said

#: Answered yes it points at somebody who works here.
POINTS_HERE = "allegation_against_staff"
QUESTION = "child_could_be_harmed_by_delay"


def session_of(pilot: Pilot[int]) -> DeskSession:
    return queue_of(pilot).session


async def out_of_reach(office: Office, pilot: Pilot[int]) -> None:
    """The record goes away, and the queue has heard of it."""
    office.goes_away()
    await until(lambda: queue_of(pilot).query_one(StaleLine).is_stale)


async def waits(pilot: Pilot[int], concern: str, command: Command, seen: int | None = None) -> None:
    """Something is done that waits."""

    def do(desk: Desk) -> None:
        with pytest.raises(Waits):
            desk.do(concern, command, seen_version=seen)

    await session_of(pilot).ask(do)
    queue_of(pilot).host.entry_waits()


async def reads(pilot: Pilot[int], *words: str) -> None:
    """Wait until all of it stands on the screen."""
    await until(lambda: all(part in screen_text(pilot.app) for part in words))


def answer(value: str) -> AnswerQuestions:
    return AnswerQuestions.model_validate({"answers": {QUESTION: value}})


async def test_the_queue_says_how_old_what_it_shows_is(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        await out_of_reach(office, pilot)
        await reads(pilot, "as of 18:05, not updating:")
        assert "Your entry" not in screen_text(pilot.app)
        for passed, words in ((timedelta(minutes=12), "as of 18:05, 12m old"), (timedelta(hours=3), "3h 12m old")):
            office.hands.now += passed
            queue_of(pilot).tick(office.hands.now)
            await reads(pilot, words)
        office.comes_back()
        await until(lambda: not queue_of(pilot).query_one(StaleLine).display)


async def test_what_waits_is_counted_and_its_rows_are_marked_and_all_goes_when_it_is_recorded(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await out_of_reach(office, pilot)
        await waits(pilot, concern, AddNote(text="Rang the school."))
        await waits(pilot, "new-1", raise_concern(family="Lund", received=office.hands.now))
        await reads(pilot, "NOT RECORDED 2", "NOT RECORDED A bruise", "UNSENT", "Lund")
        marks = {row.name: row.mark for row in queue_of(pilot).list.rows}  # type: ignore[union-attr]  # no group lines
        assert marks == {"Okafor": "!", "Lund": "!"}
        assert queue_of(pilot).status.words == "" or "NOT" in said(pilot)
        office.comes_back()
        await until(lambda: "2 entries typed while the record was away · recorded" in said(pilot))
        await until(lambda: "NOT RECORDED" not in screen_text(pilot.app))
        await until(lambda: "C2" in {row.reference for row in queue_of(pilot).list.rows})  # type: ignore[union-attr]
        assert [row.mark for row in queue_of(pilot).list.rows] == ["", ""]  # type: ignore[union-attr]
        assert [entry.kind for entry in office.store.stream(concern)][-1] == "note-added"


async def test_what_waits_stays_marked_when_everything_is_read_again(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SqliteStore, "append", _locked)
            await waits(pilot, "new-1", raise_concern(family="Lund", received=office.hands.now))
            await reads(pilot, "UNSENT")
            queue_of(pilot).on_changes(Changes(everything=True))
            await session_of(pilot).ask(lambda desk: desk.actor)
            await pilot.pause()
            await reads(pilot, "UNSENT", "Okafor")


async def test_no_act_falls_on_a_concern_that_is_not_recorded_and_enter_shows_that_it_waits(office: Office) -> None:
    async with office.at_work() as pilot:
        await out_of_reach(office, pilot)
        await waits(pilot, "new-1", raise_concern(family="Lund", received=office.hands.now))
        await reads(pilot, "UNSENT")
        await pilot.press("down")
        queue_of(pilot).list.select("new-1")
        assert queue_of(pilot).pointed is not None
        assert queue_of(pilot).selected is None
        queue_of(pilot).open_concern()
        await until(lambda: isinstance(pilot.app.screen, UnsentScreen))


async def test_a_new_concern_that_is_taken_back_leaves_the_queue(office: Office) -> None:
    async with office.at_work() as pilot:
        await out_of_reach(office, pilot)
        await waits(pilot, "new-1", raise_concern(family="Lund", received=office.hands.now))
        await reads(pilot, "UNSENT")
        await pilot.press("N")
        await reads(pilot, "1 on this machine", "Concern raised (telephone)", "waits to be sent")
        await pilot.press("x")
        await reads(pilot, "Take this entry back?", "cannot be brought back")
        await pilot.press("ctrl+d")
        await reads(pilot, "Taken back", "Nothing waits")
        await pilot.press("escape")
        await until(lambda: "Lund" not in screen_text(pilot.app))
        assert "NOT RECORDED" not in screen_text(pilot.app)
        office.comes_back()


async def test_what_is_left_from_an_earlier_start_is_sent_without_being_asked(office: Office) -> None:
    concern = office.family("Okafor")
    desk = office.desk()
    office.goes_away()
    with pytest.raises(Waits):
        desk.do(concern, AddNote(text="before the crash"))
    office.comes_back()
    desk.store.close()
    async with office.at_work() as pilot:
        await until(lambda: queue_of(pilot).unsent.shown.lines)
        queue_of(pilot).tick(office.hands.now)
        await until(lambda: "1 entry typed while the record was away · recorded" in said(pilot))


async def test_what_cannot_be_sent_is_tried_again_and_not_at_every_second(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(SqliteStore, "append", _locked)
            await waits(pilot, concern, AddNote(text="x"))
            await until(lambda: queue_of(pilot).unsent.shown.lines)
            tried: list[object] = []
            patch.setattr(queue_of(pilot).unsent, "send", lambda: tried.append(1))
            queue_of(pilot).unsent._tried = office.hands.now
            queue_of(pilot).tick(office.hands.now + _AGAIN - timedelta(seconds=1))
            assert tried == []
            queue_of(pilot).tick(office.hands.now + _AGAIN)
            assert tried == [1]
        queue_of(pilot).tick(office.hands.now + 2 * _AGAIN)
        await until(lambda: "recorded" in said(pilot))


def _locked(*_: object, **__: object) -> None:
    raise Unavailable("Another program kept the database locked for too long.")


async def conflict(office: Office, pilot: Pilot[int]) -> str:
    """Mine says yes, the other meanwhile no; a note waits behind. The record is back, and it is asked about."""
    concern = office.family("Okafor")
    await until(lambda: queue_of(pilot).list.rows)
    await out_of_reach(office, pilot)
    await waits(pilot, concern, answer("yes"), seen=1)
    await waits(pilot, concern, AddNote(text="said later"))
    office.comes_back()
    office.other.do(concern, answer("no"))
    return concern


async def test_a_concern_that_should_be_restricted_is_asked_about_once_it_is_recorded_and_not_into_other_text(
    office: Office,
) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await pilot.press("enter")
        await reads(pilot, "NEXT STEP")
        office.goes_away()
        await waits(pilot, concern, AnswerQuestions.model_validate({"answers": {POINTS_HERE: "yes"}}))
        await pilot.press("m", *"Rang")
        await reads(pilot, "kept on this machine", "NOT RECORDED 1")
        office.comes_back()
        await until(lambda: len(office.store.stream(concern)) == 2)
        queue_of(pilot).tick(office.hands.now)
        await until(lambda: "1 entry typed" in said(pilot))
        assert "Restrict this concern?" not in screen_text(pilot.app)
        await pilot.press("escape")
        await until(lambda: len(pilot.app.screen_stack) == 2)
        await pilot.press("escape")
        await reads(pilot, "Restrict this concern?")


def points_here(value: str) -> AnswerQuestions:
    return AnswerQuestions.model_validate({"answers": {POINTS_HERE: value}})


async def kept_back(office: Office, pilot: Pilot[int], seen: int | None = None) -> str:
    """An answer that points at somebody who works here waits, and the queue does not try by itself to send it."""
    concern = office.family("Okafor")
    await until(lambda: queue_of(pilot).list.rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteStore, "append", _locked)
        await waits(pilot, concern, points_here("yes"), seen)
        await until(lambda: queue_of(pilot).unsent.shown.lines)
        queue_of(pilot).unsent._tried = office.hands.now
        await session_of(pilot).ask(lambda desk: desk.actor)
    return concern


async def is_asked_at_the_queue_alone(pilot: Pilot[int]) -> None:
    assert "Restrict this concern?" not in screen_text(pilot.app)
    await pilot.press("escape")
    await until(lambda: "Restrict this concern?" in screen_text(pilot.app))


async def test_what_is_sent_from_the_list_is_asked_about_too(office: Office) -> None:
    async with office.at_work() as pilot:
        await kept_back(office, pilot)
        await pilot.press("N")
        await reads(pilot, "1 on this machine")
        await pilot.press("s")
        await reads(pilot, "1 recorded", "Nothing waits")
        await is_asked_at_the_queue_alone(pilot)


async def test_what_is_sent_anyway_is_asked_about_too(office: Office) -> None:
    async with office.at_work() as pilot:
        concern = await kept_back(office, pilot, 1)
        office.other.do(concern, points_here("no"))
        queue_of(pilot).unsent.send()
        await until(lambda: "1 entry NOT recorded" in said(pilot))
        await pilot.press("N")
        await reads(pilot, "for you to decide on")
        await pilot.press("enter")
        await reads(pilot, "Recorded by others meanwhile:")
        await pilot.press("1")
        await reads(pilot, "1 recorded", "Nothing waits")
        await is_asked_at_the_queue_alone(pilot)


async def test_a_form_that_is_opened_while_it_is_looked_whether_to_ask_is_not_asked_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, may_go_on = threading.Event(), threading.Event()

    def slow(desk: Desk, concern: Concern, since: int) -> str | None:
        looks.set()
        may_go_on.wait()
        return why_restrict(desk, concern, since)

    async with office.at_work() as pilot:
        await kept_back(office, pilot)
        monkeypatch.setattr("duty_tui.screens.restrict.why_restrict", slow)
        queue_of(pilot).unsent.send()
        await until(looks.is_set)
        await pilot.press("n")
        await until(lambda: isinstance(pilot.app.screen, IntakeScreen))
        may_go_on.set()
        await until(lambda: queue_of(pilot).host.to_restrict, seconds=9)
        await pilot.pause()
        assert isinstance(pilot.app.screen, IntakeScreen)
        await is_asked_at_the_queue_alone(pilot)


async def test_a_question_that_cannot_be_asked_while_the_record_is_away_is_asked_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.at_work() as pilot:
        await kept_back(office, pilot)
        with monkeypatch.context() as patch:
            patch.setattr("duty_tui.screens.restrict.why_restrict", _locked)
            queue_of(pilot).unsent.send()
            await until(lambda: "1 entry typed" in said(pilot))
            await until(lambda: queue_of(pilot).host.to_restrict)
            assert "Restrict this concern?" not in screen_text(pilot.app)
        queue_of(pilot).tick(office.hands.now)
        await reads(pilot, "Restrict this concern?")


async def test_a_conflict_is_asked_about_beside_what_the_other_recorded(office: Office) -> None:
    async with office.at_work() as pilot:
        concern = await conflict(office, pilot)
        await until(lambda: "1 entry NOT recorded: Ben Adeyemi recorded this" in said(pilot))
        await pilot.press("N")
        await reads(pilot, "2 on this machine, 1 for you to decide on", "waits behind an earlier one")
        await pilot.press("enter")
        await reads(pilot, "Yours, typed", "Recorded by others meanwhile:", "18:05 Ben Adeyemi: Answered")
        assert "Change it" not in screen_text(pilot.app), "it has no form"
        await pilot.press("1")
        await reads(pilot, "2 recorded", "Nothing waits")
        assert [entry.actor for entry in office.store.stream(concern)][-2:] == [ME, ME]


async def test_a_conflict_can_be_taken_back_and_what_waited_behind_it_goes_on(office: Office) -> None:
    async with office.at_work() as pilot:
        concern = await conflict(office, pilot)
        await until(lambda: "NOT recorded" in said(pilot))
        await pilot.press("N")
        await reads(pilot, "for you to decide on")
        await pilot.press("s")
        await reads(pilot, "Nothing more can be sent")
        await pilot.press("enter")
        await reads(pilot, "Recorded by others")
        await pilot.press("3")
        await reads(pilot, "Take this entry back?")
        await pilot.press("ctrl+d")
        await reads(pilot, "1 on this machine")
        await pilot.press("s")
        await reads(pilot, "Nothing waits")
        assert office.store.stream(concern)[-1].data["text"] == "said later"


async def test_while_the_record_is_away_sending_says_so_and_looking_says_what_is_not_known(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await out_of_reach(office, pilot)
        await waits(pilot, concern, AddNote(text="x"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SqliteStore, "known_ids", _locked)
            patch.setattr(SqliteStore, "version", _locked)
            await pilot.press("N")
            await reads(pilot, "1 on this machine")
            await pilot.press("s")
            await reads(pilot, "What is listed here", "is NOT RECORDED.")
            await pilot.press("enter")
            await reads(pilot, "what others recorded meanwhile", "Send it now")
            await pilot.press("escape")
        office.comes_back()


async def test_nothing_can_be_done_to_an_entry_where_none_waits(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("N")
        await reads(pilot, "Nothing waits: all that you typed is recorded.")
        for key in ("enter", "s", "x"):
            await pilot.press(key)
            await reads(pilot, "Nothing waits here.")


async def test_an_outbox_that_cannot_be_read_is_said_once(office: Office) -> None:
    (office.folder / "mine.outbox").write_bytes(b"no database" * 1000)
    async with office.at_work() as pilot:
        await until(lambda: "cannot be opened with this key" in said(pilot))
        queue_of(pilot).status.read()
        queue_of(pilot).unsent.look()
        await pilot.press("N")
        await reads(pilot, "cannot be opened with this key")


async def test_what_was_typed_for_a_record_in_another_place_says_why_it_is_not_sent(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await out_of_reach(office, pilot)
        await waits(pilot, concern, AddNote(text="Rang the school."))
        await until(lambda: queue_of(pilot).unsent.shown.lines)
        here = Outbox(office.folder / "mine.outbox", KEY, "/there/desk.db")
        here.bring_here()
        here.close()
        await session_of(pilot).ask(_opens_here)
        office.comes_back()
        await until(lambda: "Nothing is sent: what waits was typed for" in said(pilot))
        await pilot.press("N")
        await reads(pilot, "1 on this machine", "NOT RECORDED: Nothing is sent", "/there/desk.db", "/here/desk.db")
        await pilot.press("s")
        await pilot.pause()
        await reads(pilot, "1 on this machine", "/there/desk.db")
        assert len(office.store.stream(concern)) == 1


def _opens_here(desk: Desk) -> None:
    assert desk.outbox
    desk.outbox.close()
    desk.outbox = Outbox(desk.outbox.path, KEY, "/here/desk.db")


async def test_a_call_that_is_opened_again_shows_the_lines_that_wait(office: Office) -> None:
    concern = office.family("Okafor")
    begun = DiscussionStarted(discussion=1, at=office.hands.now, chair=ME, format="telephone", children=(1,))
    office.other.do(concern, AtDiscussion(event=begun))
    async with office.at_work() as pilot:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SqliteStore, "append", _locked)
            await waits(pilot, concern, AtDiscussion(event=LineNoted(discussion=1, text="Police: no record.")))
            await pilot.press("c")
            await until(lambda: isinstance(pilot.app.screen, CallScreen) and pilot.app.screen.call is not None)
            await until(lambda: "NOT RECORDED: Police: no record." in screen_text(pilot.app))
            await reads(pilot, "UNSENT")


# The forms


async def test_a_note_typed_while_it_is_away_waits_and_can_be_changed(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await pilot.press("enter")
        await reads(pilot, "NEXT STEP")
        office.goes_away()
        await pilot.press("m", *"Rang")
        await reads(pilot, "kept on this machine")
        await pilot.press("ctrl+s")
        await reads(pilot, "Your entry is NOT RECORDED.", "NOT RECORDED 1")
        await until(lambda: len(pilot.app.screen_stack) == 2)
        await pilot.press("escape", "N")
        await reads(pilot, "Rang")
        await pilot.press("enter")
        await reads(pilot, "Yours, typed")
        await pilot.press("2")
        await reads(pilot, "Its text is a draft again: its form on C1 opens it.", "Nothing waits")
        office.comes_back()
        await until(lambda: not queue_of(pilot).query_one(StaleLine).is_stale)
    assert [entry.kind for entry in office.store.stream(concern)] == ["concern-raised"]


async def test_a_draft_is_kept_here_while_it_is_away_and_found_again(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        await pilot.press("enter")
        await reads(pilot, "NEXT STEP")
        office.goes_away()
        await pilot.press("m", *"Rang")
        await reads(pilot, "draft kept on this machine")
        await pilot.press("escape")
        await until(lambda: len(pilot.app.screen_stack) == 2)
        await pilot.press("m")
        await reads(pilot, "Rang", "kept")
        office.comes_back()
        await pilot.press("x")
        await reads(pilot, "draft saved")
    outbox = Outbox(office.folder / "mine.outbox", KEY)
    assert outbox.drafts() == []
    [draft] = office.store.drafts(ME)
    assert draft.body["fields"] == {"text": "Rangx"}
    outbox.close()
