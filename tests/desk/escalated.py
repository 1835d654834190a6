"""A desk on which something has to go up, in a few words, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from duty_tui.desk.desk import Desk
from duty_tui.desk.escalating import form_of, submit
from duty_tui.domain.commands import AnswerQuestions, RecordMilestone
from duty_tui.domain.escalation import Recipient
from duty_tui.domain.escalation_events import To
from duty_tui.domain.service import PolicyAdopted
from duty_tui.domain.service_people import RecipientsSet
from tests.builders import raise_concern
from tests.desk.conftest import Hands
from tests.discussions import CONCERN

NEED_TO_KNOW, DISAGREEMENT = "action-note-003/need-to-know", "seven-minute-briefing/disagreement-practitioners"
ABSENCE, OVERSIGHT = "seven-minute-briefing/non-attendance", "three-working-days/senior-management"
DI = Recipient("Di Marsh", "Head of service", "01632 960001")
#: There is reasonable cause, and nothing that would make the limit shorter than two working days.
PLAIN = {
    "reasonable_cause": "yes",
    **dict.fromkeys(("serious_risk_of_harm", "penetrative_sexual_abuse", "immediate_action_required"), "no"),
    **dict.fromkeys(("organised_abuse", "allegation_against_staff"), "no"),
}
FILLED = {"prevents": "No police before Thursday", "safety": "With grandmother", "asked": "An officer on Monday"}


def london_day(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of November 2026, when London is on UTC; the concern of these tests came in on Friday 20 at 18:00."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def a_concern_at(desk: Desk, **known: Any) -> None:
    """The concern of these tests: two working days run, until the end of Tuesday 24, of which one is the target."""
    desk.do(CONCERN, raise_concern(**{"answers": PLAIN, **known}))


def adopt(desk: Desk, *names: str) -> None:
    """Work to these policies as well, since ever."""
    desk.decide([PolicyAdopted(pack=name, from_day=date(2020, 1, 1)) for name in names])


def book(desk: Desk, hands: Hands, at: datetime, now: datetime) -> None:
    hands.now = now
    desk.do(CONCERN, RecordMilestone(event="discussion_booked", label="Booked for", at=at, planned=True))


def answer(desk: Desk, hands: Hands, value: Any, now: datetime, fact: str = "unlikely_within_limit") -> None:
    hands.now = now
    desk.do(CONCERN, AnswerQuestions(answers={fact: value}, reason="Police are busy"))


def goes_to(desk: Desk, **people: Recipient) -> None:
    desk.decide(
        [
            RecipientsSet(form=form, recipients=(To(name=one.name, role=one.role, contact=one.contact),))
            for form, one in people.items()
        ]
    )


def send(
    desk: Desk, now: datetime, ladder: str = NEED_TO_KNOW, fields: Mapping[str, str] | None = None, **known: Any
) -> None:
    """Submit a form of the concern; to Di unless somebody takes the first step."""
    where = {name: known.pop(name) for name in ("child", "discussion") if name in known}
    form = form_of(desk, CONCERN, ladder, now, **where)
    to = () if "who" in known else (DI,)
    desk.do(CONCERN, submit(form, FILLED if fields is None else fields, to, now, **known))
