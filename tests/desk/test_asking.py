"""What the desk asks before a limit is missed: when, with which facts, and what ends the question."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duty_tui.desk.asking import UNCONFIRMED, prompts_of
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import CloseConcern
from duty_tui.domain.discussion_events import DiscussionBooked, PersonInvited
from duty_tui.errors import Refused
from duty_tui.views.escalation import PromptLine
from tests.desk.conftest import Hands
from tests.desk.escalated import NEED_TO_KNOW, a_concern_at, adopt, answer, book, london_day, send
from tests.discussions import CONCERN, at_desk

WITHIN = timedelta(hours=2)


def asked(desk: Desk, hands: Hands) -> dict[str, PromptLine]:
    found = prompts_of(desk, CONCERN, hands.now, unconfirmed_within=WITHIN)
    return {line.rule.rpartition("/")[2]: line for line in found}


def test_at_noon_of_the_last_day_with_nothing_booked_and_not_before(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    hands.now = london_day(24, 11, 59)
    assert "nothing-booked" not in asked(desk, hands)
    hands.now = london_day(24, 12)
    line = asked(desk, hands)["nothing-booked"]
    assert (line.reference, line.title, line.since) == ("C1", "Amara Okoye 7y", london_day(24, 12))
    assert line.asks == "unlikely_within_limit"
    assert line.ask == "Is it known that the discussion is unlikely to take place within the maximum time?"
    assert (line.owner, line.ladders, line.version) == ("Team Manager", (NEED_TO_KNOW,), 2)
    assert line.facts[0].startswith("Hold the strategy discussion: due end of Tue 24 Nov 2026 (Management Action Note")
    assert line.facts[1] == "Nothing is booked."
    assert line.facts[2] == (
        "Not asked yet: Children's social care, Health, Police, Appropriate clinician, if in hospital"
    )
    assert "Practice expectations 2" in line.cite


def test_booked_after_the_limit_is_asked_at_once_with_both_times(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    book(desk, hands, london_day(26), london_day(21))
    line = asked(desk, hands)["booked-after-limit"]
    assert line.facts[1] == "Booked for Thu 26 Nov 2026 09:00, after the limit (end of Tue 24 Nov 2026)"
    book(desk, hands, london_day(24), london_day(21, 10))
    assert asked(desk, hands) == {}, "booked in time there is nothing to ask"


@pytest.mark.parametrize("value", ["yes", "no"])
def test_either_answer_ends_the_question(desk: Desk, hands: Hands, value: str) -> None:
    a_concern_at(desk)
    book(desk, hands, london_day(26), london_day(21))
    answer(desk, hands, value, london_day(21, 10))
    assert "booked-after-limit" not in asked(desk, hands)
    [known] = desk.concern(CONCERN).answers["unlikely_within_limit"]
    assert (known.by, known.reason) == ("Ann Osei", "Police are busy")


def test_a_shorter_limit_that_passed_asks_with_that_limit(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    hands.now = london_day(24)
    line = asked(desk, hands)["shorter-limit-missed"]
    assert line.since == london_day(24, 0)
    assert any("due end of Mon 23 Nov 2026" in fact for fact in line.facts)


def test_a_closed_concern_is_asked_nothing(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    hands.now = london_day(24, 12)
    desk.do(CONCERN, CloseConcern(reason="Moved away"))
    assert asked(desk, hands) == {}


def test_nobody_asks_about_a_concern_that_is_not_there(desk: Desk, hands: Hands) -> None:
    with pytest.raises(Refused):
        prompts_of(desk, "nowhere", hands.now)


def booked(desk: Desk, hands: Hands) -> None:
    """Agreed and booked for Monday at ten; nobody has been asked."""
    a_concern_at(desk)
    hands.now = london_day(21)
    at_desk(desk, DiscussionBooked(discussion=1, at=london_day(23, 10)))


def invited(*roles: str, coming: bool | None) -> list[PersonInvited]:
    return [PersonInvited(discussion=1, role=role, name=f"{role} one", coming=coming) for role in roles]


NEEDED = ("social_worker", "health", "police", "hospital_clinician")


def test_a_missing_yes_is_asked_about_once_the_time_is_short(desk: Desk, hands: Hands) -> None:
    booked(desk, hands)
    at_desk(desk, *invited(*NEEDED[:2], coming=True), *invited("police", coming=None))
    hands.now = london_day(23, 7, 59)
    assert asked(desk, hands) == {}
    hands.now = london_day(23, 8)
    line = asked(desk, hands)["unconfirmed"]
    assert (line.rule, line.since, line.asks, line.ladders) == (
        *(UNCONFIRMED, london_day(23, 8), "unlikely_within_limit"),
        (NEED_TO_KNOW,),
    )
    assert line.do == "Not everybody has said yes and the discussion is booked: will it be held in time?"
    assert line.facts[1:] == (
        "Booked for Mon 23 Nov 2026 10:00",
        "No yes yet from: Police (police one: asked)",
        "Not asked yet: Appropriate clinician, if in hospital",
    )


def test_how_short_the_time_is_comes_from_the_services_settings(desk: Desk, hands: Hands) -> None:
    booked(desk, hands)
    at = london_day(23, 10) - desk.books.service.office.unconfirmed_within
    assert [line.rule for line in prompts_of(desk, CONCERN, at)] == [UNCONFIRMED]
    assert prompts_of(desk, CONCERN, at - timedelta(minutes=1)) == []


def test_with_every_yes_an_answer_or_the_form_there_is_nothing_to_ask(desk: Desk, hands: Hands) -> None:
    booked(desk, hands)
    hands.now = london_day(23, 8)
    assert UNCONFIRMED in {line.rule for line in asked(desk, hands).values()}
    at_desk(desk, *invited(*NEEDED, coming=True))
    assert asked(desk, hands) == {}


def test_an_answer_since_then_ends_it_and_an_earlier_one_does_not(desk: Desk, hands: Hands) -> None:
    booked(desk, hands)
    answer(desk, hands, "no", london_day(22))
    hands.now = london_day(23, 8)
    assert "unconfirmed" in asked(desk, hands)
    answer(desk, hands, "no", london_day(23, 8, 30))
    assert asked(desk, hands) == {}


def test_the_form_ends_it(desk: Desk, hands: Hands) -> None:
    booked(desk, hands)
    hands.now = london_day(23, 8)
    send(desk, hands.now)
    assert asked(desk, hands) == {}


def test_with_nothing_booked_the_limit_itself_is_what_is_near(desk: Desk, hands: Hands) -> None:
    a_concern_at(desk)
    answer(desk, hands, "no", london_day(24, 12))
    hands.now = london_day(24, 22)
    line = asked(desk, hands)["unconfirmed"]
    assert line.do == "Not everybody has said yes and the limit is near and nothing is booked: will it be held in time?"
    hands.now = london_day(25, 0)
    assert "unconfirmed" not in asked(desk, hands), "missed: the form is owed, there is nothing left to foresee"


def test_one_question_is_asked_once(desk: Desk, hands: Hands) -> None:
    booked(desk, hands)
    at_desk(desk, DiscussionBooked(discussion=1, at=london_day(26)))
    hands.now = london_day(24, 22)
    assert "unconfirmed" not in asked(desk, hands)
    assert "booked-after-limit" in asked(desk, hands)


def test_a_policy_without_such_a_judgement_makes_the_desk_ask_nothing(desk: Desk, hands: Hands) -> None:
    adopt(desk, "seven-minute-briefing", "three-working-days")
    a_concern_at(desk)
    hands.now = london_day(21)
    assert asked(desk, hands) == {}
