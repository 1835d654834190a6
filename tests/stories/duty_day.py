"""A driver for stories: a duty team at its desk, in the words of the policies, through the desk and not the screens.

day = DutyDay(desk, hands)
day.referral("Tariq Aydin", source="Hospital", what="…")
day.begins()
day.here("Dr Lena Fry", "health")
day.decided(section_47="Fractures of different ages.")
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from duty_tui.desk.child_record import record_of
from duty_tui.desk.deciding import boxes_of, decide, to_confirm
from duty_tui.desk.desk import Desk
from duty_tui.desk.discussing import discussion_view
from duty_tui.desk.informing import inform
from duty_tui.desk.scene import scene_of
from duty_tui.desk.situation import situation_of
from duty_tui.domain.commands import AnswerQuestions, RaiseConcern, RecordChild
from duty_tui.domain.concern import Answer, Concern
from duty_tui.domain.decision_events import (
    ActionAgreed,
    ActionDone,
    ChildPlaced,
    ConferenceMoved,
    DissentRecorded,
    RecordAddedTo,
    RecordSigned,
    SharingDecided,
)
from duty_tui.domain.discussion import Discussion, Standing
from duty_tui.domain.discussion_acts import HoldNoDiscussion
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion, next_number
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import (
    AttemptLogged,
    DiscussionAgreed,
    DiscussionBooked,
    DiscussionEnded,
    DiscussionStarted,
    HeldInquorate,
    LineNoted,
    PersonRecorded,
)
from duty_tui.domain.people import Caller, Child
from duty_tui.domain.service import PolicyAdopted
from duty_tui.domain.typed_time import read_time
from duty_tui.rules.deadline import Deadline
from duty_tui.store.journal import new_id
from duty_tui.views.discussion import DiscussionView
from duty_tui.views.record import ChildRecord
from tests.desk.conftest import Hands


class DutyDay:
    """One concern and its discussions, told in order; times are typed as people type them."""

    def __init__(self, desk: Desk, hands: Hands) -> None:
        self.desk, self.hands = desk, hands
        self.id = new_id()
        self.number = 0

    # What is there

    @property
    def concern(self) -> Concern:
        """The concern as recorded."""
        return self.desk.concern(self.id)

    @property
    def discussion(self) -> Discussion:
        """The discussion last spoken of."""
        found = self.concern.discussion(self.number)
        assert found is not None
        return found

    @property
    def view(self) -> DiscussionView:
        """The same, as the screens show it."""
        return discussion_view(self.desk, self.id, self.number, self.hands.now)

    def is_quorate(self) -> Any:
        """True, False, or None while a question decides."""
        return self.view.quorum.quorate

    def record(self, child: str) -> ChildRecord:
        """One child's record of it."""
        return record_of(self.concern, self.number, self.child(child))

    def child(self, name: str) -> int:
        """The number of a child called so."""
        return next(child.number for child in self.concern.children if child.name.startswith(name))

    def children(self, names: str) -> tuple[int, ...]:
        """`Amara and Kofi`; all of the discussion's where nobody is named."""
        if not names:
            return self.discussion.children
        return tuple(self.child(name) for name in names.replace(" and ", ", ").split(", "))

    def owed(self, label: str) -> list[Deadline]:
        """What is still owed under this label, governing."""
        found = self.desk.rulebook.deadlines(situation_of(self.concern, self.desk.rulebook))
        return [one for one in found if one.obligation.label == label and one.open and one.governs]

    def lacks(self, child: str) -> list[str]:
        """What a child's record still lacks, in words."""
        return [words for tab in self.view.children if tab.number == self.child(child) for words, _ in tab.lacks]

    def time(self, words: str) -> datetime:
        """A time as typed now."""
        found = read_time(words, now=self.hands.now).instant
        assert found is not None, words
        return found

    # What people do

    def works_to(self, pack: str) -> None:
        """The service adopts another policy from today."""
        self.desk.decide([PolicyAdopted(pack=pack, from_day=self.hands.now.date())])

    def referral(self, *children: str, source: str, what: str, **answers: Answer) -> None:
        """A concern comes in now."""
        named = tuple(Child(number=number, name=name) for number, name in enumerate(children, 1))
        raised = RaiseConcern(
            received=self.hands.now, source=source, caller=Caller(agency=source), children=named, what=what,
            answers=answers,
        )  # fmt: skip
        self.desk.do(self.id, raised)

    def comes_up(self, *children: str, what: str, **answers: Answer) -> None:
        """On a case that is open already somebody sees it now; nobody referred it."""
        named = tuple(Child(number=number, name=name) for number, name in enumerate(children, 1))
        raised = RaiseConcern(received=self.hands.now, referred=False, children=named, what=what, answers=answers)
        self.desk.do(self.id, raised)

    def answer(self, child: str = "", **answers: Answer) -> None:
        """A question of the policy is answered."""
        self.desk.do(self.id, AnswerQuestions(answers=answers, child=self.child(child) if child else None))

    def say(self, *events: DiscussionEvent) -> list[str]:
        """Record these together; the ids of their entries."""
        acts = tuple(AtDiscussion(event=event) for event in events)
        return list(self.desk.do(self.id, AllAtDiscussion(each=acts)).entries)

    def no_discussion(self, why: str) -> None:
        """A manager decides against one."""
        self.desk.do(self.id, HoldNoDiscussion(reason=why, decided="Decides", reasoned="Reasons"))

    def agreed(self, why: str, booked: str = "") -> None:
        """A manager decides to hold one, and perhaps when."""
        self.number = next_number(self.concern)
        self.say(DiscussionAgreed(discussion=self.number, format="telephone", reason=why))
        if booked:
            self.say(DiscussionBooked(discussion=self.number, at=self.time(booked)))

    def rang(self, whom: str, number: str, answer: str) -> None:
        """Somebody is rung."""
        self.say(AttemptLogged(discussion=self.number, whom=whom, contact=number, answer=answer))

    def begins(self, *, chair: str = "Ann Osei", at: str = "now", follows: int | None = None) -> None:
        """The discussion begins, about every child."""
        self.number = next_number(self.concern)
        children = tuple(child.number for child in self.concern.children)
        self.say(
            DiscussionStarted(
                discussion=self.number, at=self.time(at), chair=chair, format="telephone", children=children,
                follows=follows,
            )
        )  # fmt: skip

    def here(self, name: str, role: str, standing: Standing = "present", **known: Any) -> str:
        """What somebody was to it; the entry that says so."""
        label = self.desk.rulebook.vocabulary.role[role]
        told = {"name": name, "role": role, "standing": standing, "job": label.label, "agency": label.agency, **known}
        return self.say(PersonRecorded.model_validate({"discussion": self.number, **told}))[0]

    def everybody(self) -> None:
        """Social care, health and the police are there."""
        self.here("Ann Osei", "social_worker")
        self.here("Dr Lena Fry", "health")
        self.here("PC Tom Hale", "police")

    def told(self, role: str, who: str) -> None:
        """Somebody is informed who is not invited."""
        self.desk.do(self.id, inform(self.desk, self.id, self.number, role, at=self.hands.now, who=who))

    def noted(self, text: str) -> None:
        """Something is said."""
        self.say(LineNoted(discussion=self.number, text=text))

    def decided(self, **why: str) -> list[str]:
        """Boxes by their last word and the reason of each, for all children; `whom` names some of them.

        Returns what a person would be asked to confirm.
        """
        whom = self.children(why.pop("whom", ""))
        scene = scene_of(self.concern, self.number, self.desk.rulebook, self.hands.now)
        boxes = boxes_of(scene.packs)
        ticked = {_box(boxes, name): reason for name, reason in why.items()}
        asked = to_confirm(boxes, self.discussion, whom, ticked, self.desk.rulebook.vocabulary)
        self.say(*decide(boxes, self.number, whom, ticked))
        return asked

    def disagrees(self, who: str, text: str) -> None:
        """Somebody challenges the last decision."""
        last = self.discussion.decisions[-1]
        self.say(DissentRecorded(discussion=self.number, decision=last.id, who=who, text=text))

    def action(self, what: str, who: str, due: str, whom: str = "", **known: Any) -> str:
        """Who does what by when; its id."""
        told = {"what": what, "who": who, "agency": "police", "check": "their note", "due": self.time(due), **known}
        return self.say(
            ActionAgreed.model_validate({"discussion": self.number, "children": self.children(whom), **told})
        )[0]

    def done(self, action: str, child: str, how: str) -> None:
        """An action is done for one child."""
        child_number = self.child(child)
        self.say(ActionDone(discussion=self.number, action=action, child=child_number, at=self.hands.now, how=how))

    def family_told(self, what: str = "", withheld: str = "") -> None:
        """What is shared, or why not."""
        said = SharingDecided(
            discussion=self.number, children=self.discussion.children, what=what, when="today", withheld=withheld
        )
        self.say(said)

    def joins_late(self, child: str, why: str) -> None:
        """A child nobody named before."""
        number = len(self.concern.children) + 1
        placed = ChildPlaced(discussion=self.number, child=number, included=True, reason=why)
        added = RecordChild(child=Child(number=number, name=child))
        self.desk.do(self.id, AllAtDiscussion(each=(added, AtDiscussion(event=placed))))

    def held_inquorate(self, why: str) -> None:
        """It could not wait."""
        self.say(HeldInquorate(discussion=self.number, reason=why))

    def ends(self, *, further: bool | None = None) -> None:
        """It is over."""
        self.say(DiscussionEnded(discussion=self.number, at=self.hands.now, further=further))

    def same_series(self, why: str) -> None:
        """The chair moves the conference."""
        self.say(ConferenceMoved(discussion=self.number, reason=why))

    def signed(self, child: str) -> None:
        """The chair signs one record."""
        self.say(RecordSigned(discussion=self.number, child=self.child(child), lacked=tuple(self.lacks(child))))

    def added(self, child: str, text: str) -> None:
        """Something is added afterwards."""
        self.say(RecordAddedTo(discussion=self.number, child=self.child(child), text=text))


def _box(boxes: Sequence[Any], name: str) -> str:
    wanted = name.replace("_", "-")
    return next(str(box.box) for box in boxes if box.box.endswith("/" + wanted))
