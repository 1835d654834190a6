"""A desk with something of everything that becomes a document, in a few words, for tests."""

from __future__ import annotations

from datetime import timedelta

from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import RecordMilestone
from duty_tui.domain.decision_events import (
    ActionAgreed,
    ActionDone,
    ChildPlaced,
    DissentRecorded,
    RecordAddedTo,
    RecordSigned,
    SharingDecided,
)
from duty_tui.domain.discussion_commands import AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import (
    DiscussionAgreed,
    DiscussionBooked,
    HeldInquorate,
    LineNoted,
    PersonInvited,
    PointAnswered,
    RoleInformed,
)
from duty_tui.domain.escalation_commands import (
    AcknowledgeEscalation,
    ConcludeEscalation,
    TakeUp,
    UpdateEscalation,
)
from tests.builders import GOOD_NHS, a_child, raise_concern
from tests.desk.conftest import Hands
from tests.desk.escalated import DI as DI_MARSH
from tests.desk.escalated import DISAGREEMENT, PLAIN, adopt, goes_to, send
from tests.discussions import CONCERN, QUARTER_PAST, began, ended, person, tick

DUE = QUARTER_PAST + timedelta(days=1)


def siblings_came(desk: Desk) -> None:
    """A concern about three siblings, of whom the second has no more than a name and the third is not born."""
    children = (
        a_child(
            1,
            name="Amara Okoye",
            sex="female",
            nhs_number=GOOD_NHS,
            case_number="NS-204418",
            school="Hollin School",
            note="Uses a hearing aid",
        ),
        a_child(2, name="Kofi Okoye", born=None),
        a_child(3, name="", born=None, expected=QUARTER_PAST.date() + timedelta(days=90)),
    )
    desk.do(CONCERN, raise_concern(*children, family="Okoye", answers=PLAIN, happened="This morning, before school"))


def held(desk: Desk, hands: Hands) -> None:
    """Their discussion was held, with something in every part of the record; nothing is signed yet."""
    siblings_came(desk)
    hands.now = QUARTER_PAST
    for event in (
        DiscussionAgreed(discussion=1, format="telephone", reason="Two bruises; who sees the children, and when"),
        DiscussionBooked(discussion=1, at=QUARTER_PAST, place="Room 2"),
        PersonInvited(discussion=1, name="Jo Webb", role="education", agency="Hollin School", coming=False),
        PersonInvited(discussion=1, name="Di Ray", role="health", agency="NHS Trust"),
        began(at=QUARTER_PAST),
        HeldInquorate(discussion=1, reason="The hospital will not wait"),
        person("Ann Osei", "sw_manager", job="Duty manager", agency="Children's social care", senior=True),
        person("PC Hale", senior=False, left=QUARTER_PAST + timedelta(minutes=20)),
        person("Di Ray", "health", job="", agency="NHS Trust", standing="apologies", reason="ill"),
        person("Айша Магомедова", "health", job="Health visitor", agency="NHS Trust", standing="report"),
        RoleInformed(discussion=1, role="lado", title="Designated Officer (LADO)", who="Jo Hart", at=QUARTER_PAST),
        PointAnswered(
            discussion=1,
            item="x/known",
            text="Two visits\nNone kept",
            agency="NHS Trust",
            asked="What is known",
        ),
        PointAnswered(discussion=1, item="x/known", text="Nothing", agency="Police", asked="What is known"),
        PointAnswered(discussion=1, item="x/voice", text="To be asked", asked="What does the child say?"),
        PointAnswered(discussion=1, item="x/voice", text="“It hurts”", child=1, asked="What does the child say?"),
        LineNoted(discussion=1, text="Grandmother can help\nand will"),
        tick(desk, 1, 2, reason="A fresh bruise"),
        tick(desk, 1, box="ics-record/police-investigation", reason="An assault may have been committed"),
        ActionAgreed(
            discussion=1,
            what="Examination",
            who="Dr Roy",
            agency="NHS Trust",
            due=DUE,
            children=(1,),
            form="medical",
            details={"where": "Ward 4", "consent": "Mother"},
        ),
        ActionAgreed(
            discussion=1,
            what="Interview",
            who="PC Hale",
            agency="Police",
            children=(1,),
            form="interview",
            details={"plan_due": DUE.isoformat(), "plan_owner": "PC Hale"},
        ),
        ActionAgreed(
            discussion=1,
            what="See the children alone",
            who="Tom Reid",
            agency="Children's social care",
            due=DUE,
            children=(1, 2),
            check="He rings the duty manager",
            contingency="Police visit",
        ),
        ActionAgreed(discussion=1, what="Ring the school", children=(2,)),
        SharingDecided(discussion=1, children=(1, 2), what="The visit", when="today, in person"),
        SharingDecided(discussion=1, children=(1,), withheld="Where they stay: it could put them at risk"),
        ChildPlaced(discussion=1, child=3, included=False, reason="Not born yet; a plan is made apart"),
    ):
        say(desk, event)
    decision = desk.concern(CONCERN).discussions[0].decisions[0].id
    say(desk, DissentRecorded(discussion=1, decision=decision, who="PC Hale", text="Too early", outcome="Heard"))
    hands.on(hours=1)
    say(desk, ended(at=QUARTER_PAST + timedelta(minutes=30)))


def signed_and_added_to(desk: Desk, hands: Hands) -> None:
    """The same, the first child's record signed, and something added to it and done since."""
    held(desk, hands)
    hands.on(minutes=10)
    say(desk, RecordSigned(discussion=1, child=1))
    hands.on(hours=2)
    say(desk, RecordAddedTo(discussion=1, child=1, text="The school rang:\nshe is safe"))
    action = desk.concern(CONCERN).discussions[0].actions[2].id
    say(desk, ActionDone(discussion=1, action=action, child=1, at=hands.now, how="Seen"))


def say(desk: Desk, event: DiscussionEvent) -> None:
    """Record it at the discussion."""
    desk.do(CONCERN, AtDiscussion(event=event))


def went_up(desk: Desk, hands: Hands) -> None:
    """A Need to Know that was seen and added to, and a disagreement that was taken up and settled."""
    adopt(desk, "seven-minute-briefing")
    goes_to(desk, need_to_know=DI_MARSH)
    siblings_came(desk)
    send(desk, hands.on(hours=2))
    hands.on(minutes=30)
    desk.do(CONCERN, AcknowledgeEscalation(escalation=1, by="Di Marsh", at=hands.now))
    desk.do(CONCERN, UpdateEscalation(escalation=1, text="An officer is found", at=hands.now))
    fields = {"about": "Whether section 47 begins", "sides": "Police: no. Health: yes.", "proposed": "Begin"}
    send(desk, hands.on(hours=1), DISAGREEMENT, fields, who="Ola Reid", role="Team manager")
    hands.on(hours=1)
    desk.do(CONCERN, TakeUp(escalation=2, said="No agreement", who="Eva Stone", role="Head of service", at=hands.now))
    hands.on(days=1)
    desk.do(CONCERN, ConcludeEscalation(escalation=2, outcome="It begins today", resolved=True, at=hands.now))


def noted(desk: Desk, hands: Hands) -> None:
    """A management note of what keeps the children safe until the discussion is held."""
    siblings_came(desk)
    hands.on(hours=3)
    details = {"safeguarding": "They stay with their grandmother", "reason": "No police officer before Monday"}
    desk.do(CONCERN, RecordMilestone(event="interim_note_recorded", label="Noted", at=hands.now, details=details))
    desk.do(CONCERN, RecordMilestone(event="interim_note_recorded", label="Noted", at=hands.now, child=1, note="Seen"))
