"""The queue: what stands where, what each key does, and what happens under the hand when others record."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from textual.widgets import Static

from duty_tui.desk.session import Changes
from duty_tui.domain.commands import AddNote, AnswerQuestions, ChangeOwner, CloseConcern
from duty_tui.errors import Refused, Unavailable, Waits
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.intake import IntakeScreen
from duty_tui.screens.owner import OwnerDialog
from duty_tui.screens.queue_peek import Peek
from duty_tui.screens.stale import StaleLine
from duty_tui.screens.views import ViewsDialog
from duty_tui.screens.why import WhyScreen
from duty_tui.screens.write import UndoDialog
from duty_tui.store.rows import Draft
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Watcher
from duty_tui.widgets.footer import KeyHints
from duty_tui.widgets.statusline import StatusLine
from duty_tui.widgets.title_bar import TitleBar
from tests.pilot import screen_text, until, widget_text
from tests.screens.conftest import ME, Office, names, queue_of, said


async def test_the_screen_as_it_stands(office: Office) -> None:
    office.family("Okafor", owner=ME)
    office.hands.on(minutes=1)
    office.family("O'Neill [was Jay]")
    office.hands.on(hours=7)
    async with office.at_work(practice=True) as pilot:
        shown = screen_text(pilot.app).splitlines()
    assert shown[0] == " DUTY  PRACTICE  Sat 21 Nov 01:06  ALL  2 open           OVERDUE 2   UNOWNED 1"
    assert shown[2:5] == [
        "▌1△   LATE 1h 6m Okafor             7y   A bruise seen on the ar… TRIAGE  AO",
        " 1△   LATE 1h 6m O'Neill [was Jay]  7y   A bruise seen on the ar… NEW     none",
        "",
    ]
    assert shown[-5:] == [
        "",
        " NEXT  Hold the strategy discussion; 2 questions decide whether this time holds",
        " Okafor  7y  1△ same day   LATE 1h 6m   was due by the end of yesterday · Disc…",
        " C1 · A bruise seen on the arm. · from School · owner Ann Osei",
        " n new  ↵ open  W why  o owner  / filter  v views  c call  e escalate  ? help",
    ]


async def test_a_tall_terminal_tells_more_once_the_hand_rests(office: Office) -> None:
    office.family("Okafor", owner=ME)
    async with office.at_work(size=(120, 40)) as pilot:
        peek = queue_of(pilot).query_one(Peek)
        await until(lambda: any("Owner is now Ann Osei" in line for line in widget_text(peek)))
        lines = widget_text(peek)
        assert lines[3] == " Okafor: Okafor, Amara 7y"
        assert lines[4].startswith(" ASK   ")
        assert len(lines) == 8


async def test_an_empty_queue_says_so_and_its_keys_say_why_not(office: Office) -> None:
    async with office.at_work() as pilot:
        assert "Nothing is waiting here." in screen_text(pilot.app)
        for key in ("o", "W", "u", "y"):
            await pilot.press(key)
            assert said(pilot) == "✗ No concern is selected: choose one with the arrow keys first."
        await pilot.press("enter")
        assert len(pilot.app.screen_stack) == 1


async def test_taking_it_on_takes_two_keys_and_is_said_once_it_is_recorded(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await pilot.press("o", "1")
        await until(lambda: "recorded" in said(pilot))
        assert said(pilot) == "✓ C1 owner: Ann Osei · recorded 18:05:00"
        await until(lambda: queue_of(pilot).selected and queue_of(pilot).selected.owner == "AO")  # type: ignore[union-attr]
    assert office.other.concern(concern).owner == ME


async def test_the_owner_is_changed_on_the_concern_of_the_keypress(office: Office) -> None:
    first = office.family("Okafor")
    office.hands.on(minutes=1)
    second = office.family("Byrne")
    async with office.at_work() as pilot:
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, OwnerDialog)
        assert "Who owns C1 Okafor?" in screen_text(pilot.app)
        office.other.do(first, CloseConcern(reason="Not for us"))
        await until(lambda: names(pilot) == ["Byrne"])
        await pilot.press("1")
        await until(lambda: said(pilot).startswith("✓ C1 owner"))
    assert office.other.concern(second).owner is None


async def test_a_name_is_typed_or_chosen_or_nobody(office: Office) -> None:
    concern = office.family("Okafor", owner="Clare Dunne")
    async with office.at_work() as pilot:
        await pilot.press("o", "t", *"Ed", "space", *"Frost", "enter")
        await until(lambda: "Ed Frost" in said(pilot))
        assert office.other.concern(concern).owner == "Ed Frost"
        await until(lambda: queue_of(pilot).selected and queue_of(pilot).selected.owner == "EF")  # type: ignore[union-attr]
        await pilot.press("o", "down", "enter")
        await until(lambda: "owner: nobody" in said(pilot))
        await pilot.press("o", "t", "enter")
        await pilot.pause()
        assert "Type a name first" in screen_text(pilot.app)
        await pilot.press("escape")
        assert len(pilot.app.screen_stack) == 1
    assert office.other.concern(concern).owner is None


async def test_somebody_was_quicker(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await pilot.press("o")
        office.other.do(concern, ChangeOwner(owner="Ben Adeyemi"))
        await pilot.press("1")
        await until(lambda: "Ben Adeyemi recorded about the same before you" in screen_text(pilot.app))
        await pilot.press("3")
        await until(lambda: isinstance(pilot.app.screen, OwnerDialog))  # what was to be done stays there
    assert office.other.concern(concern).owner == "Ben Adeyemi"


async def test_what_others_record_appears_and_the_cursor_stays_on_its_concern(office: Office) -> None:
    office.family("Okafor")
    office.hands.on(minutes=1)
    office.family("Byrne")
    async with office.at_work() as pilot:
        await pilot.press("down")
        office.hands.on(minutes=-30)
        earlier = office.family("Aziz")
        await until(lambda: "Aziz" in names(pilot))
        selected = queue_of(pilot).selected
        assert selected is not None
        assert selected.name == "Byrne"
        assert names(pilot) == ["Aziz", "Okafor", "Byrne"]
        office.other.do(selected.id, ChangeOwner(owner="Ben Adeyemi"))
        await until(lambda: said(pilot) == "· Ben Adeyemi recorded on C2")
        office.other.do(earlier, CloseConcern(reason="Not for us"))
        await until(lambda: "Aziz" not in names(pilot))


async def test_the_selected_concern_is_closed_elsewhere(office: Office) -> None:
    first = office.family("Okafor")
    office.family("Byrne")
    async with office.at_work() as pilot:
        office.other.do(first, CloseConcern(reason="Not for us"))
        await until(lambda: names(pilot) == ["Byrne"])
        await pilot.pause()
        assert queue_of(pilot).selected is None
        assert said(pilot) == "· C1 is closed. Nothing is selected; ↓ selects again."
        assert widget_text(queue_of(pilot).query_one(Peek))[0] == " Nothing is selected."


async def test_the_selected_concern_leaves_the_view(office: Office) -> None:
    first = office.family("Okafor")
    office.family("Byrne")
    async with office.at_work() as pilot:
        await pilot.press("v", "u")
        office.other.do(first, ChangeOwner(owner="Ben Adeyemi"))
        await until(lambda: names(pilot) == ["Byrne"])
        await pilot.pause()
        assert said(pilot) == "· C1 is no longer in UNOWNED. Nothing is selected; ↓ selects again."


async def test_lines_do_not_move_under_the_hand(office: Office) -> None:
    office.family("Okafor")
    office.hands.on(minutes=1)
    second = office.family("Byrne")
    async with office.at_work() as pilot:
        await pilot.press("down", "up")
        row = office.store.row(second)
        assert row is not None
        due = int(office.hands.now.timestamp()) + 60
        queue_of(pilot).on_changes(Changes((row._replace(due=due, rank=1),)))
        await pilot.pause()
        assert names(pilot) == ["Okafor", "Byrne"]
        assert said(pilot) == "· 1 moved; shown in place as soon as your hand rests"
        office.hands.on(seconds=4)
        queue_of(pilot).tick(office.hands.now)
        assert names(pilot) == ["Byrne", "Okafor"]


async def test_views_by_digit_and_letter(office: Office) -> None:
    office.family("Okafor", owner=ME)
    office.hands.on(minutes=1)
    office.family("Byrne")
    async with office.at_work() as pilot:
        await pilot.press("v")
        assert isinstance(pilot.app.screen, ViewsDialog)
        await pilot.press("2")
        assert names(pilot) == ["Okafor"]
        assert " MINE " in widget_text(queue_of(pilot).query_one(TitleBar))[0]
        for key, shown in (("u", ["Byrne"]), ("t", ["Okafor", "Byrne"]), ("5", []), ("a", ["Okafor", "Byrne"])):
            await pilot.press("v", key)
            assert names(pilot) == shown, key
        await pilot.press("v", "o", "escape")
        assert names(pilot) == ["Okafor", "Byrne"], "Escape goes back to all"


async def test_the_other_screens_are_one_key_away(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        for key, screen in (("enter", ConcernScreen), ("W", WhyScreen), ("n", IntakeScreen)):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, screen), key
            office.other.do(concern, AddNote(text="Rang the school."))
            office.hands.on(seconds=1)
            await pilot.press("escape")
            await until(lambda: len(pilot.app.screen_stack) == 1)


async def test_families_together(office: Office) -> None:
    for family in ("Okafor", "Byrne", "Okafor", "Aziz"):
        office.family(family)
        office.hands.on(minutes=1)
    async with office.at_work() as pilot:
        await pilot.press("v", "g")
        assert names(pilot) == [
            "Okafor · 2 concerns",
            "Okafor",
            "Okafor",
            "One concern each, from Byrne",
            "Byrne",
            "Aziz",
        ]
        assert "ALL by family" in widget_text(queue_of(pilot).query_one(TitleBar))[0]
        await pilot.press("v", "g")
        assert names(pilot) == ["Okafor", "Byrne", "Okafor", "Aziz"]
        await pilot.press("v", "escape")
        assert names(pilot) == ["Okafor", "Byrne", "Okafor", "Aziz"]


async def test_the_filter_works_as_one_types(office: Office) -> None:
    office.family("Okafor")
    office.family("Ní Bhriain")
    async with office.at_work() as pilot:
        screen = queue_of(pilot)
        await pilot.press("slash", *"bhri")
        assert names(pilot) == ["Ní Bhriain"]
        assert str(screen.query_one("#count", Static).render()) == "1 of 2"
        assert screen.selected is not None
        assert screen.selected.name == "Ní Bhriain"
        await pilot.press("enter", "v", "escape")
        assert names(pilot) == ["Ní Bhriain"]
        await pilot.press("escape")
        assert names(pilot) == ["Okafor", "Ní Bhriain"]
        assert screen.selected.name == "Ní Bhriain"
        await pilot.press("slash", "enter")
        assert not screen.filter.has_class("-open")
        await pilot.press("escape")
        assert said(pilot) == "· This is the queue; q leaves the program."


async def test_escape_is_hinted_at_only_while_it_has_something_to_clear(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        footer = queue_of(pilot).query_one(KeyHints)
        await until(lambda: "n new" in widget_text(footer)[0])
        assert "Esc" not in widget_text(footer)[0]
        for keys in (("v", "2"), ("slash",), ("slash", "o", "enter")):
            await pilot.press(*keys)
            await until(lambda: "Esc clear" in widget_text(footer)[0])
            assert len(widget_text(footer)[0]) <= 80
            while queue_of(pilot).narrowed:
                await pilot.press("escape")
            await until(lambda: "Esc" not in widget_text(footer)[0])


async def test_the_footer_of_every_screen_fits_and_keeps_help(office: Office) -> None:
    office.family("Okafor")
    for size in ((72, 20), (80, 24), (120, 40)):
        async with office.at_work(size=size) as pilot:
            for keys in ((), ("enter",), ("W",), ("n",)):
                await pilot.press(*keys)
                footer = pilot.app.screen.query_one(KeyHints)
                await pilot.pause()
                assert len(widget_text(footer)[0]) <= size[0]
                assert widget_text(footer)[0].endswith(" help")
                if keys:
                    await pilot.press("escape")
                    await until(lambda: len(pilot.app.screen_stack) == 1)


async def test_undo_asks_names_it_and_takes_it_back(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await pilot.press("u")
        await until(lambda: "✗" in said(pilot))
        assert said(pilot) == "✗ You have no entry on C1 that could be undone."
        await pilot.press("o", "1")
        await until(lambda: "recorded" in said(pilot) and pilot.app.screen is queue_of(pilot))
        await pilot.press("u")
        await until(lambda: isinstance(pilot.app.screen, UndoDialog))
        await pilot.pause()
        assert "Owner is now Ann Osei" in screen_text(pilot.app)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, UndoDialog), "Enter alone does not say yes"
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is queue_of(pilot))
        assert office.other.concern(concern).owner == ME
        await pilot.press("u")
        await until(lambda: isinstance(pilot.app.screen, UndoDialog) and pilot.app.screen.focused)
        await pilot.press(*"ours", "ctrl+s")
        await until(lambda: "C1 undone" in said(pilot))
    undone = office.other.concern(concern)
    assert undone.owner is None
    assert undone.history[-1].event.reason == "ours"  # type: ignore[union-attr]


async def test_a_clean_line_is_copied(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        await pilot.press("y")
        assert pilot.app.clipboard == (
            "C1 · Okafor 7y · 1△ same day · Discussion due by the end of today (5h 55m) · A bruise seen on the arm."
            " · from School · NEW · nobody owns it"
        )


async def test_time_makes_late_and_turns_the_day(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        screen = queue_of(pilot)
        office.hands.on(hours=6)
        screen.tick(office.hands.now)
        await pilot.pause()
        assert "LATE 5m" in screen_text(pilot.app)
        assert "Sat 21 Nov 00:05" in screen_text(pilot.app)
        assert "OVERDUE 1" in screen_text(pilot.app)


async def test_a_feed_in_trouble_is_said_until_it_is_well_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.family("Okafor")
    had, away = SqliteStore.watcher, [True]

    def watcher(store: SqliteStore) -> Watcher:
        if away:
            raise Unavailable("The record is out of reach.")
        return had(store)

    monkeypatch.setattr(SqliteStore, "watcher", watcher)
    async with office.at_work() as pilot:
        await until(lambda: "as of 18:05, not updating: The record is out of reach." in screen_text(pilot.app))
        await pilot.press("down")
        assert queue_of(pilot).query_one(StaleLine).display
        away.clear()
        await until(lambda: not queue_of(pilot).query_one(StaleLine).display)


async def test_a_feed_that_fails_as_nobody_foresaw_is_said_kept_once_and_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.family("Okafor")
    had, failures = SqliteStore.watcher, [ValueError("Amara"), ValueError("Amara")]
    gate = threading.Event()

    def watcher(store: SqliteStore) -> Watcher:
        if failures:
            raise failures.pop()
        gate.wait(10)
        return had(store)

    monkeypatch.setattr(SqliteStore, "watcher", watcher)
    async with office.at_work() as pilot:
        await until(lambda: not failures and "Something went wrong in duty-tui itself" in screen_text(pilot.app))
        assert "Amara" not in screen_text(pilot.app)
        assert len(list((office.folder / "incidents").iterdir())) == 1
        gate.set()
        await until(lambda: not queue_of(pilot).query_one(StaleLine).display)
        assert pilot.app.return_code is None


async def test_everything_is_read_again_when_the_rules_change(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        before = queue_of(pilot).board
        queue_of(pilot).on_changes(Changes(everything=True))
        await until(lambda: queue_of(pilot).board is not before)
        assert names(pilot) == ["Okafor"]


async def test_leaving(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("q")
        await until(lambda: pilot.app.return_code is not None)
        assert pilot.app.return_code == 0


async def test_leaving_with_something_unfinished_takes_a_second_key(office: Office) -> None:
    office.store.save_draft(Draft("d1", "intake", None, ME, "here", office.hands.now, {}))
    async with office.at_work() as pilot:
        await until(lambda: said(pilot) == "· 1 unfinished entry is kept as a draft: n takes up 1")
        await pilot.press("q")
        await until(lambda: said(pilot))
        assert said(pilot) == "· 1 unfinished entry is kept as a draft: n takes up 1. q once more leaves."
        assert pilot.app.return_code is None
        await pilot.press("q")
        await until(lambda: pilot.app.return_code == 0)


def away(*_: object, **__: object) -> None:
    raise Unavailable("The server does not answer.")


async def test_leaving_while_the_record_is_away_counts_what_is_kept_here_and_not_what_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    concern = office.family("Okafor")
    desk = office.desk()
    assert desk.outbox is not None
    desk.outbox.save_draft(Draft("d1", "intake", None, ME, "here", office.hands.now, {}))
    desk.store.save_draft(Draft("d2", "note", concern, ME, "here", office.hands.now, {}))
    with monkeypatch.context() as cut:
        cut.setattr(SqliteStore, "append", away)
        with pytest.raises(Waits):
            desk.do(concern, AddNote(text="Rang."), draft="d2")
    desk.store.close()
    monkeypatch.setattr(SqliteStore, "append", away)
    async with office.at_work() as pilot:
        await until(lambda: said(pilot) == "· 1 unfinished entry is kept as a draft: n takes up 1")
        monkeypatch.setattr(SqliteStore, "drafts", away)
        await pilot.press("q")
        await until(lambda: said(pilot).endswith("n takes up 1. q once more leaves."), seconds=9)
        await pilot.press("q")
        await until(lambda: pilot.app.return_code == 0)


async def test_leaving_is_possible_where_nobody_can_say_what_is_unfinished(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.at_work() as pilot:
        await queue_of(pilot).session.ask(lambda desk: setattr(desk, "outbox", None))
        monkeypatch.setattr(SqliteStore, "drafts", away)
        await pilot.press("q")
        await until(lambda: pilot.app.return_code == 0, seconds=9)


async def test_a_record_that_cannot_be_opened_ends_with_its_reason(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise Refused("There is no desk here.")

    monkeypatch.setattr(office, "desk", refuse)
    async with office.starting() as pilot:
        await until(lambda: pilot.app.return_code)
        assert pilot.app.return_code == 1


async def test_an_act_that_cannot_be_recorded_says_not_recorded(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:

        def full(*_: object, **__: object) -> None:
            raise Unavailable("The disk is full.")

        monkeypatch.setattr("duty_tui.store.store.Store.append", full)
        await pilot.press("o", "1")
        await until(lambda: "✗" in screen_text(pilot.app))
        words = pilot.app.screen.query_one(StatusLine).words
        cannot = "It cannot wait on this machine: others must see at once whose it is."
        assert words.startswith(f"✗ The disk is full. Your entry is NOT recorded. {cannot} Your text is kept;")
        await until(lambda: "NOT recorded." in screen_text(pilot.app))


async def test_hostile_names_break_nothing(office: Office) -> None:
    for name in ("[/]", "[bold]x", "\x1b]0;owned\x07Nasty", "\u202eevil", "x" * 300, "李, 小龙"):
        office.family(name)
    for size in ((80, 24), (120, 40)):
        async with office.at_work(size=size) as pilot:
            for _ in range(6):
                await pilot.press("down")
            await pilot.press("o")
            await pilot.pause()
            await pilot.press("escape", "v", "g")
            shown = screen_text(pilot.app)
            assert "[/]" in shown
            assert "\x1b" not in shown
            assert all(len(line) <= size[0] for line in shown.splitlines())


async def test_a_window_too_small_says_so_and_gives_back_what_was(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        await pilot.press("slash", *"oka")
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "This window is too small." in screen_text(pilot.app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert queue_of(pilot).filter.words == "oka"
        assert len(pilot.app.screen_stack) == 1


async def test_a_paste_is_not_a_string_of_commands(office: Office, real_idle: None) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        for key in "nou":
            pilot.app.simulate_key(key)
        await until(lambda: "faster than a hand types" in said(pilot))
        assert len(pilot.app.screen_stack) == 1


async def test_minutes_pass_without_a_change_of_order(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        office.hands.now += timedelta(hours=5, minutes=40)
        queue_of(pilot).tick(office.hands.now)
        await pilot.pause()
        assert "< 1h 1" in widget_text(queue_of(pilot).query_one(TitleBar))[0]


async def test_questions_that_wait_for_a_judgement_are_counted_in_the_bar(office: Office) -> None:
    cause = {"reasonable_cause": "yes", "serious_risk_of_harm": "yes"}
    concern = office.family("Okafor", answers=cause)
    office.hands.on(hours=7)  # the day is over, and the limit of the same day missed
    async with office.at_work() as pilot:
        await until(lambda: "ASKED 1" in screen_text(pilot.app).splitlines()[0])
        judged = AnswerQuestions(answers={"unlikely_within_limit": "no"}, reason="Police confirmed by telephone")
        office.other.do(concern, judged)
        await until(lambda: "ASKED" not in screen_text(pilot.app).splitlines()[0])


async def test_time_alone_brings_a_question(office: Office) -> None:
    office.family("Okafor", answers={"reasonable_cause": "yes", "serious_risk_of_harm": "yes"})
    async with office.at_work() as pilot:
        queue = queue_of(pilot)
        await until(lambda: queue._asked._until is not None)
        assert "ASKED" not in screen_text(pilot.app)
        office.hands.on(hours=7)
        queue.tick(office.hands.now)
        await until(lambda: "ASKED 1" in screen_text(pilot.app).splitlines()[0])
