"""What the practice desk has behind it: concerns that were held in time or late, and closed; read from data/demo."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from duty_tui.data_files import DATA
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import CloseConcern, Command, RaiseConcern, RecordMilestone
from duty_tui.domain.decision_events import ActionAgreed, ActionDone
from duty_tui.domain.discussion_commands import AllAtDiscussion, AtDiscussion
from duty_tui.domain.discussion_event import DiscussionEvent
from duty_tui.domain.discussion_events import DiscussionEnded, DiscussionStarted, PersonRecorded
from duty_tui.domain.owed_commands import ExplainLateness
from duty_tui.domain.people import Child
from duty_tui.domain.period import monday
from duty_tui.domain.times import LONDON, london_date
from duty_tui.rules.vocabulary import Vocabulary
from duty_tui.store.journal import new_id

PAST = DATA / "demo" / "past.toml"
#: Who recorded all of it.
BY = "Tom Ashworth"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


#: One thing done: when, on which concern, and what; a rest is worded from the record as it then stands.
PastAct = tuple[datetime, str, "Command | Rest"]


class Told(NamedTuple):
    """One concern as the file tells it, and the first day of the week it came in."""

    told: Mapping[str, Any]
    week: date
    people: Mapping[str, Mapping[str, str]]
    answers: dict[str, Any]
    words: Vocabulary

    def at(self, text: str) -> datetime:
        """`Tue 10:15`, `Mon 10:15 +1`: a London time of its week, or of one after it, as a UTC instant."""
        day, wall, *later = text.split()
        when = self.week + timedelta(days=_DAYS.index(day), weeks=int(later[0]) if later else 0)
        return datetime.combine(when, time.fromisoformat(wall), LONDON).astimezone(UTC)

    @property
    def children(self) -> tuple[int, ...]:
        """Their numbers."""
        return tuple(range(1, len(self.told["children"]) + 1))


class Rest(NamedTuple):
    """Everything that came after the discussion, recorded when the concern was closed."""

    told: Told

    def command(self, desk: Desk, concern: str, at: datetime) -> Command:
        """One act; an agreed action is known by what is to be done. `at` is when it is recorded."""
        del at
        known = {one.what: one.id for held in desk.concern(concern).discussions for one in held.actions}
        return AllAtDiscussion(each=tuple(_rest(self.told, known)))


def past_acts(now: datetime, words: Vocabulary, child: Callable[[int, Mapping[str, Any]], Child]) -> Iterator[PastAct]:
    """Everything done on the closed concerns, three acts for each; `child` makes a child from what is told of it."""
    found = tomllib.loads(PAST.read_text("utf-8"))
    for one in found["concern"]:
        week = monday(london_date(now)) - timedelta(weeks=one["week"])
        told = Told(one, week, found["people"], {**found["answers"], **one.get("answers", {})}, words)
        concern, received = new_id(), told.at(one["received"])
        children = tuple(child(number, known) for number, known in enumerate(one["children"], 1))
        yield received, concern, _raised(told, received, children)
        if "held" in one:
            ended = told.at(one["held"]["at"]) + timedelta(minutes=one["held"]["minutes"])
            yield ended, concern, AllAtDiscussion(each=tuple(_held(told, ended)))
        yield told.at(one["closed"]["at"]), concern, Rest(told)


def _raised(told: Told, received: datetime, children: tuple[Child, ...]) -> RaiseConcern:
    one = told.told
    return RaiseConcern(
        received=received,
        source=one["source"],
        family=one["family"],
        children=children,
        what=one["what"],
        answers=told.answers,
        owner=BY,
    )


def _held(told: Told, ended: datetime) -> Iterator[Command]:
    """What was recorded of the discussion, and before it, when it ended."""
    one = told.told
    for name, event in (("note", "interim_note_recorded"), ("need_to_know", "need_to_know_submitted")):
        if known := one.get(name):
            said = {key: text for key, text in known.items() if key not in ("at", "note")}
            yield _happened(told, event, known["at"], note=known.get("note", ""), details=said)
    there = [told.people[name] for name in one["held"]["there"]]
    events: list[DiscussionEvent] = [
        DiscussionStarted(
            discussion=1,
            at=told.at(one["held"]["at"]),
            chair=there[0]["name"],
            format="telephone",
            children=told.children,
        ),
        *(PersonRecorded.model_validate({"discussion": 1, "standing": "present", **person}) for person in there),
        *(
            ActionAgreed(
                discussion=1,
                what=known["what"],
                who=known["agency"],
                agency=known["agency"],
                due=told.at(known["due"]),
                children=told.children,
            )
            for known in one.get("agreed", ())
        ),
        DiscussionEnded(discussion=1, at=ended, further=False),
    ]
    yield from (AtDiscussion(event=event) for event in events)
    if known := one.get("late"):
        yield ExplainLateness(**known)


def _rest(told: Told, actions: Mapping[str, str]) -> Iterator[Command]:
    one = told.told
    for number, at in enumerate(one.get("seen", ()), 1):
        yield _happened(told, "child_seen", at, child=number)
    if at := one.get("circulated"):
        yield _happened(told, "record_circulated", at, discussion=1)
    for known in one.get("agreed", ()):
        for number in told.children if "done" in known else ():
            done = ActionDone(discussion=1, action=actions[known["what"]], child=number, at=told.at(known["done"]))
            yield AtDiscussion(event=done)
    yield CloseConcern(reason=one["closed"]["reason"])


def _happened(told: Told, event: str, at: str, **more: Any) -> RecordMilestone:
    return RecordMilestone(event=event, label=told.words.event[event].label, at=told.at(at), **more)
