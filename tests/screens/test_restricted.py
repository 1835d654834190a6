"""Restricted concerns on the screens: of somebody who is named, of somebody who is not, and while it becomes so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from duty_tui.domain.commands import AnswerQuestions
from duty_tui.domain.concern import Answer, Concern
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.restriction_commands import LiftRestriction, RestrictConcern
from duty_tui.domain.service_people import PersonListed
from duty_tui.errors import Unavailable
from duty_tui.screens.call_start import StartCall
from duty_tui.screens.concern import ConcernScreen
from duty_tui.screens.concern_ask import Ask
from duty_tui.screens.concern_parts import QUESTIONS
from duty_tui.screens.figure import FigureScreen
from duty_tui.screens.hidden import concerns_of
from duty_tui.screens.intake_keeping import Taken
from duty_tui.screens.obligations import ObligationsScreen
from duty_tui.screens.owner import OwnerDialog
from duty_tui.screens.queue import QueueScreen
from duty_tui.screens.restrict import LiftDialog, RestrictDialog, ask_to_restrict
from duty_tui.screens.too_small import TooSmall
from duty_tui.screens.why import WhyScreen
from duty_tui.screens.write import Write
from duty_tui.store.journal import new_id
from duty_tui.views.statistics import Case, Figure
from duty_tui.widgets.entry_input import NotesArea
from tests.builders import a_child, raise_concern
from tests.discussions import began, person
from tests.pilot import screen_text, some_turns, until
from tests.screens.conftest import ME, Office, names, queue_of, said

THEM = ("Ben Adeyemi", "Jo Park")
NAMED = ("Ben Adeyemi", ME)


def restrict(office: Office, concern: str, names: tuple[str, ...] = THEM) -> None:
    office.other.do(concern, RestrictConcern(names=names, reason="A colleague is named"))


def recorded(office: Office, concern: str) -> Concern:
    """As it stands, read past the gate: reading it must not itself be a look."""
    return office.other._read(concern)


def looks(office: Office, concern: str) -> list[str]:
    return [
        item.stamp.actor for item in recorded(office, concern).history if item.event and "Viewed" in item.event.words()
    ]


async def opened(pilot: Pilot[int]) -> ConcernScreen:
    await pilot.press("enter")
    await until(lambda: isinstance(pilot.app.screen, ConcernScreen) and pilot.app.screen.concern)
    screen = pilot.app.screen
    assert isinstance(screen, ConcernScreen)
    return screen


async def standing(pilot: Pilot[int], kind: type[Screen[Any]]) -> None:
    """Wait for a dialogue that can take keys."""
    await until(lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.focused is not None)
    await some_turns()


def text(pilot: Pilot[int]) -> str:
    return screen_text(pilot.app)


async def test_somebody_not_named_sees_its_number_and_whom_to_ask(office: Office) -> None:
    hidden = office.family("Okafor", owner="Jo Park", what="Zqwhat", source="Zqsource")
    office.hands.on(minutes=1)
    office.family("Byrne")
    restrict(office, hidden)
    async with office.at_work(size=(120, 40)) as pilot:
        assert names(pilot) == ["Byrne", "C1 RESTRICTED"]
        await pilot.press("end")
        await until(lambda: "Enter says whom to ask" in text(pilot))
        assert queue_of(pilot).selected is None
        for key in ("enter", "W", "o", "u", "y", "c", "d", "a", "e", "z"):
            queue_of(pilot).status.say("")
            await pilot.press(key)
            await until(lambda: "restricted to named people" in said(pilot))
            assert "ask Ben Adeyemi" in said(pilot)
            assert isinstance(pilot.app.screen, QueueScreen), key
        for word in ("okafor", "park", "zqwhat", "zqsource"):
            assert word not in text(pilot).casefold()
        line = next(row for row in text(pilot).splitlines() if "C1 RESTRICTED" in row)
        assert line.replace("▌", "").split() == ["C1", "RESTRICTED"]
    assert looks(office, hidden) == []


async def test_a_filter_for_the_childs_name_does_not_find_it(office: Office) -> None:
    hidden = office.family("Okafor")
    office.family("Byrne")
    restrict(office, hidden)
    async with office.at_work() as pilot:
        await pilot.press("slash", *"okafor")
        await until(lambda: names(pilot) == [])
        await until(lambda: "0 of 2" in text(pilot))


async def test_to_those_named_it_stands_in_its_place_with_a_mark_and_resting_on_it_is_no_look(office: Office) -> None:
    hidden = office.family("Okafor")
    office.hands.on(minutes=1)
    office.family("Byrne")
    restrict(office, hidden, NAMED)
    async with office.at_work(size=(120, 40)) as pilot:
        assert names(pilot) == ["Okafor", "Byrne"]
        assert text(pilot).splitlines()[2].split()[0] == "▌1△R"
        queue_of(pilot)._rested()
        await some_turns()
        assert looks(office, hidden) == []
        screen = await opened(pilot)
        await until(lambda: "CONCERN C1 RESTRICTED" in text(pilot))
        assert "Seen by Ben Adeyemi, Ann Osei alone." in text(pilot)
        assert looks(office, hidden) == [ME]
        screen.reload()
        await until(lambda: "Viewed while restricted" in str(screen.concern and screen.concern.timeline[-1].words))
        await pilot.press("escape", "enter")
        await some_turns()
        assert looks(office, hidden) == [ME], "once a sitting"


async def test_it_closes_before_whoever_is_not_named_and_their_text_stays_a_draft(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await opened(pilot)
        await pilot.press("m")
        await standing(pilot, Write)
        await pilot.press(*"seen")
        restrict(office, concern)
        await until(lambda: isinstance(pilot.app.screen, QueueScreen))
        await until(lambda: "C1 is restricted to named people" in said(pilot))
        assert said(pilot).endswith("What you had typed is kept as a draft of yours.")
        [draft] = office.store.drafts(ME)
        assert draft.body["fields"] == {"text": "seen"}
        assert "Okafor" not in text(pilot)
        assert names(pilot) == ["C1 RESTRICTED"]


async def test_a_text_that_cannot_be_kept_is_said_to_be_lost(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        screen = await opened(pilot)

        def refuse() -> None:
            raise Unavailable("The disk is full.")

        screen.keep_draft = refuse  # type: ignore[method-assign]
        restrict(office, concern)
        await until(lambda: "could NOT be kept: The disk is full." in said(pilot))
        assert isinstance(pilot.app.screen, QueueScreen)


async def test_other_screens_stay_when_a_concern_is_restricted(office: Office) -> None:
    concern = office.family("Okafor")
    office.hands.on(minutes=-9)
    office.family("Byrne")
    async with office.at_work() as pilot:
        await opened(pilot)
        restrict(office, concern)
        await until(lambda: "C1 RESTRICTED" in [getattr(row, "name", "") for row in queue_of(pilot).list.rows])
        assert isinstance(pilot.app.screen, ConcernScreen)
        assert "Byrne" in text(pilot)


async def test_it_is_restricted_with_a_reason_and_the_people_the_desk_knows(office: Office) -> None:
    concern = office.family("Okafor", owner="Jo Park")
    office.other.decide([PersonListed(name=name, roles=("team_manager",)) for name in ("Ben Adeyemi", ME, "Jo Park")])
    async with office.at_work() as pilot:
        await opened(pilot)
        await pilot.press("R")
        await standing(pilot, RestrictDialog)
        field = pilot.app.screen.query_one(Input)
        assert field.value == "Ann Osei, Jo Park, "
        await pilot.press(*"ade")
        await until(lambda: "Ben Adeyemi" in text(pilot))
        await pilot.press("enter", "enter")
        await until(lambda: field.value == "Ann Osei, Jo Park, Ben Adeyemi, ")
        await pilot.press("ctrl+s")
        await until(lambda: "A restriction needs its reason." in text(pilot))
        pilot.app.screen.query_one(NotesArea).text = "A colleague is named"
        await pilot.press("ctrl+s")
        await until(lambda: recorded(office, concern).restricted_to == (ME, "Jo Park", "Ben Adeyemi"))
        await until(lambda: isinstance(pilot.app.screen, ConcernScreen))
        await until(lambda: "CONCERN C1 RESTRICTED" in text(pilot))


async def test_what_looks_wrong_is_asked_about_before_it_is_restricted(office: Office) -> None:
    concern = office.family("Okafor", owner="Jo Park")
    async with office.at_work() as pilot:
        await opened(pilot)
        await pilot.press("R")
        await standing(pilot, RestrictDialog)
        pilot.app.screen.query_one(Input).value = ME
        pilot.app.screen.query_one(NotesArea).text = "Named"
        await pilot.press("ctrl+s")
        await standing(pilot, Ask)
        await until(lambda: "Only one person is named" in text(pilot))
        assert "! Its owner, Jo Park, is not among those named" in text(pilot)
        await pilot.press("enter", "2")
        await standing(pilot, RestrictDialog)
        assert recorded(office, concern).restricted_to is None
        await pilot.press("ctrl+s")
        await standing(pilot, Ask)
        await pilot.press("1")
        await until(lambda: recorded(office, concern).restricted_to == (ME,))


async def test_a_restriction_is_changed_and_lifted_by_the_same_key(office: Office) -> None:
    concern = office.family("Okafor")
    restrict(office, concern, NAMED)
    async with office.at_work() as pilot:
        await opened(pilot)
        await pilot.press("R")
        await standing(pilot, Ask)
        await until(lambda: "To be seen by Ben Adeyemi, Ann Osei alone." in text(pilot))
        await pilot.press("escape", "R")
        await standing(pilot, Ask)
        await pilot.press("1")
        await standing(pilot, RestrictDialog)
        assert pilot.app.screen.query_one(Input).value == "Ben Adeyemi, Ann Osei, "
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, ConcernScreen))
        await pilot.press("R")
        await standing(pilot, Ask)
        await pilot.press("2")
        await standing(pilot, LiftDialog)
        await pilot.press("ctrl+s")
        await until(lambda: "needs its reason" in text(pilot))
        pilot.app.screen.query_one(NotesArea).text = "Unfounded"
        await pilot.press("ctrl+s")
        await until(lambda: recorded(office, concern).restricted_to is None)
        await until(lambda: isinstance(pilot.app.screen, ConcernScreen) and "RESTRICTED" not in text(pilot))


async def test_somebody_who_may_not_restrict_is_told_who_may(office: Office) -> None:
    office.family("Okafor")
    office.other.decide(
        [PersonListed(name="Ben Adeyemi", roles=("team_manager",)), PersonListed(name=ME, roles=("read_only",))]
    )
    async with office.at_work() as pilot:
        await opened(pilot)
        await pilot.press("R")
        await until(lambda: "Restricting who may see a concern is for" in text(pilot))
        assert isinstance(pilot.app.screen, ConcernScreen)


async def test_an_answer_that_points_at_somebody_here_asks_at_once(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        screen = await opened(pilot)
        screen.show_part(QUESTIONS)
        screen.list.select("allegation_against_staff")
        await until(lambda: screen.list.key == "allegation_against_staff")
        await pilot.press("1")
        await standing(pilot, Ask)
        await until(lambda: "Is there an allegation against staff or volunteers? yes" in text(pilot))
        await pilot.press("2")
        await until(lambda: isinstance(pilot.app.screen, ConcernScreen))
        await until(lambda: not screen._sent)
        screen.list.select("allegation_against_staff")
        await pilot.press("1")
        await standing(pilot, Ask)
        await pilot.press("1")
        await standing(pilot, RestrictDialog)
        pilot.app.screen.query_one(Input).value = f"{ME}, Jo Park"
        pilot.app.screen.query_one(NotesArea).text = "Named"
        await pilot.press("ctrl+s")
        await until(lambda: recorded(office, concern).restricted_to == (ME, "Jo Park"))
        await until(lambda: isinstance(pilot.app.screen, ConcernScreen))
        screen.list.select("allegation_against_staff")
        version = recorded(office, concern).version
        await pilot.press("1")
        await until(lambda: recorded(office, concern).version > version and not screen._sent)
        await some_turns()
        assert isinstance(pilot.app.screen, ConcernScreen), "it is restricted already"


async def test_a_possible_duplicate_that_is_restricted_opens_nothing(office: Office) -> None:
    hidden = office.record(raise_concern(a_child(name="Amara Okafor")))
    office.hands.on(minutes=1)
    office.record(raise_concern(a_child(name="Amara Okafor"), family="Okafor", received=office.hands.now))
    restrict(office, hidden)
    async with office.at_work() as pilot:
        screen = await opened(pilot)
        await until(lambda: "A restricted concern (ask Ben Adeyemi)" in text(pilot))
        screen.list.select("duplicate:")
        await pilot.press("enter")
        await until(lambda: "That concern is restricted to named people." in text(pilot))
        assert pilot.app.screen is screen


async def test_the_call_says_that_it_is_restricted(office: Office) -> None:
    concern = office.family("Okafor")
    office.hands.on(hours=1)
    for event in (began((1,), at=office.hands.now - timedelta(minutes=5)), person("PC Hale")):
        office.other.do(concern, AtDiscussion(event=event))
    restrict(office, concern, NAMED)
    async with office.at_work() as pilot:
        await pilot.press("c")
        await until(lambda: "CALL C1 RESTRICTED" in text(pilot))
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, QueueScreen))
        await pilot.press("w")
        await until(lambda: "C1 RESTRICTED" in text(pilot) and "PC Hale" in text(pilot))
        office.other.do(concern, LiftRestriction(reason="Unfounded"))
        await until(lambda: "RESTRICTED" not in text(pilot))
        office.other.do(concern, AnswerQuestions(answers={"reasonable_cause": "yes"}))
        restrict(office, concern)
        await until(lambda: "C1 is restricted to named people" in said(pilot))


async def test_lists_about_it_and_dialogues_over_the_queue_close_as_well(office: Office) -> None:
    concern = office.family("Okafor")
    for key, kind in (("z", ObligationsScreen), ("o", OwnerDialog), ("c", StartCall), ("W", WhyScreen)):
        async with office.at_work() as pilot:
            await pilot.press(key)
            await until(lambda kind=kind: isinstance(pilot.app.screen, kind))  # type: ignore[misc]
            restrict(office, concern)
            await until(lambda: "C1 is restricted to named people" in said(pilot))
            assert isinstance(pilot.app.screen, QueueScreen)
        office.other.do(concern, LiftRestriction(reason="Next"))


def test_a_screen_says_which_concerns_it_would_go_on_showing() -> None:
    case = Case("c7", "C7", "Okafor", "missed", "held late")
    figure = FigureScreen(Figure("held", "Held in time", 0, 1, cases=(case,)), "HELD")
    assert concerns_of(figure) == {"c7"}
    assert concerns_of(ConcernScreen("c8")) == {"c8"}
    assert concerns_of(QueueScreen()) == concerns_of(ObligationsScreen()) == set()


async def test_what_covers_the_screens_goes_as_well(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        await opened(pilot)
        await pilot.resize_terminal(50, 10)
        await until(lambda: isinstance(pilot.app.screen, TooSmall))
        restrict(office, concern)
        await until(lambda: isinstance(pilot.app.screen, QueueScreen))


async def test_a_concern_taken_by_telephone_asks_once_it_is_recorded(office: Office) -> None:
    async with office.at_work() as pilot:
        queue = queue_of(pilot)
        answers: tuple[dict[str, Answer], ...] = ({"reasonable_cause": "yes"}, {"allegation_against_carer": "yes"})
        for given in answers:
            assert isinstance(pilot.app.screen, QueueScreen)
            command = raise_concern(answers=given, received=office.hands.now)
            done = await queue.session.ask(lambda desk, command=command: desk.do(new_id(), command))  # type: ignore[misc]
            queue._taken(Taken(done.row, office.hands.now, ("Amara",)))
            await until(lambda: "recorded" in said(pilot))
            await some_turns()
        await standing(pilot, Ask)
        await until(lambda: "Is there an allegation against a foster carer? yes" in text(pilot))
        await pilot.press("1")
        await standing(pilot, RestrictDialog)
        await until(lambda: "C2: Amara Okoye" in text(pilot))
        pilot.app.screen.query_one(Input).value = f"{ME}, Jo Park"
        pilot.app.screen.query_one(NotesArea).text = "Named"
        await pilot.press("ctrl+s")
        await until(lambda: "C2 restricted · recorded" in said(pilot))


async def test_an_answer_to_a_point_of_the_checklist_asks_as_well(office: Office) -> None:
    concern = office.family("Okafor")
    async with office.at_work() as pilot:
        screen = queue_of(pilot)
        before = recorded(office, concern)
        act = AnswerQuestions(answers={"allegation_against_staff": "yes"})
        done = await screen.session.ask(lambda desk: desk.do(concern, act))
        screen.begin(ask_to_restrict(screen, done.concern, before.version))
        await until(lambda: isinstance(pilot.app.screen, Ask) and "Restrict this concern?" in text(pilot))
        await pilot.press("2")
        await until(lambda: isinstance(pilot.app.screen, QueueScreen))
        await ask_to_restrict(screen, done.concern, done.concern.version)
        await ask_to_restrict(screen, recorded(office, concern), 0)
        await until(lambda: isinstance(pilot.app.screen, Ask) and "Restrict this concern?" in text(pilot))
