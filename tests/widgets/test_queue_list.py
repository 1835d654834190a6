"""The queue: its columns, its times, its cursor, and the hand it does not run away from."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input

from duty_tui.widgets.guarded import PasteDropped
from duty_tui.widgets.queue_line import GroupLine, Line, cell_text, columns, due_text
from duty_tui.widgets.queue_list import QueueList
from duty_tui.widgets.safe_app import SafeApp
from tests.pilot import screen_text, some_turns, until, widget_text
from tests.widgets.test_queue_order import NOW, Row


class Desk(SafeApp[None]):
    """A queue over a field, and everything the queue says."""

    def __init__(self, rows: list[Line]) -> None:
        super().__init__()
        self.first = rows
        self.said: list[Message] = []
        self.keys: list[str] = []

    def compose(self) -> ComposeResult:
        yield QueueList()
        yield Input()

    def on_mount(self) -> None:
        self.queue.set_rows(self.first, NOW)
        self.queue.focus()

    @property
    def queue(self) -> QueueList:
        return self.query_one(QueueList)

    def on_queue_list_highlighted(self, event: QueueList.Highlighted) -> None:
        self.said.append(event)

    def on_queue_list_opened(self, event: QueueList.Opened) -> None:
        self.said.append(event)

    def on_queue_list_cursor_lost(self, event: QueueList.CursorLost) -> None:
        self.said.append(event)

    def on_queue_list_moves_pending(self, event: QueueList.MovesPending) -> None:
        self.said.append(event)

    def on_paste_dropped(self, event: PasteDropped) -> None:
        self.said.append(event)

    def on_key(self, event: Any) -> None:
        self.keys.append(event.key)

    def selected(self) -> str | None:
        row = self.queue.selected
        return None if row is None else row.id


def many(number: int) -> list[Line]:
    return [Row(str(at), name="Child " + str(at), due=NOW + 60 * at) for at in range(number)]


LATE = Row("late", "Okafor, Amara +2", NOW - 42 * 60, rank=1, symbol="1▲", stage="STRAT", mark="≈")
TICKING = Row("tick", "O'Neill [was Jay], Tomás", NOW + 412, rank=1, symbol="1△", owner=None, age="9y")
LATER = Row("later", "李, 小龙", NOW + 9780, concern="Parental mental health", provisional=True)
OPEN = Row("open", "Ní Bhriain, Zoë", None, received=NOW - 3 * 86400, rank=4, symbol="4·", source="[/] school")
SAMPLE: list[Line] = [LATE, TICKING, LATER, OPEN]


async def test_at_eighty_columns_it_reads() -> None:
    async with Desk(SAMPLE).run_test(size=(80, 10)) as pilot:
        await some_turns()
        assert screen_text(pilot.app).splitlines()[:5] == [
            "             DUE CHILD / FAMILY     AGE  CONCERN                  STAGE   OWNER",
            "▌1▲≈    LATE 42m Okafor, Amara +2   4y   Physical harm            STRAT   AB",
            " 1△         6:52 O'Neill [was Jay]… 9y   Physical harm            NEW     none",
            " 2■      ~2h 43m 李, 小龙           4y   Parental mental health   NEW     AB",
            " 4·      open 3d Ní Bhriain, Zoë    4y   Physical harm            NEW     AB",
        ]


@pytest.mark.parametrize(
    ("width", "titles"),
    [
        (80, ["DUE", "CHILD / FAMILY", "AGE", "CONCERN", "STAGE", "OWNER"]),
        (95, ["DUE", "CHILD / FAMILY", "AGE", "CONCERN", "STAGE", "OWNER"]),
        (96, ["DUE", "CHILD / FAMILY", "AGE", "CONCERN", "SOURCE", "STAGE", "OWNER"]),
        (117, ["DUE", "CHILD / FAMILY", "AGE", "CONCERN", "SOURCE", "STAGE", "OWNER"]),
        (118, ["DUE", "WHAT IS DUE", "CHILD / FAMILY", "AGE", "CONCERN", "SOURCE", "STAGE", "OWNER"]),
        (200, ["DUE", "WHAT IS DUE", "CHILD / FAMILY", "AGE", "CONCERN", "SOURCE", "STAGE", "OWNER"]),
    ],
)
def test_columns_come_with_the_width_and_fill_it(width: int, titles: list[str]) -> None:
    made = columns(width - 1, width)
    assert [column.title for column in made if column.title] == titles
    assert made[-1].x + made[-1].cells == width - 1
    assert all(len(cell_text(LATE, column)) == column.cells for column in made if column.name != "due")


def test_a_provisional_due_is_marked_where_there_is_room() -> None:
    assert due_text("2h 43m", provisional=True) == "    ~2h 43m"
    assert due_text("LATE 9d 23h", provisional=True) == "LATE 9d 23h"
    assert due_text("38m", provisional=False) == "        38m"


async def test_at_every_size_no_line_is_wider_than_the_widget() -> None:
    app = Desk(SAMPLE)
    async with app.run_test() as pilot:
        queue = app.queue
        for width in (40, 60, 80, 97, 118, 160):
            await pilot.resize_terminal(width, 12)
            await until(lambda: queue.outer_size.width == app.size.width)
            assert app.size.width == width
            for strip in queue.render_lines(queue.outer_size.region):
                assert strip.cell_length == width
            assert queue.render_line(1).cell_length == width - 1  # the last cell is the scroll bar's


async def test_late_is_red_and_the_selected_line_keeps_its_chip() -> None:
    async with Desk(SAMPLE).run_test(size=(80, 10)) as pilot:
        await some_turns()
        queue = pilot.app.query_one(QueueList)
        for y, background in ((1, "#b3261e"), (2, "#f0b000")):
            strip = queue.render_line(y)
            [due] = [segment for segment in strip if segment.text.strip() in ("LATE 42m", "6:52")]
            assert due.style is not None
            assert due.style.bgcolor is not None
            assert due.style.bgcolor.name == background


async def test_an_empty_queue_says_so() -> None:
    async with Desk([]).run_test(size=(80, 10)) as pilot:
        await pilot.press("down", "enter")
        assert "Nothing is waiting." in widget_text(pilot.app.query_one(QueueList))[2]


async def test_keys_move_the_cursor_and_enter_opens() -> None:
    app = Desk(many(100))
    async with app.run_test(size=(80, 12)) as pilot:
        assert app.selected() == "0"
        for key, there in [("down", "1"), ("j", "2"), ("k", "1"), ("up", "0"), ("up", "0"), ("end", "99"), ("G", "99"),
                           ("home", "0"), ("pagedown", "7"), ("pageup", "0"), ("g", "0")]:  # fmt: skip
            await pilot.press(key)
            assert app.selected() == there, key
        await pilot.press("down", "enter")
        opened = app.said[-1]
        assert isinstance(opened, QueueList.Opened)
        assert opened.row.id == "1"


async def test_the_cursor_is_always_on_the_screen() -> None:
    app = Desk(many(100))
    async with app.run_test(size=(80, 12)) as pilot:
        for key in ("end", "up", "pageup", "home", "pagedown", "pagedown"):
            await pilot.press(key)
            await some_turns()
            assert any(line.startswith("▌") for line in widget_text(app.queue)), key


async def test_the_cursor_stays_with_its_concern_and_on_its_line() -> None:
    app = Desk(many(100))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("end", "up", "up")
        at = [line.startswith("▌") for line in widget_text(app.queue)].index(True)
        newcomers: list[Line] = [Row("new" + str(number)) for number in range(3)]
        app.queue.set_rows([*newcomers, *many(100)], NOW + 100)
        await some_turns()
        assert app.selected() == "97"
        assert [line.startswith("▌") for line in widget_text(app.queue)].index(True) == at


async def test_when_its_concern_leaves_the_cursor_is_lost_aloud() -> None:
    app = Desk(SAMPLE)
    async with app.run_test() as pilot:
        await pilot.press("down")
        app.said.clear()
        app.queue.set_rows([LATE, LATER, OPEN], NOW)
        await some_turns()
        lost, highlighted = app.said
        assert isinstance(lost, QueueList.CursorLost)
        assert lost.id == "tick"
        assert isinstance(highlighted, QueueList.Highlighted)
        assert highlighted.row is None
        assert not any(line.startswith("▌") for line in widget_text(app.queue))
        app.said.clear()
        await pilot.press("enter")
        assert app.said == []
        await pilot.press("down")
        assert app.selected() == "later"


async def test_under_the_hand_nothing_moves_but_what_comes_shows() -> None:
    app = Desk(SAMPLE)
    async with app.run_test() as pilot:
        app.queue.tick(NOW + 60)
        await pilot.press("down")
        app.said.clear()
        new = Row("new")
        app.queue.set_rows([TICKING, new, LATE, LATER, OPEN], NOW + 61)
        await some_turns()
        assert [row.id for row in app.queue.rows if not isinstance(row, GroupLine)] == [
            "late", "tick", "new", "later", "open",
        ]  # fmt: skip
        assert app.queue.moves_pending == 1
        app.queue.tick(NOW + 62)
        assert app.queue.moves_pending == 1
        app.queue.tick(NOW + 63)
        await some_turns()
        assert app.queue.moves_pending == 0
        assert app.queue.rows[0] is TICKING
        assert app.selected() == "tick"
        assert [event.count for event in app.said if isinstance(event, QueueList.MovesPending)] == [1, 0]


async def test_once_the_hand_rests_lines_move_at_once_and_can_be_told_to() -> None:
    app = Desk(SAMPLE)
    async with app.run_test() as pilot:
        app.queue.set_rows(SAMPLE[::-1], NOW)
        assert app.queue.rows[0] is OPEN
        await pilot.press("down")
        app.queue.set_rows(SAMPLE, NOW + 1)
        assert app.queue.rows[0] is OPEN
        app.queue.apply_moves()
        app.queue.apply_moves()
        assert app.queue.rows[0] is LATE
        assert app.queue.moves_pending == 0


async def test_a_tick_repaints_only_the_times_that_read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Desk(SAMPLE)
    async with app.run_test(size=(80, 12)):
        await some_turns()
        painted: list[Any] = []
        monkeypatch.setattr(app.queue, "refresh", lambda *regions: painted.extend(regions))
        app.queue.tick(NOW)
        assert painted == []
        app.queue.tick(NOW + 1)
        assert [(region.x, region.y, region.width, region.height) for region in painted] == [
            (5, 2, 11, 1),
            (5, 3, 11, 1),
        ]


async def test_after_a_tick_the_screen_tells_the_time() -> None:
    app = Desk(SAMPLE)
    async with app.run_test(size=(80, 12)) as pilot:
        await some_turns()
        app.queue.tick(NOW + 12)
        await pilot.pause()
        assert "6:40" in widget_text(app.queue)[2]


async def test_a_line_is_selected_by_its_concern() -> None:
    app = Desk(SAMPLE)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.queue.select("open")
        assert app.selected() == "open"
        assert not app.queue.select("gone")


async def test_a_click_selects_and_a_second_opens() -> None:
    app = Desk([GroupLine("Okafor"), *SAMPLE])
    async with app.run_test() as pilot:
        await some_turns()
        app.said.clear()
        for offset in ((10, 0), (10, 1), (10, 20)):  # the titles, a heading, nothing
            await pilot.click(QueueList, offset=offset)
        assert app.said == []
        await pilot.click(QueueList, offset=(10, 3))
        assert app.selected() == "tick"
        await pilot.click(QueueList, offset=(10, 3))
        assert isinstance(app.said[-1], QueueList.Opened)


async def test_headings_are_shown_and_passed_over() -> None:
    app = Desk([GroupLine("Okafor family"), LATE, GroupLine("[/] others"), TICKING])
    async with app.run_test() as pilot:
        await some_turns()
        lines = widget_text(app.queue)
        assert lines[1] == " Okafor family"
        assert lines[3] == " [/] others"
        assert app.selected() == "late"
        await pilot.press("down")
        assert app.selected() == "tick"
        app.queue.tick(NOW + 1)


async def test_the_terminals_cursor_is_on_the_selected_line() -> None:
    app = Desk(SAMPLE)
    async with app.run_test() as pilot:
        await pilot.press("down")
        assert app.cursor_position == Offset(0, 2)
        app.query_one(Input).focus()
        await some_turns()
        app.cursor_position = Offset(0, 0)
        app.queue.select("open")
        assert app.cursor_position == Offset(0, 0)
        app.queue.focus()
        await some_turns()
        assert app.cursor_position == Offset(0, 4)


async def test_another_theme_is_worn_at_once() -> None:
    app = Desk(SAMPLE)
    async with app.run_test() as pilot:
        await some_turns()
        before = app.queue.render_line(2)
        app.theme = "duty-light"
        await pilot.pause()
        assert app.queue.render_line(2) != before


async def test_a_letter_passes_the_guard_and_a_paste_does_not(real_idle: None) -> None:
    app = Desk(SAMPLE)
    async with app.run_test() as pilot:
        await pilot.press("j")
        await until(lambda: app.selected() == "tick")
        await pilot.press("n")
        await until(lambda: "n" in app.keys)
        app.keys.clear()
        for key in (*"31mnd", "enter"):
            app.simulate_key(key)
        await until(lambda: isinstance(app.said[-1], PasteDropped))
        dropped = app.said[-1]
        assert isinstance(dropped, PasteDropped)
        assert dropped.count == 6
        assert app.keys == []
        assert app.selected() == "tick"


async def test_ten_thousand_lines_cost_what_a_screenful_costs() -> None:
    app = Desk(many(10_000))
    async with app.run_test(size=(80, 24)) as pilot:
        for _page in range(30):
            await pilot.press("pagedown")
            await pilot.pause()
        app.queue.tick(NOW + 60)
        assert app.selected() == str(30 * 19)
        assert 20 <= len(app.queue._drawn) <= 401
