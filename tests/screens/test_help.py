"""Help: what can be done here, searched and run."""

from __future__ import annotations

from textual.widgets import OptionList

from duty_tui.screens.help import HelpScreen
from duty_tui.screens.views import ViewsDialog
from tests.pilot import screen_text, until
from tests.screens.conftest import Office, said


async def test_help_begins_with_the_list_and_goes_outward(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work(size=(100, 50)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        shown = screen_text(pilot.app)
        places = [
            shown.index(words) for words in ("Every open concern", "In the list", "Queue", "This concern", "Everywhere")
        ]
        assert places == sorted(places)
        assert "Scroll" not in shown


async def test_what_is_found_is_run_with_enter(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("question_mark", *"unow")
        assert "Views" in screen_text(pilot.app)
        assert "New concern" not in screen_text(pilot.app)
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, ViewsDialog))


async def test_what_cannot_be_done_now_says_why(office: Office) -> None:
    async with office.at_work(size=(120, 40)) as pilot:
        await pilot.press("question_mark", *"owner")
        assert "not now: No concern is selected" in screen_text(pilot.app)
        listed = pilot.app.screen.query_one(OptionList)
        while listed.highlighted_option is not None and listed.highlighted_option.id != "concern.owner":
            await pilot.press("down")
        assert "give it back to nobody. Not now: No concern" in screen_text(pilot.app)
        await pilot.press("enter")
        await until(lambda: "No concern is selected" in said(pilot))


async def test_arrows_go_through_it_and_escape_goes_back(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("question_mark", "down", "up", "enter")
        assert "That key acts where the cursor was" in screen_text(pilot.app)
        await pilot.press(*"zzzz", "enter")
        assert "Nothing found." in screen_text(pilot.app)
        await pilot.press("escape")
        assert len(pilot.app.screen_stack) == 1


async def test_a_click_runs_too(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("question_mark", *"unow")
        await pilot.click(OptionList, offset=(4, 1))
        await until(lambda: isinstance(pilot.app.screen, ViewsDialog))


async def test_help_of_a_dialogue(office: Office) -> None:
    async with office.at_work() as pilot:
        await pilot.press("v", "question_mark")
        assert "Choose which concerns are shown." in screen_text(pilot.app)
        await pilot.press("escape", "escape")
        assert len(pilot.app.screen_stack) == 1
