"""Keys that somebody's roles do not allow say so, before a form is opened and after one was filled in."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import duty_tui.screens
from duty_tui.app import DutyApp
from duty_tui.desk.desk import Desk
from duty_tui.desk.service_defaults import service_defaults
from duty_tui.domain.service_people import PersonListed
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.decision_form import DecisionForm
from duty_tui.screens.decisions import DecisionsScreen
from duty_tui.screens.queue import QueueScreen
from duty_tui.screens.takes import TAKES
from duty_tui.widgets.command import Command
from tests.pilot import fast_pilot, until
from tests.screens.at_a_desk import ME
from tests.screens.conftest import Office
from tests.screens.discussion_bench import at, form, of, quorate, status

__all__ = ["fast_pilot"]

BOSS = "Bo Lind"
DECIDING = "Deciding for a child is for the chair, team manager or senior manager; you are here as business support."
LISTED = [PersonListed(name=BOSS, roles=("duty_manager", "chair"))]


def here_as(*roles: str) -> list[PersonListed]:
    """Me in these roles, and somebody who may change them."""
    return [*LISTED, PersonListed(name=ME, roles=roles)]


def ids_of(of: type[Command[Any, Any]]) -> set[str]:
    """The ids of every command there is."""
    return {of.id}.union(*(ids_of(sub) for sub in of.__subclasses__()))


def test_only_commands_there_are_take_acts_there_are() -> None:
    for module in iter_modules(duty_tui.screens.__path__):
        import_module(f"duty_tui.screens.{module.name}")
    assert set(TAKES) <= ids_of(Command)
    assert set(TAKES.values()) <= set(service_defaults().act)


async def test_business_support_is_told_whose_decisions_are_and_sees_them_all_the_same() -> None:
    def support(desk: Desk) -> None:
        quorate(desk)
        desk.decide(here_as("business_support"))

    async with at(DecisionsScreen, support) as bench:
        await bench.app.read_permission()
        await bench.press("p")
        await until(lambda: DECIDING in status(bench))
        assert isinstance(bench.app.screen, DecisionsScreen)
        assert of(bench.desk).decisions == ()
        await bench.press("D")
        await form(bench)


async def test_a_role_taken_away_while_the_form_was_filled_in_loses_no_text() -> None:
    def chair(desk: Desk) -> None:
        quorate(desk)
        desk.decide(here_as("chair"))

    async with at(DecisionsScreen, chair) as bench:
        await bench.press("p")
        top = await form(bench)
        assert isinstance(top, DecisionForm)
        await bench.press("1", "tab")
        await bench.type("A bruise the shape of a belt.")
        bench.other(BOSS).decide(here_as("business_support"))
        await bench.press("ctrl+s")
        await until(lambda: DECIDING in status(bench))
        assert bench.app.screen is top
        await bench.read_out("A bruise the shape of a belt.")
        assert of(bench.desk).decisions == ()
        assert "NOT recorded" in status(bench)


async def test_the_queue_says_whose_it_is_from_the_first_rows_on_and_hears_of_a_role_given_later(
    office: Office,
) -> None:
    office.family("Okafor")
    office.other.decide([PersonListed(name=office.other.actor, roles=("duty_manager",))])
    async with office.at_work() as pilot:
        app = pilot.app
        assert isinstance(app, DutyApp)
        await until(lambda: "record" in app.not_theirs)
        await pilot.press("n")
        queue = app.screen
        assert isinstance(queue, QueueScreen)
        await until(lambda: "you are not in the list of people here and may only look" in queue.status.words)
        assert queue.why_not("concern.owner") == app.not_theirs["record"]
        assert queue.why_not("concern.why") is None
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, ConcernScreen) and app.screen.concern is not None)
        office.other.decide([PersonListed(name=ME, roles=("social_worker",))])
        await until(lambda: "record" not in app.not_theirs)
        assert app.screen.why_not("concern.note") is None  # type: ignore[attr-defined]  # the concern's screen
        assert "close" in app.not_theirs


async def test_a_service_that_lists_nobody_forbids_nothing(office: Office) -> None:
    office.family("Okafor")
    async with office.at_work() as pilot:
        app = pilot.app
        assert isinstance(app, DutyApp)
        await app.read_permission()
        assert app.not_theirs == {}
