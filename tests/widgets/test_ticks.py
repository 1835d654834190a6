"""Several answers at once: digits tick, arrows and Space too, a click as well."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from duty_tui.widgets.safe_app import SafeApp
from duty_tui.widgets.ticks import KEYS, Ticks, numbered
from tests.pilot import fast_pilot, widget_text

__all__ = ["fast_pilot"]


class Host(SafeApp[None]):
    """Nothing but the boxes."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.ticks: Ticks[int] = Ticks("For", numbered((at, name) for at, name in enumerate(names, 1)), id="for")
        self.told: list[tuple[int, ...]] = []

    def compose(self) -> ComposeResult:
        yield self.ticks

    def on_mount(self) -> None:
        self.ticks.focus()

    def on_ticks_changed(self, event: Ticks.Changed) -> None:
        assert event.control is self.ticks
        self.told.append(self.ticks.values)


async def test_a_digit_ticks_and_unticks() -> None:
    async with Host(["Amara", "Kofi"]).run_test(size=(60, 8)) as pilot:
        host = pilot.app
        assert isinstance(host, Host)
        await pilot.press("2", "1", "2")
        assert host.told == [(2,), (1, 2), (1,)]
        assert widget_text(host.ticks)[0].endswith("■ 1 Amara  □ 2 Kofi")


async def test_0_ticks_all_and_then_none() -> None:
    async with Host(["Amara", "Kofi"]).run_test() as pilot:
        host = pilot.app
        assert isinstance(host, Host)
        await pilot.press("0", "0")
        assert host.told == [(1, 2), ()]


async def test_arrows_and_space_do_the_same_and_stop_at_the_ends() -> None:
    async with Host(["Amara", "Kofi"]).run_test() as pilot:
        host = pilot.app
        assert isinstance(host, Host)
        await pilot.press("right", "right", "right", "space", "left", "left", "space", "backspace", "delete")
        assert host.told == [(2,), (1, 2), ()]


async def test_a_click_ticks_the_box_it_is_on() -> None:
    async with Host(["Amara", "Kofi"]).run_test(size=(60, 8)) as pilot:
        host = pilot.app
        assert isinstance(host, Host)
        line = widget_text(host.ticks)[0]
        await pilot.click(Ticks, offset=(line.index("Kofi"), 0))
        await pilot.click(Ticks, offset=(1, 0))
        assert host.told == [(2,)]


async def test_what_does_not_fit_on_a_line_stands_one_below_the_other() -> None:
    async with Host(["A decision with many words", "Another decision with many words"]).run_test(size=(50, 8)) as pilot:
        host = pilot.app
        assert isinstance(host, Host)
        shown = widget_text(host.ticks)
        assert [line.strip(" ▌█").strip() for line in shown if line.strip()][1:] == [
            "□ 1 A decision with many words",
            "□ 2 Another decision with many words",
        ]
        assert host.ticks.size.height == 3


async def test_values_are_shown_without_a_message_and_nothing_to_tick_is_no_harm() -> None:
    async with Host(["Amara", "[/] Kofi"]).run_test() as pilot:
        host = pilot.app
        assert isinstance(host, Host)
        host.ticks.tick([2])
        await pilot.press("x")
        assert host.ticks.values == (2,)
        assert host.told == []
        assert "[/] Kofi" in widget_text(host.ticks)[0]
    async with Host([]).run_test() as pilot:
        empty = pilot.app
        assert isinstance(empty, Host)
        assert empty.ticks.values == ()


def test_the_keys_go_on_through_the_letters() -> None:
    options = numbered((at, str(at)) for at in range(50))
    assert len(options) == len(KEYS)
    assert options[9].key == "a"
