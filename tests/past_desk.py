"""A small desk with a past: seven concerns of November 2026, each with a hand-worked end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from duty_tui.desk.breaches import Breaches, breach_file
from duty_tui.desk.desk import Desk
from duty_tui.desk.statistics import Stories, statistics
from duty_tui.domain.commands import CloseConcern, RecordMilestone
from duty_tui.domain.concern import Answer
from duty_tui.domain.period import Period
from duty_tui.domain.times import LONDON
from duty_tui.views.breach import BreachFile
from duty_tui.views.statistics import Figure, Statistics
from tests.builders import a_child, raise_concern
from tests.desk.conftest import NOW, Hands

#: Every question answered that could bring a time forward, and reasonable cause: one working day, two at most; the
#: child seen within five.
SETTLED: dict[str, Answer] = {
    "reasonable_cause": "yes",
    "serious_risk_of_harm": "no",
    "immediate_action_required": "no",
    "organised_abuse": "no",
    "allegation_against_staff": "no",
    "penetrative_sexual_abuse": "no",
    "actual_harm_evidenced": "no",
    "immediate_risk": "no",
}
#: All of November: four weeks from Monday 2 November, and the week D falls due in.
NOVEMBER = Period(datetime(2026, 11, 2, tzinfo=UTC).date(), datetime(2026, 11, 30, tzinfo=UTC).date())


def t(words: str) -> datetime:
    """`9 10:00`: a London time in November 2026."""
    day, wall = words.split()
    hour, minute = map(int, wall.split(":"))
    return datetime(2026, 11, int(day), hour, minute, tzinfo=LONDON).astimezone(UTC)


def came(desk: Desk, hands: Hands, name: str, received: str, children: int = 1, **answers: Answer) -> str:
    """A concern of family `name` received then, every question answered but as `answers` say; its id."""
    hands.now = t(received)
    made = [
        a_child(number, name=f"{first} {name}") for number, first in enumerate(["Amara", "Kofi", "Zoe"][:children], 1)
    ]
    desk.do(name, raise_concern(*made, family=name, received=hands.now, answers={**SETTLED, **answers}))
    return name


def happened(desk: Desk, hands: Hands, concern: str, event: str, at: str, **more: Any) -> None:
    """An event of the vocabulary, recorded when it happened."""
    hands.now = t(at)
    label = desk.rulebook.vocabulary.event[event].label
    desk.do(concern, RecordMilestone(event=event, label=label, at=hands.now, **more))


def closed(desk: Desk, hands: Hands, concern: str, at: str) -> None:
    hands.now = t(at)
    desk.do(concern, CloseConcern(reason="Advice given"))


def seven(desk: Desk, hands: Hands) -> None:
    """Ash held in time, Birch by the maximum only, Cedar late, Elm closed, Fir not known, Gorse never, Dogwood open."""
    came(desk, hands, "Elm", "2 09:00")
    closed(desk, hands, "Elm", "2 17:00")
    came(desk, hands, "Fir", "2 09:00", reasonable_cause="unknown")
    came(desk, hands, "Gorse", "3 09:00", children=2)
    came(desk, hands, "Ash", "9 10:00")
    happened(desk, hands, "Ash", "discussion_held", "10 14:00", discussion=1)
    came(desk, hands, "Birch", "9 10:00")
    happened(desk, hands, "Birch", "discussion_held", "11 09:00", discussion=1)
    came(desk, hands, "Cedar", "12 09:00", serious_risk_of_harm="yes")
    happened(desk, hands, "Cedar", "discussion_held", "13 08:00", discussion=1)
    came(desk, hands, "Dogwood", "20 17:00")
    hands.now = NOW


def figures(desk: Desk, period: Period = NOVEMBER, at: datetime = NOW) -> Statistics:
    stories = Stories()
    stories.read_all(desk)
    return statistics(desk, stories, period, at)


def the(found: Statistics, key: str) -> Figure:
    """The figure with this key, which is there."""
    figure = found.figure(key)
    assert figure is not None, [f"{group.key}/{one.key}" for group in found.groups for one in group.figures]
    return figure


def numbers(found: Statistics, key: str) -> Sequence[int]:
    """Good, of how many settled, open, of those not known, closed before."""
    figure = the(found, key)
    return figure.good, figure.of, figure.open, figure.unknown, figure.ended


def breaches(desk: Desk, period: Period = NOVEMBER, at: datetime = NOW) -> BreachFile:
    found = Breaches()
    found.read_all(desk)
    return breach_file(desk, found, period, at)
