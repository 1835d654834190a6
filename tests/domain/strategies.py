"""Any event that can happen to a concern, for properties that must hold whatever happens."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from duty_tui.domain import events as happened
from duty_tui.domain.events import Event
from duty_tui.domain.history import Recorded
from duty_tui.domain.people import Caller, Child
from tests.builders import FRIDAY_SIX

text = st.text(max_size=20)
said = text.map(lambda typed: f"because {typed}")
moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - the zone is drawn beside it
    datetime(2060, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([timezone(timedelta(0)), ZoneInfo("Europe/London"), timezone(timedelta(hours=-7))]),
)
maybe = st.none() | moments
precision = st.sampled_from(["minute", "day"])
number = st.integers(1, 4)
children = st.builds(
    Child,
    number=number,
    name=text,
    born=st.none() | st.dates(),
    expected=st.none() | st.dates(),
    sex=st.sampled_from(["female", "male", "other", ""]),
    nhs_number=text,
)
callers = st.builds(Caller, name=text, agency=text, anonymous=st.booleans())
raised = st.builds(
    happened.ConcernRaised,
    received=moments,
    received_precision=precision,
    referred=st.booleans(),
    identified=maybe,
    caller=callers,
    source=text,
    children=st.lists(children, min_size=1, max_size=3, unique_by=lambda child: child.number).map(tuple),
    what=text,
    reference=text,
)
answered = st.builds(
    happened.QuestionsAnswered,
    answers=st.dictionaries(
        st.sampled_from(["reasonable_cause", "immediate_risk"]), st.sampled_from(["yes", "no", "unknown"]), min_size=1
    ),
    child=st.none() | number,
    discussion=st.none() | number,
    reason=text,
    since=maybe,
)
corrected = st.builds(
    happened.DetailsCorrected,
    reason=said,
    received=maybe,
    received_precision=st.none() | precision,
    referred=st.none() | st.booleans(),
    identified=maybe,
    caller=st.none() | callers,
    source=st.none() | text,
    family=st.none() | text,
    what=st.none() | text,
    happened=st.none() | text,
)
milestone = st.builds(
    happened.MilestoneRecorded,
    event=st.sampled_from(["discussion_held", "child_seen"]),
    label=text,
    at=moments,
    child=st.none() | number,
    discussion=st.none() | number,
    note=text,
)
#: Any event but the first and a withdrawal.
later = st.one_of(
    answered,
    corrected,
    milestone,
    st.builds(happened.ChildRecorded, child=children, reason=text),
    st.builds(happened.OwnerChanged, owner=st.none() | text, note=text),
    st.builds(happened.NoteAdded, text=said),
    st.builds(happened.ConcernClosed, reason=said, at=maybe),
    st.builds(happened.ConcernReopened, reason=said),
)


def recorded(events: list[Event]) -> list[Recorded]:
    """The events as entries of one stream, a minute apart, with the ids `entry-1`, `entry-2` …"""
    return [
        Recorded(happened.Stamp(f"entry-{version}", version, FRIDAY_SIX + timedelta(minutes=version), "ola"), event)
        for version, event in enumerate(events, 1)
    ]


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded]:
    """A concern's entries: raised, then anything, withdrawals of earlier entries included."""
    events: list[Event] = [draw(raised)]
    for version in range(2, draw(st.integers(1, 9)) + 1):
        if version > 2 and draw(st.booleans()):
            target = draw(st.integers(2, version - 1))
            events.append(happened.EntryWithdrawn(entry=f"entry-{target}", said="said", reason=draw(text)))
        else:
            events.append(draw(later))
    return recorded(events)
