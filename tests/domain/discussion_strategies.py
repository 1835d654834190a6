"""Anything somebody may ask of the discussions of three siblings, sensible or not."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from duty_tui.domain import decision_events as after
from duty_tui.domain import discussion_events as course
from duty_tui.domain.commands import Command, Withdraw
from duty_tui.domain.concern import Concern
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.errors import Refused
from tests.builders import FRIDAY_SIX, a_concern, do
from tests.discussions import siblings
from tests.domain.strategies import said, text

number = st.integers(1, 2)
child = st.integers(1, 3)
children = st.sets(child, min_size=1).map(lambda found: tuple(sorted(found)))
moments = st.integers(0, 90).map(lambda minutes: FRIDAY_SIX + timedelta(minutes=minutes))
maybe = st.none() | moments
#: Entries a command may refer to: the first ones recorded at the discussions.
entries = st.integers(2, 12).map("entry-{}".format)
named = st.just("") | entries
#: The action of the course below: most worth being put right, badly.
SHARED = "entry-4"
role = st.sampled_from(["police", "health", "sw_manager", "hospital_clinician"])
facts = st.lists(st.sampled_from(["outcome_s47", "outcome_no_s47", "outcome_police_only"]), max_size=2).map(tuple)
boxes = st.sampled_from(["p/s47", "p/core", "p/police"])

events: st.SearchStrategy[DiscussionEvent] = st.one_of(
    st.builds(course.DiscussionAgreed, discussion=number, reason=said),
    st.builds(course.DiscussionBooked, discussion=number, at=moments, place=text),
    st.builds(course.PersonInvited, discussion=number, person=named, name=text, role=role, agency=text, contact=text),
    st.builds(course.AttemptLogged, discussion=number, whom=said, contact=text, answer=text),
    st.builds(course.RoleInformed, discussion=number, role=role, title=said, at=moments, who=text, note=text),
    st.builds(
        course.DiscussionStarted, discussion=number, at=moments, chair=said, children=children, follows=st.none()
    ),
    st.builds(course.DiscussionEnded, discussion=number, at=moments),
    st.builds(course.HeldInquorate, discussion=number, reason=said),
    st.builds(course.PersonRecorded, discussion=number, person=named, name=said, role=role, joined=maybe, left=maybe),
    st.builds(course.LineNoted, discussion=number, text=said, at=maybe),
    st.builds(course.PointAnswered, discussion=number, item=said, text=said, child=st.none() | child),
    st.builds(
        after.DecisionMade,
        discussion=number,
        children=children,
        box=boxes,
        label=said,
        sets=facts,
        sets_alone=facts,
        unless_with=st.just(()) | boxes.map(lambda box: (box,)),
        reason=said,
    ),
    st.builds(after.DissentRecorded, discussion=number, decision=st.none() | entries, who=said, text=said),
    st.builds(after.ActionAgreed, discussion=number, action=named, what=said, who=text, due=maybe, children=children),
    st.builds(after.ActionAgreed, discussion=st.just(1), action=st.just(SHARED), what=said, children=children),
    st.builds(after.ActionDone, discussion=number, action=entries, child=child, at=moments, how=text),
    st.builds(after.SharingDecided, discussion=number, children=children, what=text, withheld=text),
    st.builds(after.ChildPlaced, discussion=number, child=child, reason=said),
    st.builds(after.ConferenceMoved, discussion=number, reason=said),
    st.builds(after.RecordSigned, discussion=number, child=child, lacked=st.just(()) | st.just(("a decision",))),
    st.builds(after.RecordAddedTo, discussion=number, child=child, text=said),
)
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(AtDiscussion, event=events, instead_of=st.none()),
    st.builds(AtDiscussion, event=events, instead_of=entries),
    st.builds(
        AtDiscussion,
        event=st.builds(after.ActionAgreed, discussion=st.just(1), what=said, children=children),
        instead_of=st.just(SHARED),
    ),
    st.builds(Withdraw, entry=entries, reason=text),
)
#: A course that leads to signatures; without it nearly every sequence ends in refusals.
held = st.sampled_from([1, 2, 3]).map(
    lambda last: [
        AtDiscussion(event=event)
        for event in (
            course.DiscussionStarted(
                discussion=1, at=FRIDAY_SIX, chair="Ann Osei", format="telephone", children=tuple(range(1, last + 1))
            ),
            after.DecisionMade(discussion=1, children=(1,), box="p/s47", label="s47", reason="bruise"),
            after.ActionAgreed(discussion=1, what="See them", children=tuple(range(1, last + 1))),
            course.LineNoted(discussion=1, text="Grandmother can help"),
            course.DiscussionEnded(discussion=1, at=FRIDAY_SIX),
            after.RecordSigned(discussion=1, child=1),
        )
    ]
)


@st.composite
def courses(draw: st.DrawFn) -> list[Concern]:
    """A concern after each command that was not refused, the first one raised; recorded a minute apart."""
    concern = a_concern(raised=siblings())
    found = [concern]
    asked = [*draw(held)[: draw(st.integers(0, 6))], *draw(st.lists(commands, max_size=12))]
    for minute, command in enumerate(asked):
        try:
            concern = do(concern, command, at=FRIDAY_SIX + timedelta(minutes=minute))
        except Refused:
            continue
        found.append(concern)
    return found
