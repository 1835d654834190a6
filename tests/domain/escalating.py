"""Escalations in a few words, and any course of commands on them, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from duty_tui.domain.commands import Command, Withdraw
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation import Escalation
from duty_tui.domain.escalation_commands import (
    AcknowledgeEscalation,
    ConcludeEscalation,
    SubmitEscalation,
    TakeUp,
    UpdateEscalation,
)
from duty_tui.domain.escalation_events import To
from duty_tui.errors import Refused
from tests.builders import FRIDAY_SIX, a_concern, do

LATER = FRIDAY_SIX + timedelta(hours=1)


def submit(**known: Any) -> SubmitEscalation:
    """A Need to Know that goes to the head of service."""
    told = {"ladder": "pack/need-to-know", "form": "need_to_know", "label": "Need to Know", "at": LATER}
    return SubmitEscalation(**{**told, "recipients": (To(name="Di Marsh", role="Head of service"),), **known})


def submitted(**known: Any) -> Concern:
    return do(a_concern(), submit(**known), at=LATER)


def only(concern: Concern) -> Escalation:
    [found] = concern.escalations
    return found


number = st.integers(1, 3)
moments = st.integers(-90, 90).map(lambda minutes: LATER + timedelta(minutes=minutes))
words = st.sampled_from(["", "Police agreed", " said\nso "])
names = st.sampled_from(["", "Di Marsh", "Tom Ashworth"])
made = st.sampled_from([(), ("matter_escalated",)])
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(
        SubmitEscalation,
        ladder=st.sampled_from(["p/a", "p/b"]),
        label=st.just("Escalation"),
        child=st.sampled_from([None, 1, 9]),
        discussion=st.none(),
        fields=st.dictionaries(st.sampled_from(["asked", "safety"]), words),
        needed=st.sampled_from([{}, {"asked": "What is asked"}]),
        recipients=st.lists(st.builds(To, name=st.just("Di Marsh")), max_size=2).map(tuple),
        who=names,
        makes=made,
        at=moments,
        judged=st.sampled_from([{}, {"unlikely": "yes"}]),
        reason=words,
    ),
    st.builds(AcknowledgeEscalation, escalation=number, at=moments, by=names),
    st.builds(UpdateEscalation, escalation=number, at=moments, text=words),
    st.builds(TakeUp, escalation=number, at=moments, said=words, who=names, makes=made),
    st.builds(ConcludeEscalation, escalation=number, at=moments, outcome=words, resolved=st.booleans(), makes=made),
)


@st.composite
def courses(draw: st.DrawFn) -> list[Concern]:
    """A concern after each of some commands, in any order, entries taken back included; a refusal changes none."""
    course = [a_concern()]
    for step, command in enumerate(draw(st.lists(commands, max_size=12)), 1):
        course.append(_tried(course[-1], command, LATER + timedelta(minutes=step)))
        if draw(st.integers(0, 5)) == 0:
            back = Withdraw(entry=f"entry-{course[-1].version}", reason="By mistake")
            course.append(_tried(course[-1], back, LATER + timedelta(minutes=step)))
    return course


def _tried(concern: Concern, command: Command, at: datetime) -> Concern:
    try:
        return do(concern, command, at=at)
    except Refused:
        return concern
