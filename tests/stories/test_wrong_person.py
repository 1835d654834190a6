"""An allegation against a colleague, restricted to two people, and the colleague who walks from list to list."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot
from textual.screen import Screen

from duty_tui.cli import escalations, handover, obligations
from duty_tui.cli.root import root
from duty_tui.domain.commands import CloseConcern
from duty_tui.domain.restriction_commands import RestrictConcern
from duty_tui.domain.service import ClosureAdded
from duty_tui.errors import Refused
from duty_tui.screens.actions import ActionsScreen
from duty_tui.screens.escalations import EscalationsScreen
from duty_tui.screens.handover import HandoverScreen
from duty_tui.screens.moved import MovedScreen
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.screens.statistics import StatisticsScreen
from duty_tui.screens.wall import WallScreen
from tests.desk.escalated import PLAIN
from tests.pilot import fast_pilot, screen_text, until
from tests.screens.at_a_desk import ME, shown
from tests.screens.conftest import Office, hands, office
from tests.stories.owed_day import OwedDay

__all__ = ["fast_pilot", "hands", "office"]

#: Every word of the concern holds it; nobody else's does.
MARK = "zq"
BEN, JO = "Ben Adeyemi", "Zqjo Park"
#: The list a key opens from the queue, what it says once it was read, and whether the marked words stand there for
#: those who are named.
LISTS: dict[str, tuple[type[Screen[Any]], Callable[[Any], object]]] = {
    "Z": (ObligationsScreen, lambda screen: screen.chosen),
    "E": (EscalationsScreen, lambda screen: screen.is_mounted and not list(screen.workers)),
    "H": (HandoverScreen, lambda screen: screen.sheet),
    "A": (ActionsScreen, lambda screen: screen.is_mounted and not list(screen.workers)),
    "M": (MovedScreen, lambda screen: screen.chosen),
    "T": (StatisticsScreen, lambda screen: screen.found),
}
NAMELESS = frozenset("T")


def allegation(office: Office, *named: str) -> OwedDay:
    """One concern with something on every list, restricted to `named`; another that anybody may see."""
    office.hands.now -= timedelta(days=9)
    other, day = OwedDay(office.other, office.hands), OwedDay(office.other, office.hands)
    other.referral("Tom Byrne", source="School", what="Tired.", reasonable_cause="no")
    day.goes_to("need_to_know", "Zqmarsh", "Zqhead")
    cause: dict[str, Any] = {**PLAIN, "allegation_against_staff": "yes"}
    day.referral("Zqamara Zqokoye", source="Zqschool", what="Zqpushed by a member of staff.", **cause)
    day.desk.decide([ClosureAdded(day=date(2026, 11, 12), name="Staff day")])
    day.hands.on(days=3)
    words: dict[str, Any] = {"prevents": "Zqno officer", "safety": "Zqgrandmother", "asked": "Zqchair"}
    day.escalates("Need to Know", **words)
    day.begins(chair="Zqchair")
    day.here("Zqhale", "police", agency="Zqforce")
    day.decided(section_47="Zqbruise")
    day.action("Zqvisit", "Zqhale", "tomorrow 10:00", agency="Zqforce")
    day.ends(further=True)
    day.hands.on(days=6)
    if named:
        day.desk.do(day.id, RestrictConcern(names=named, reason="Zqcolleague"))
    return day


@asynccontextmanager
async def walking(office: Office, key: str) -> AsyncIterator[tuple[Pilot[int], str]]:
    """Me on the list a key opens, with what stands on it, all of it unrolled as far as the screen goes."""
    kind, read = LISTS[key]
    async with office.at_work(size=(120, 60)) as pilot:
        await pilot.press(key)
        await until(lambda: isinstance(pilot.app.screen, kind) and read(pilot.app.screen))
        await pilot.pause()
        await until(lambda: not list(pilot.app.workers) or key == "T")
        yield pilot, screen_text(pilot.app).casefold()


@pytest.mark.parametrize("key", LISTS)
async def test_no_list_says_a_word_of_it_to_somebody_not_named(key: str, office: Office) -> None:
    day = allegation(office, BEN, JO)
    async with walking(office, key) as (pilot, text):
        assert MARK not in text
        seen = ""
        for _ in range(12):
            await pilot.press("down")
            seen += screen_text(pilot.app).casefold()
        assert MARK not in seen
    assert not [item for item in office.other._read(day.id).history if item.stamp.actor == ME]


@pytest.mark.parametrize("key", LISTS)
async def test_and_everything_to_somebody_who_is(key: str, office: Office) -> None:
    """What the test above looks for is there: it would be found."""
    allegation(office, BEN, ME)
    async with walking(office, key) as (_, text):
        assert (MARK in text) == (key not in NAMELESS)


async def test_a_list_that_is_open_loses_it_when_it_is_restricted(office: Office) -> None:
    for key in ("Z", "E", "H"):
        day = allegation(office)
        async with walking(office, key) as (pilot, text):
            assert MARK in text
            day.desk.do(day.id, RestrictConcern(names=(BEN, JO), reason="Zqcolleague"))
            await until(lambda pilot=pilot: MARK not in screen_text(pilot.app).casefold())  # type: ignore[misc]
        day.desk.do(day.id, CloseConcern(reason="Next"))


def test_what_the_desk_itself_would_answer_is_refused_with_whom_to_ask(office: Office) -> None:
    day = allegation(office, BEN, JO)
    day.sits_down(ME)
    for ask in (lambda: day.asked, lambda: day.called_for, lambda: day.escalation, lambda: day.line("Discussion")):
        with pytest.raises(Refused, match="restricted to named people") as refused:
            ask()
        assert MARK not in str(refused.value).casefold()
        assert BEN in str(refused.value)


def test_nor_does_a_command_print_a_word_of_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    day = allegation(office, BEN, JO)
    printed = {name: list(_print(monkeypatch, day, name)) for name in (BEN, ME)}
    for theirs, mine in zip(printed[BEN], printed[ME], strict=True):
        assert MARK in theirs.casefold()
        assert MARK not in mine.casefold()


def _print(monkeypatch: pytest.MonkeyPatch, day: OwedDay, name: str) -> Iterator[str]:
    day.sits_down(name)
    for module in (obligations, escalations, handover):
        monkeypatch.setattr(module, "desk_of", lambda _: day.desk)
    at = f"{day.hands.now:%Y-%m-%dT%H:%M}"
    for command in ("obligations", "escalations", "handover"):
        ended = CliRunner().invoke(root, [command, "--json", "--at", at], catch_exceptions=False)
        assert json.loads(ended.stdout) is not None
        yield ended.stdout


async def test_the_wall_shows_a_number_whoever_started_it(office: Office) -> None:
    def before(desk: Any) -> None:
        day = OwedDay(desk, desk.clock)
        day.referral("Zqamara Zqokoye", source="Zqschool", what="Zqpushed.", allegation_against_staff="yes")
        desk.do(day.id, RestrictConcern(names=(ME, JO), reason="Zqcolleague"))

    async with shown(WallScreen, before=before) as bench:
        await bench.read_out("C1")
        assert MARK not in bench.text.casefold()
        assert "Z.Z." not in bench.text, "not even the initials"
        assert "RESTRICTED" in bench.text
